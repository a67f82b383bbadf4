"""What the pages and other rooms may ask about recordings."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import Session

from psot.members.queries import WHOEVER_ASKS
from psot.recordings import sheets, vtt, watching
from psot.recordings.errors import UnknownRecording
from psot.recordings.models import Recording, Subtitles, Viewing, WatchSheet
from psot.recordings.seasons import season_at
from psot.recordings.values import (
    Chapter,
    Cue,
    Listed,
    OpenCheck,
    Progress,
    RecordingView,
    Words,
)
from scoring.watch import account, covered_permille, union

SORTS = ("new", "title", "short", "long")

WATCHES = select(WatchSheet.member).where(WatchSheet.member == WHOEVER_ASKS).exists()
"""Whether whoever asks has watched anything."""


def published(
    session: Session,
    *,
    member: UUID | None = None,
    now: datetime,
    search: str = "",
    topic: str = "",
    sort: str = "new",
    language: str = "ru",
) -> list[Listed]:
    """Return the recordings on the page, by words and topic, with what ``member`` saw of each."""
    wanted = select(Recording).where(Recording.published_at.is_not(None))
    if topic:
        wanted = wanted.where(Recording.topics.contains([topic]))
    if search:
        wanted = wanted.where(_holds(search))
    rows = session.scalars(wanted).all()
    spoken = _languages(session, [row.slug for row in rows])
    mine = _progress(session, member, [row.slug for row in rows], now) if member else {}
    places = _places(session, [row.slug for row in rows], search) if search else {}
    views = [_view(row, spoken.get(row.slug, [])) for row in rows]
    listed = [
        Listed(
            recording=one,
            progress=mine.get(one.slug, Progress()),
            seen_permille=_share(mine.get(one.slug), one),
            places=places.get(one.slug, 0),
        )
        for one in views
    ]
    return _sorted(listed, sort, language)


def shelf(session: Session) -> list[RecordingView]:
    """Return every recording for its editors, the last changed first."""
    rows = session.scalars(select(Recording).order_by(Recording.changed_at.desc())).all()
    spoken = _languages(session, [row.slug for row in rows])
    return [_view(row, spoken.get(row.slug, [])) for row in rows]


def recording(session: Session, slug: str, *, editor: bool = False) -> RecordingView:
    """Return a recording on the page, or any for an ``editor``; raises UnknownRecording."""
    row = session.get(Recording, slug)
    if row is None or (row.published_at is None and not editor):
        raise UnknownRecording(gettext("There is no such recording."), subject=slug)
    return _view(row, _languages(session, [slug]).get(slug, []))


def titles(session: Session, slugs: Iterable[str]) -> dict[str, Words]:
    """Return what the recordings called ``slugs`` are named, withdrawn ones too."""
    rows = session.execute(
        select(Recording.slug, Recording.title).where(Recording.slug.in_([*slugs]))
    )
    return {row.slug: Words(texts=row.title) for row in rows}


def exists(session: Session, slug: str) -> bool:
    """Tell whether there is a recording of this name, published or not."""
    return session.get(Recording, slug) is not None


def progress(session: Session, member: UUID, slug: str, *, now: datetime) -> Progress:
    """Return what ``member`` has to do with the recording ``slug``."""
    return _progress(session, member, [slug], now).get(slug, Progress())


def subtitles(session: Session, slug: str, language: str) -> str:
    """Return the WebVTT of a recording in ``language``; raises UnknownRecording without any."""
    found = session.get(Subtitles, (slug, language))
    if found is None:
        raise UnknownRecording(gettext("There are no such subtitles."), subject=slug)
    return found.vtt


def cues(session: Session, slug: str, language: str) -> list[Cue]:
    """Return what is said in a recording, in ``language``; empty where it has no subtitles."""
    found = session.get(Subtitles, (slug, language))
    return vtt.read(found.vtt) if found else []


def open_check(session: Session, member: UUID, *, now: datetime) -> OpenCheck | None:
    """Return the check of attention that waits for the member's answer, and can be answered."""
    row = watching.open_check(session, member)
    if row is None or row.closes_at + watching.GRACE < now:
        return None
    return OpenCheck(
        id=row.id,
        recording=row.recording,
        closing=row.closing,
        asked_at=row.asked_at,
        closes_at=row.closes_at,
    )


def recording_of(session: Session, viewing: UUID) -> str:
    """Return the name of the recording that a viewing is of."""
    return session.get_one(Viewing, viewing).recording


def unfinished(session: Session, member: UUID, *, now: datetime) -> Listed | None:
    """Return the recording that ``member`` watched last and has not completed this season."""
    row = session.scalar(
        select(Recording)
        .join(WatchSheet, WatchSheet.recording == Recording.slug)
        .where(
            WatchSheet.member == member,
            WatchSheet.season == season_at(now),
            WatchSheet.completed_at.is_(None),
            Recording.published_at.is_not(None),
        )
        .order_by(WatchSheet.changed_at.desc())
        .limit(1)
    )
    if row is None:
        return None
    view = _view(row, [])
    mine = progress(session, member, row.slug, now=now)
    return Listed(recording=view, progress=mine, seen_permille=_share(mine, view))


