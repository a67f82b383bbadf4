"""What readers and editors may see of the community."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import ARRAY, ColumnElement, Connection, Uuid, and_, any_, bindparam, func, select
from sqlalchemy.orm import Session

from psot.community.errors import UnknownAnswer, UnknownThread
from psot.community.models import Answer, Report, Thanks, Thread, Wording
from psot.community.people import authors
from psot.community.rows import KIND
from psot.community.values import (
    AnswerView,
    Author,
    Down,
    Listed,
    Reported,
    Shelf,
    ThreadView,
    WordingView,
)
from psot.library import search
from psot.library.search import Parts

ON_A_PAGE: Final = 20
FOUND: Final = 200
"""Places of the search looked at; a question has one for itself and one for each answer."""
SIMILAR: Final = 5
_WORDS: Final = 12
_WORD = re.compile(r"\w{3,}")
_EXCERPT: Final = 300
_DESK: Final = 100
_ON_PAGE = and_(Thread.down_at.is_(None), Thread.merged_into.is_(None))
_NEWS = and_(Thread.answered_at.is_not(None), Thread.answered_at > Thread.seen_at)
# Every page of a member asks it.
_COUNTED = (
    select(Thread.author, func.count().label("news"))
    .where(Thread.author == any_(bindparam("authors", type_=ARRAY(Uuid))), _ON_PAGE, _NEWS)
    .group_by(Thread.author)
)


def threads(
    session: Session,
    *,
    q: str = "",
    topic: str = "",
    show: str = "",
    reader: UUID | None = None,
    page: int = 1,
) -> Shelf:
    """Return the questions on the page that ``q`` finds, those last active first without it.

    ``show`` is one of `SHOWS`; "mine" shows nothing to nobody.
    """
    wanted = [_ON_PAGE, *_shown(show, reader)]
    if topic:
        wanted.append(Thread.topic == topic)
    start = (page - 1) * ON_A_PAGE
    if q:
        places = _found(session, q, topic)
        rows = session.scalars(select(Thread).where(Thread.id.in_(places), *wanted)).all()
        by_id = {one.id: one for one in rows}
        found = [by_id[one] for one in places if one in by_id]
        return _shelf(session, found[start : start + ON_A_PAGE], len(found), start, reader, places)
    total = session.scalar(select(func.count()).select_from(Thread).where(*wanted)) or 0
    ordered = select(Thread).where(*wanted).order_by(Thread.active_at.desc(), Thread.id)
    rows = session.scalars(ordered.limit(ON_A_PAGE).offset(start)).all()
    return _shelf(session, rows, total, start, reader, {})


def similar(session: Session, title: str, topic: str = "") -> list[Listed]:
    """Return questions that may have been asked already: they share words with ``title``."""
    words = [one for one in _WORD.findall(title) if one.lower() != "or"][:_WORDS]
    if not words:
        return []
    places = _found(session, " or ".join(words), topic)
    rows = session.scalars(select(Thread).where(Thread.id.in_(places), _ON_PAGE)).all()
    order = list(places)
    rows = sorted(rows, key=lambda one: order.index(one.id))[:SIMILAR]
    return _listed(session, rows, None, {})


def of_topic(session: Session, topic: str, *, limit: int) -> list[Listed]:
    """Return the questions of a topic that help most: accepted by an expert, answered, fresh."""
    best = (
        select(Thread)
        .where(_ON_PAGE, Thread.topic == topic)
        .order_by(
            Thread.expert.desc(),
            Thread.accepted.is_not(None).desc(),
            (Thread.answers > 0).desc(),
            Thread.active_at.desc(),
        )
        .limit(limit)
    )
    return _listed(session, session.scalars(best).all(), None, {})


def mine(session: Session, member: UUID) -> list[Listed]:
    """Return everything a member asked, what has news first; doubles and what is down besides."""
    rows = session.scalars(select(Thread).where(Thread.author == member)).all()
    found = _listed(session, rows, member, {})
    found.sort(key=lambda one: (one.news, one.active_at), reverse=True)
    return found


def news(session: Session, member: UUID) -> int:
    """Return how many of a member's questions have answers the member has not seen."""
    return news_of(session.connection(), [member]).get(member, 0)


