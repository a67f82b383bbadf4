"""What a stranger, a racer and each role of the house get to read while a race is on.

A canary is a word that stands in every key of the race and nowhere else: whoever reads it anywhere
has read a key.
"""

import asyncio
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import text
from werkzeug.routing import AnyConverter

from psot.app import create_app
from psot.bots.browser import Answer, Browser, Place
from psot.bots.link import SocketLink
from psot.bots.racer import csrf_of
from psot.config import Settings
from psot.database import Database
from psot.members import operations as members
from psot.policies import ROLES
from tests.web import a_member

CANARY = "kanareika"
WORD = f"{CANARY}-7c1f"
# Signing out, or being asked for a code that nobody waits for, makes a stranger of any reader.
SIGN_OUT = {"security.logout", "security.two_factor_token_validation"}


def plant(database: Database, race: uuid.UUID) -> int:
    """Put the canary into every key of the frozen questions: ids of options, why, and wherefrom."""
    with database.begin() as session:
        wanted = text("SELECT kind, question, content FROM race_questions WHERE race = :race")
        rows = session.execute(wanted, {"race": race}).all()
        for number, row in enumerate(rows):
            content = row.content
            right = {one: f"{WORD}-{number}-{one}" for one in content["correct"]}
            content["correct"] = sorted(right.values())
            for option in content["options"]:
                option["id"] = right.get(option["id"], option["id"])
            content["explanation"] = f"{WORD} explanation"
            content["source"] |= {
                "act": f"{WORD} act",
                "ref": f"{WORD} ref",
                "urls": [f"https://{WORD}.test"],
            }
            session.execute(
                text(
                    "UPDATE race_questions SET content = CAST(:content AS jsonb)"
                    " WHERE race = :race AND kind = :kind AND question = :question"
                ),
                {
                    "content": json.dumps(content),
                    "race": race,
                    "kind": row.kind,
                    "question": row.question,
                },
            )
    return len(rows)


@dataclass(kw_only=True)
class Ears:
    """Everything that was read, by where it was read; long texts are kept where they sing only."""

    read: int = 0
    sang: list[str] = field(default_factory=list)

    def hear(self, where: str, what: object) -> None:
        """Listen to ``what``, text or data."""
        told = what if isinstance(what, str) else json.dumps(what, ensure_ascii=False, default=str)
        self.read += 1
        if CANARY in told.lower():
            at = told.lower().index(CANARY)
            self.sang.append(f"{where}: ...{told[max(0, at - 80) : at + 40]}...")


def people(database: Database) -> dict[str, uuid.UUID]:
    """A member with each role, and one without any."""
    with database.begin() as session:
        made = {role: a_member(session, roles=(role,)).id for role in ROLES}
        return {**made, "member": a_member(session).id}


FILES = ("csv", "xlsx", "pdf", "json")
"""The kinds of files of a protocol."""


def browser_of(database: Database, base: str, member: uuid.UUID | None) -> Browser:
    """A browser, signed in where there is a member."""
    browser = Browser(place=Place(base=base))
    if member is not None:
        with database.begin() as session:
            secret = members.begin_session(
                session, member, device="canary", lasts=timedelta(hours=1)
            )
        browser.cookies["psot"] = secret
    return browser


def addresses(settings: Settings, race: uuid.UUID, **named: Any) -> Iterator[str]:
    """Every address of the product that can be read, those of races with ``race`` in them.

    ``named`` says what else stands in addresses: a run, a class.
    """
    app = create_app(settings)
    known: dict[str, Any] = {
        "race_id": race,
        "race": race,
        "slug": "electrical-safety",
        "topic": "electrical",
        "name": "electrical-01",
        "language": "ru",
        "code": "RU-TYU",
        "purpose": "personal_data",
        "season": "2026-Q4",
        "stage": "locked",
        "filename": "dist/manifest.json",
        "version": 1,
        "position": 1,
        "scenario": "workshop-walk",
    } | named
    adapter = app.url_map.bind("")
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in SIGN_OUT:
            continue
        kinds = FILES if "kind" in rule.arguments else ("",)
        choice = rule._converters.get("kind")
        for kind in sorted(choice.items) if isinstance(choice, AnyConverter) else kinds:
            values = {name: known.get(name, uuid.UUID(int=1)) for name in rule.arguments}
            yield adapter.build(rule.endpoint, values | ({"kind": kind} if kind else {}))


async def read_everything(ears: Ears, who: str, browser: Browser, paths: list[str]) -> int:
    """Get every address as ``who``; returns how many were answered with a page."""
    door = asyncio.Semaphore(4)

    async def one(path: str) -> int:
        async with door:
            answer = await browser.get(path)
        ears.hear(f"{who} GET {path}", answer.text)
        return int(answer.status == 200)

    return sum(await asyncio.gather(*(one(path) for path in paths)))


async def watch_everything(ears: Ears, who: str, browser: Browser, race: uuid.UUID) -> int:
    """Watch every board of the race and send every event as ``who``; returns what was heard."""
    browser.csrf = csrf_of((await browser.get("/documents/personal_data")).text)
    heard = 0

    def hear(name: str, payload: Any) -> None:
        nonlocal heard
        heard += 1
        ears.hear(f"{who} event {name}", payload)

    async def watch(kind: str) -> None:
        link = await SocketLink.open(str(race), browser, hear)
        boards = [f"{kind}:{race.hex}{end}" for end in ENDS]
        for board in boards:
            told = {"board": board, "have": None}
            ears.hear(f"{who} board.watch", await link.socket.ask("board.watch", told))
        for event in ("board.around", "board.leave"):
            ears.hear(f"{who} {event}", await link.socket.ask(event, {"board": boards[0]}))
        for event, payload in WRONG_EVENTS:
            asked = {"race": str(race), **payload}
            ears.hear(f"{who} {event}", await link.socket.ask(event, asked))
        await asyncio.sleep(1)
        link.drop()

    # What each of them hears afterwards comes within the same second.
    await asyncio.gather(*(watch(kind) for kind in KINDS))
    return heard


KINDS = ("race", "racem", "racetrue", "screen", "screenm")
ENDS = ("", ".range", ".field", ".news", ".p.finish", ".r.RU-TYU", ".c.all")
"""The boards of a race: whose they are, and which part each shows."""
WRONG_EVENTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("race.look", {"seat": "nobody's"}),
    ("race.look", {"seat": "nobody's", "all": True}),
    ("race.answer", {"seat": "nobody's", "task": 1, "option": "a"}),
    ("race.answer", {"seat": "nobody's", "task": "one", "option": None}),
    ("race.away", {"seat": "nobody's"}),
    ("race.solve", {}),
)


async def err_everywhere(ears: Ears, browser: Browser, race: uuid.UUID, seat: str) -> None:
    """Do what a racer must not, and read what the product says to it."""
    for path, payload in (
        ("answers", {"seat": seat, "task": 1, "option": "0" * 16}),
        ("answers", {"seat": seat, "task": 999, "option": "a"}),
        ("answers", {"seat": seat, "task": 1, "option": {"$ne": ""}}),
        ("answers", {"seat": seat}),
        ("look", {"seat": seat, "include": "questions"}),
        ("look", {"seat": "x" * 65}),
        ("enter", {"race": str(race)}),
        ("nowhere", {}),
    ):
        answer: Answer = await browser.post(f"/races/{race}/{path}", payload)
        ears.hear(f"racer POST {path} {payload}", answer.text)