def recordings_count(session: Session) -> int:
    """Return how many recordings are on the page."""
    counted = session.scalar(
        select(func.count()).select_from(Recording).where(Recording.published_at.is_not(None))
    )
    return counted or 0


def published_ms(session: Session) -> int:
    """Return how long all recordings on the page are together, in milliseconds."""
    summed = select(func.sum(Recording.length_ms)).where(Recording.published_at.is_not(None))
    return session.scalar(summed) or 0


def view(row: Recording) -> RecordingView:
    """Return the value of a stored recording; its subtitles are not looked up."""
    return _view(row, [])


def _view(row: Recording, languages: Sequence[str]) -> RecordingView:
    return RecordingView(
        slug=row.slug,
        title=Words(texts=row.title),
        about=Words(texts=row.about),
        speaker=Words(texts=row.speaker),
        topics=tuple(row.topics),
        language=row.language,
        recorded_on=row.recorded_on,
        length_ms=row.length_ms,
        kind=row.kind,
        root=row.root,
        file=row.file,
        poster=row.poster,
        chapters=tuple(
            Chapter(at_ms=one["at_ms"], title=Words(texts=one["title"])) for one in row.chapters
        ),
        subtitles=tuple(sorted(languages, key=lambda one: (one != row.language, one))),
        changed_at=row.changed_at,
        published_at=row.published_at,
    )


def _languages(session: Session, slugs: Sequence[str]) -> dict[str, list[str]]:
    if not slugs:
        return {}
    rows = session.execute(
        select(Subtitles.recording, Subtitles.language).where(Subtitles.recording.in_(slugs))
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.recording, []).append(row.language)
    return found


def _progress(
    session: Session, member: UUID, slugs: Sequence[str], now: datetime
) -> dict[str, Progress]:
    season = season_at(now)
    rows = session.scalars(
        select(WatchSheet)
        .where(WatchSheet.member == member, WatchSheet.recording.in_(slugs))
        .order_by(WatchSheet.changed_at)
    ).all()
    by_slug: dict[str, list[WatchSheet]] = {}
    for row in rows:
        by_slug.setdefault(row.recording, []).append(row)
    return {slug: _sum(stored, season) for slug, stored in by_slug.items()}


def _sum(stored: Sequence[WatchSheet], season: str) -> Progress:
    """Return the progress of one recording; ``stored`` are its seasons, the last watched last."""
    read = {row.season: sheets.read(row) for row in stored}
    running = read.get(season)
    accounts = [account(sheet, season_over=name != season) for name, sheet in read.items()]
    return Progress(
        seen=union(*(sheet.seen for sheet in read.values())),
        credited=running.credited if running else (),
        waiting=running.waiting if running else (),
        credited_ms=account(running).credited_ms if running else 0,
        pending_ms=sum(one.pending_ms for one in accounts),
        lost_ms=sum(one.lost_ms for one in accounts),
        place_ms=stored[-1].place_ms,
        answered=running.answered if running else 0,
        missed=running.missed if running else 0,
        completed=any(row.completed_at is not None for row in stored),
    )


def _share(mine: Progress | None, one: RecordingView) -> int:
    return covered_permille(mine.seen, one.length_ms) if mine and one.length_ms else 0


def _holds(search: str) -> ColumnElement[bool]:
    """Every word stands somewhere: in the title, the description, the speaker or what is said."""
    found = []
    for word in search.split()[:8]:
        spoken = select(Subtitles.recording).where(Subtitles.vtt.icontains(word, autoescape=True))
        texts = [
            column[language].astext.icontains(word, autoescape=True)
            for column in (Recording.title, Recording.about, Recording.speaker)
            for language in ("ru", "en")
        ]
        found.append(or_(*texts, Recording.slug.in_(spoken)))
    return and_(true(), *found)


def _places(session: Session, slugs: Sequence[str], search: str) -> dict[str, int]:
    words = search.casefold().split()
    found: dict[str, int] = {}
    stored = session.scalars(select(Subtitles).where(Subtitles.recording.in_(slugs)))
    for one in stored:
        said = [cue.text.casefold() for cue in vtt.read(one.vtt)]
        count = sum(any(word in text for word in words) for text in said)
        found[one.recording] = max(found.get(one.recording, 0), count)
    return found


def _sorted(listed: list[Listed], sort: str, language: str) -> list[Listed]:
    by_title = sorted(listed, key=lambda one: one.recording.title.in_language(language).casefold())
    if sort == "title":
        return by_title
    if sort in {"short", "long"}:
        return sorted(by_title, key=lambda one: one.recording.length_ms, reverse=sort == "long")
    return sorted(by_title, key=lambda one: one.recording.recorded_on, reverse=True)