def news_of(connection: Connection, members: Sequence[UUID]) -> dict[UUID, int]:
    """Return the same for many members by one statement; who has no news is missing."""
    rows = connection.execute(_COUNTED, {"authors": list(members)})
    return {one.author: one.news for one in rows}


def thread(
    session: Session, thread_id: UUID, *, reader: UUID | None = None, editor: bool = False
) -> ThreadView:
    """Return a question with its answers.

    What is down is there for its author and for editors only. Raises UnknownThread.
    """
    row = session.get(Thread, thread_id)
    if row is None or (row.down_at is not None and not editor and row.author != reader):
        raise UnknownThread(_("There is no such question."), subject=str(thread_id))
    given = select(Answer).where(Answer.thread == row.id)
    rows = [
        one
        for one in session.scalars(given.order_by(Answer.given_at, Answer.id))
        if one.down_at is None or editor or one.author == reader
    ]
    rows.sort(key=lambda one: one.id != row.accepted)
    people = authors(session, {row.author, *(one.author for one in rows)}, reader)
    thanked = _thanked(session, [one.id for one in rows], reader)
    posts: list[Thread | Answer] = [row, *rows]
    before = _wordings(session, [one.id for one in posts if editor or one.author == reader])
    return ThreadView(
        id=row.id,
        title=row.title,
        text=row.text,
        topic=row.topic,
        author=people[row.author],
        asked_at=row.asked_at,
        changed_at=row.changed_at,
        accepted_at=row.accepted_at,
        expert=row.expert,
        down=_down(row),
        merged_into=row.merged_into,
        wordings=before.get(row.id, ()),
        answers=tuple(
            _answer(
                one,
                people,
                accepted=one.id == row.accepted,
                thanked=one.id in thanked,
                before=before,
            )
            for one in rows
        ),
    )


def answer_of(found: ThreadView, answer: UUID) -> AnswerView:
    """Return one answer of a question. Raises UnknownAnswer."""
    for one in found.answers:
        if one.id == answer:
            return one
    raise UnknownAnswer(_("There is no such answer."), subject=str(answer))


def reported(session: Session) -> list[Reported]:
    """Return the posts with open reports, those reported most often first."""
    rows = session.scalars(
        select(Report).where(Report.settled_at.is_(None)).order_by(Report.reported_at)
    )
    by_post: dict[UUID, list[Report]] = defaultdict(list)
    for one in rows:
        by_post[one.post].append(one)
    posts = _posts(session, by_post)
    people = authors(session, {post.author for _asked, post in posts.values()}, None)
    found = [
        _reported(asked, post, people[post.author], by_post[id_])
        for id_, (asked, post) in posts.items()
    ]
    return sorted(found, key=lambda one: (-one.reports, one.since))[:_DESK]


def taken_down(session: Session) -> list[Reported]:
    """Return the posts that are off the page, the last ones first."""
    asked = session.scalars(
        select(Thread)
        .where(Thread.down_at.is_not(None))
        .order_by(Thread.down_at.desc())
        .limit(_DESK)
    ).all()
    given = session.scalars(
        select(Answer)
        .where(Answer.down_at.is_not(None))
        .order_by(Answer.down_at.desc())
        .limit(_DESK)
    ).all()
    posts = _posts(session, [*(one.id for one in asked), *(one.id for one in given)])
    people = authors(session, {post.author for _asked, post in posts.values()}, None)
    found = [_reported(one, post, people[post.author], []) for one, post in posts.values()]
    found.sort(key=lambda one: one.since, reverse=True)
    return found[:_DESK]


# -- inside -----------------------------------------------------------------------------------


def _shown(show: str, reader: UUID | None) -> list[ColumnElement[bool]]:
    shows: dict[str, ColumnElement[bool]] = {
        "open": Thread.answers == 0,
        "accepted": Thread.accepted.is_not(None),
        "mine": Thread.author == reader,
    }
    return [shows[show]] if show in shows else []


