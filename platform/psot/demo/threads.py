"""Questions of the demo community: a handful of threads whose answers quote the library's norms."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

import yaml
from sqlalchemy.orm import Session

from psot.community import operations
from psot.library import queries as library

THREADS: Final = Path(__file__).with_name("threads.yaml")
ANSWERED: Final = "microtrauma-journal"
"""A thread with an answer that an expert accepted."""


def thread_id(name: str) -> UUID:
    """Return the id of the thread called ``name``: the same in every demo."""
    return uuid5(NAMESPACE_URL, f"urn:psot:demo:thread:{name}")


def load(
    session: Session, *, staff: Mapping[str, UUID], members: Sequence[UUID], now: datetime
) -> int:
    """Let the community have asked and answered by ``now``; returns how many questions it asked.

    ``staff`` are the accounts by their role; ``members`` speak in turn.
    """
    rows = yaml.safe_load(THREADS.read_text(encoding="utf-8"))["threads"]
    turn = iter(members)
    for row in rows:
        _thread(session, row, staff, turn, now)
    return len(rows)


def _thread(
    session: Session,
    row: dict[str, Any],
    staff: Mapping[str, UUID],
    turn: Iterator[UUID],
    now: datetime,
) -> None:
    asked_at = now - timedelta(days=row["days_ago"])
    asker = staff.get(row["by"]) or next(turn)
    thread = thread_id(row["name"])
    operations.ask(
        session,
        id_=thread,
        member=asker,
        topic=row["topic"],
        title=row["title"],
        text=row["text"],
        now=asked_at,
    )
    for number, given in enumerate(row["answers"], 1):
        answer = thread_id(f"{row['name']}:{number}")
        at = asked_at + timedelta(hours=given["hours"])
        operations.answer(
            session,
            id_=answer,
            thread=thread,
            member=staff.get(given["by"]) or next(turn),
            text=_text(session, given["lead"], given["norms"]),
            now=at,
        )
        for _nth in range(given["thanks"]):
            operations.thank(session, thread=thread, answer=answer, member=next(turn), now=at)
        if "accepted_by" in given:
            expert = given["accepted_by"] == "expert"
            operations.accept(
                session,
                thread=thread,
                answer=answer,
                member=staff["expert"] if expert else asker,
                expert=expert,
                now=at + timedelta(hours=1),
            )


def _text(session: Session, lead: str, norms: Sequence[str]) -> str:
    """Return an answer: a sentence, then each norm as the library has it, with its place."""
    known, acts = library.norms(session), library.acts(session)
    quoted = [
        f"{known[one].text} ({acts[known[one].act].title.ru}, {known[one].ref})" for one in norms
    ]
    return "\n\n".join([lead, *quoted])
