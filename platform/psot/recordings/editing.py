"""Make, change, publish and withdraw recordings."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from events.recording import RecordingPublished, RecordingWithdrawn
from psot.ledger import append
from psot.library import search
from psot.recordings import files, transcripts, vtt
from psot.recordings.errors import BadRecording, NotReady, UnknownRecording
from psot.recordings.models import Recording, Subtitles
from psot.recordings.values import Chapter, Words

LANGUAGES = ("ru", "en")
LONGEST_MS = 12 * 3600 * 1000
SHORTEST_MS = 5_000
SEARCH_KIND = "recording"
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")


@dataclass(frozen=True, kw_only=True)
class Draft:
    """Everything an editor says about a recording; ``subtitles`` are WebVTT texts to keep."""

    slug: str
    title: Words
    recorded_on: date
    about: Words = field(default_factory=lambda: Words(texts={}))
    speaker: Words = field(default_factory=lambda: Words(texts={}))
    topics: tuple[str, ...] = ()
    language: str = "ru"
    length_ms: int = 0
    address: str = ""
    """Of a player elsewhere; "" for an own file."""
    root: str = "own"
    file: str = ""
    poster: str = ""
    chapters: tuple[Chapter, ...] = ()
    subtitles: dict[str, str] = field(default_factory=dict)


def save(
    session: Session,
    draft: Draft,
    *,
    editor: UUID | None,
    now: datetime,
    hosts: tuple[str, ...] = (),
) -> Recording:
    """Keep what an editor says about a recording, a new one or one that is there.

    ``hosts`` are those whose players may be shown. Raises BadRecording naming the fields,
    BadSubtitles for subtitles that are none.
    """
    problems = _problems(draft, hosts)
    if problems:
        raise BadRecording(_("The recording has something to correct."), fields=problems)
    read = {language: vtt.read(text) for language, text in draft.subtitles.items()}
    row = session.get(Recording, draft.slug, with_for_update=True)
    if row is None:
        row = Recording(slug=draft.slug, made_by=editor, published_at=None)
        session.add(row)
    row.title, row.about, row.speaker = draft.title.texts, draft.about.texts, draft.speaker.texts
    row.topics, row.language, row.recorded_on = (
        list(draft.topics),
        draft.language,
        draft.recorded_on,
    )
    row.length_ms, row.poster, row.changed_at = draft.length_ms, draft.poster, now
    row.kind = "embed" if draft.address else files.kind_of(draft.file) if draft.file else "file"
    row.root, row.file = ("", draft.address) if draft.address else (draft.root, draft.file)
    row.chapters = [
        {"at_ms": one.at_ms, "title": one.title.texts}
        for one in sorted(draft.chapters, key=lambda one: one.at_ms)
    ]
    session.flush()
    for language, cues in read.items():
        session.merge(Subtitles(recording=row.slug, language=language, vtt=vtt.write(cues)))
    session.flush()
    _index(session, row)
    return row


def publish(session: Session, *, slug: str, editor: UUID | None, now: datetime) -> Recording:
    """Put a recording on the page; raises UnknownRecording, NotReady. Twice changes nothing."""
    row = _row(session, slug)
    if not (row.file and row.length_ms > 0):
        raise NotReady(_("Choose what is played, and tell its length, before publishing."))
    if row.published_at is None:
        row.published_at = now
        fact = RecordingPublished(
            editor=editor,
            recording=slug,
            source=row.kind,
            length_ms=row.length_ms,
            topics=tuple(row.topics),
        )
        append(session, fact, key=f"{slug}:{now.isoformat()}", occurred_at=now)
        session.flush()
        _index(session, row)
    return row


def withdraw(session: Session, *, slug: str, editor: UUID | None, now: datetime) -> Recording:
    """Take a recording off the page; what was watched stands. Raises UnknownRecording."""
    row = _row(session, slug)
    if row.published_at is not None:
        row.published_at = None
        fact = RecordingWithdrawn(editor=editor, recording=slug)
        append(session, fact, key=f"{slug}:{now.isoformat()}", occurred_at=now)
        session.flush()
        _index(session, row)
    return row


def remove_subtitles(session: Session, *, slug: str, language: str) -> None:
    """Take the subtitles in ``language`` away; raises UnknownRecording."""
    row = _row(session, slug)
    found = session.get(Subtitles, (slug, language))
    if found is not None:
        session.delete(found)
        session.flush()
    _index(session, row)


def _row(session: Session, slug: str) -> Recording:
    row = session.get(Recording, slug, with_for_update=True)
    if row is None:
        raise UnknownRecording(_("There is no such recording."), subject=slug)
    return row


def _problems(draft: Draft, hosts: tuple[str, ...]) -> dict[str, list[str]]:
    """Return what is wrong, by field."""
    chapters = [one.at_ms for one in draft.chapters]
    checks: list[tuple[str, bool, Any]] = [
        ("slug", bool(_SLUG.fullmatch(draft.slug)), _("Latin letters, digits and dashes only.")),
        ("title_ru", bool(draft.title.texts.get("ru")), _("A recording needs a Russian title.")),
        (
            "length",
            draft.length_ms == 0 or SHORTEST_MS <= draft.length_ms <= LONGEST_MS,
            _("A recording lasts from 5 seconds to 12 hours."),
        ),
        (
            "chapters",
            not chapters or (len(set(chapters)) == len(chapters) and min(chapters) >= 0),
            _("Two chapters begin at the same moment."),
        ),
        (
            "chapters",
            not chapters or not draft.length_ms or max(chapters) < draft.length_ms,
            _("A chapter begins behind the end."),
        ),
        (
            "address",
            not draft.address or allowed(draft.address, hosts),
            _("Only players of allowed hosts can be shown, by https."),
        ),
    ]
    problems: dict[str, list[str]] = {}
    for name, fine, message in checks:
        if not fine:
            problems.setdefault(name, []).append(str(message))
    return problems


def allowed(address: str, hosts: tuple[str, ...]) -> bool:
    """Tell whether ``address`` is a player of one of ``hosts``."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    plain = parts.scheme == "https" and port is None and "@" not in parts.netloc
    return plain and parts.netloc.lower() in hosts and address.isprintable() and " " not in address


def _index(session: Session, row: Recording) -> None:
    """Let the library find the words of a published recording, and of no other."""
    stored = session.scalars(select(Subtitles).where(Subtitles.recording == row.slug))
    spoken = {one.language: vtt.read(one.vtt) for one in stored}
    search.remove(session, [(SEARCH_KIND, row.slug)])
    if row.published_at is None:
        return
    for language in LANGUAGES:
        passages = transcripts.passages(row, language, spoken.get(language, []))
        topic = row.topics[0] if row.topics else None
        search.index(session, SEARCH_KIND, row.slug, language, topic, passages)