def _found(session: Session, q: str, topic: str) -> dict[UUID, Parts]:
    """Return the questions that a search finds, the best first, with the place found."""
    found = search.find(session, q, kinds=(KIND,), topics=(topic,) if topic else (), limit=FOUND)
    places: dict[UUID, Parts] = {}
    for one in found.hits:
        places.setdefault(UUID(one.name), one.snippet)
    return places


def _shelf(  # noqa: PLR0917 - what a page of a list is made of
    session: Session,
    rows: Sequence[Thread],
    total: int,
    start: int,
    reader: UUID | None,
    places: dict[UUID, Parts],
) -> Shelf:
    return Shelf(
        threads=tuple(_listed(session, rows, reader, places)),
        total=total,
        first=start + 1,
        more=start + len(rows) < total,
    )


def _listed(
    session: Session, rows: Sequence[Thread], reader: UUID | None, places: dict[UUID, Parts]
) -> list[Listed]:
    people = authors(session, {one.author for one in rows}, reader)
    return [
        Listed(
            id=one.id,
            title=one.title,
            text=one.text[:_EXCERPT],
            topic=one.topic,
            author=people[one.author],
            asked_at=one.asked_at,
            active_at=one.active_at,
            answers=one.answers,
            accepted=one.accepted is not None,
            expert=one.expert,
            found=places.get(one.id, ()),
            news=one.author == reader
            and one.answered_at is not None
            and one.answered_at > one.seen_at,
            merged=one.merged_into is not None,
            down=_down(one),
        )
        for one in rows
    ]


def _answer(
    row: Answer,
    people: dict[UUID, Author],
    *,
    accepted: bool,
    thanked: bool,
    before: dict[UUID, tuple[WordingView, ...]],
) -> AnswerView:
    return AnswerView(
        id=row.id,
        author=people[row.author],
        text=row.text,
        given_at=row.given_at,
        changed_at=row.changed_at,
        thanks=row.thanks,
        thanked=thanked,
        accepted=accepted,
        down=_down(row),
        wordings=before.get(row.id, ()),
    )


def _down(row: Thread | Answer) -> Down | None:
    if row.down_at is None:
        return None
    return Down(at=row.down_at, reason=row.down_reason, note=row.down_note)


def _thanked(session: Session, answers: list[UUID], reader: UUID | None) -> set[UUID]:
    if reader is None:
        return set()
    found = select(Thanks.answer).where(Thanks.member == reader, Thanks.answer.in_(answers))
    return set(session.scalars(found))


def _wordings(session: Session, posts: list[UUID]) -> dict[UUID, tuple[WordingView, ...]]:
    if not posts:
        return {}
    rows = session.scalars(
        select(Wording).where(Wording.post.in_(posts)).order_by(Wording.nth.desc())
    )
    found: dict[UUID, list[WordingView]] = defaultdict(list)
    for one in rows:
        found[one.post].append(WordingView(title=one.title, text=one.text, until=one.until))
    return {post: tuple(said) for post, said in found.items()}


def _posts(session: Session, ids: Iterable[UUID]) -> dict[UUID, tuple[Thread, Thread | Answer]]:
    """Return each post by its id, with the question it belongs to."""
    wanted = list(ids)
    found: dict[UUID, tuple[Thread, Thread | Answer]] = {
        one.id: (one, one) for one in session.scalars(select(Thread).where(Thread.id.in_(wanted)))
    }
    pairs = (
        select(Thread, Answer).join(Answer, Answer.thread == Thread.id).where(Answer.id.in_(wanted))
    )
    found.update({given.id: (asked, given) for asked, given in session.execute(pairs)})
    return found


def _reported(
    asked: Thread, post: Thread | Answer, author: Author, reports: list[Report]
) -> Reported:
    down = _down(post)
    moments = [one.reported_at for one in reports] + ([down.at] if down else [])
    return Reported(
        thread=asked.id,
        answer=post.id if isinstance(post, Answer) else None,
        title=asked.title,
        text=post.text,
        author=author,
        reports=len(reports),
        reasons=tuple(dict.fromkeys(one.reason for one in reports)),
        notes=tuple(one.note for one in reports if one.note),
        since=min(moments),
        down=down,
    )
