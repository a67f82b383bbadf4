"""Full text: Russian and English word forms, ranked, with the place found and what matched.

PostgreSQL does the work: one vector per passage, whose configuration stems Cyrillic words as
Russian and Latin words as English. What matches is found by its index; ranked is only a bounded
set of candidates, those first whose title matches, so that a common word costs no more than a rare
one. Any input is legal.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, text, tuple_
from sqlalchemy.orm import Session

from psot.library import models

CANDIDATES = 500
"""Passages ranked at most, of those with the words in their title and of all others each."""
COUNTED = 1_000
"""Passages looked at to count places at most; from there on it is "more than"."""
READ = 20_000
"""Characters of a passage in which matches are marked."""
LONGEST_QUERY = 200
FEWEST_LETTERS = 3
"""Letters of the last word from which it finds the words that begin with it."""

_SPELLED = str.maketrans("Ёё‑", "Ее-")
_INNER_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")

_OPEN, _CLOSE = "\ue000", "\ue001"
_HEADLINE = f"HighlightAll=true, StartSel={_OPEN}, StopSel={_CLOSE}"
SNIPPET_CHARACTERS = 240
_BEFORE = 80
"""Characters of a snippet that stand before its first match, at most."""

_FIND = text(
    """
    WITH asked AS MATERIALIZED (
        SELECT websearch_to_tsquery('russian', :whole)
               || (websearch_to_tsquery('russian', :rest) && to_tsquery('simple', :prefix)) AS q
    ), candidates AS MATERIALIZED (
        (SELECT p.id FROM library_passages p
         WHERE p.titles @@ (SELECT q FROM asked)
           AND (CAST(:kinds AS text[]) IS NULL OR p.kind = ANY (CAST(:kinds AS text[])))
           AND (CAST(:topics AS text[]) IS NULL OR p.topic = ANY (CAST(:topics AS text[])))
         LIMIT :ranked)
        UNION
        (SELECT p.id FROM library_passages p
         WHERE p.search @@ (SELECT q FROM asked)
           AND (CAST(:kinds AS text[]) IS NULL OR p.kind = ANY (CAST(:kinds AS text[])))
           AND (CAST(:topics AS text[]) IS NULL OR p.topic = ANY (CAST(:topics AS text[])))
         LIMIT :ranked)
    ), ranked AS (
        SELECT p.id, p.kind, p.name, p.anchor,
               ts_rank_cd('{0.05, 0.1, 0.4, 1.0}', p.search, (SELECT q FROM asked), 1) AS rank
        FROM library_passages p JOIN candidates USING (id)
    ), best AS (
        SELECT DISTINCT ON (kind, name, anchor) id, rank FROM ranked
        ORDER BY kind, name, anchor, rank DESC, id
    ), page AS MATERIALIZED (
        SELECT id, rank FROM best ORDER BY rank DESC, id LIMIT :limit OFFSET :offset
    )
    SELECT p.kind, p.name, p.anchor, p.title, p.topic, p.language, page.rank,
           left(p.text, :read) AS text,
           ts_headline('russian', translate(p.title, 'Ёё-‑<>', 'Ее    '),
                       (SELECT q FROM asked), :headline) AS marked_title,
           ts_headline('russian', translate(left(p.text, :read), 'Ёё-‑<>', 'Ее    '),
                       (SELECT q FROM asked), :headline) AS marked_text
    FROM page JOIN library_passages p USING (id) ORDER BY page.rank DESC, p.id
    """
)
_COUNT = text(
    """
    WITH asked AS MATERIALIZED (
        SELECT websearch_to_tsquery('russian', :whole)
               || (websearch_to_tsquery('russian', :rest) && to_tsquery('simple', :prefix)) AS q
    )
    SELECT count(*) AS passages, count(DISTINCT (kind, name, anchor)) AS places FROM (
        SELECT p.kind, p.name, p.anchor FROM library_passages p
        WHERE p.search @@ (SELECT q FROM asked)
          AND (CAST(:kinds AS text[]) IS NULL OR p.kind = ANY (CAST(:kinds AS text[])))
          AND (CAST(:topics AS text[]) IS NULL OR p.topic = ANY (CAST(:topics AS text[])))
        LIMIT :counted
    ) AS matching
    """
)


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A stretch of a document to be found: its place, its heading, its text."""

    anchor: str
    title: str
    text: str
    language: str = "ru"


Parts = tuple[tuple[str, bool], ...]
"""Text in pieces, each with whether it is what was looked for."""


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A place found. ``snippet`` and ``title_parts`` are plain text in pieces: escape as any."""

    kind: str
    name: str
    anchor: str
    title: str
    title_parts: Parts
    snippet: Parts
    topic: str | None
    language: str
    rank: float


@dataclass(frozen=True, kw_only=True)
class Found:
    """One page of hits, the best first; ``more`` says that there are more than ``total`` places."""

    total: int
    more: bool
    hits: tuple[Hit, ...]


def find(
    session: Session,
    q: str,
    *,
    kinds: Sequence[str] = (),
    topics: Sequence[str] = (),
    limit: int = 20,
    offset: int = 0,
) -> Found:
    """Return the passages that ``q`` finds: words, "a phrase", -without, this or that.

    The last word finds words that begin with it. Kinds and topics filter, empty means all. Nothing
    beyond the candidates is ranked, so pages end where they end.
    """
    whole, rest, prefix = _asked(q)
    if not whole:
        return Found(total=0, more=False, hits=())
    values: dict[str, Any] = {
        "whole": whole,
        "rest": rest,
        "prefix": prefix,
        "kinds": list(kinds) or None,
        "topics": list(topics) or None,
        "limit": limit,
        "offset": offset,
        "ranked": CANDIDATES,
        "counted": COUNTED,
        "read": READ,
        "headline": _HEADLINE,
    }
    rows = session.execute(_FIND, values).all()
    counted = session.execute(_COUNT, values).one()
    return Found(
        total=counted.places,
        more=counted.passages >= COUNTED,
        hits=tuple(_hit(row) for row in rows),
    )


def index(  # noqa: PLR0917 - all of them name what is found, in the order one says it
    session: Session,
    kind: str,
    name: str,
    language: str,
    topic: str | None,
    passages: Sequence[tuple[str, str, str]],
) -> None:
    """Put (anchor, title, text) of a document into the search in place of what was there.

    Only the passages of ``language`` are replaced. For rooms that keep texts of their own.
    """
    model = models.Passage
    session.execute(
        delete(model).where(model.kind == kind, model.name == name, model.language == language)
    )
    _insert(
        session,
        [
            (kind, name, topic, Passage(anchor=anchor, title=title, text=said, language=language))
            for anchor, title, said in passages
        ],
    )


def index_many(
    session: Session, documents: Sequence[tuple[str, str, str | None, Sequence[Passage]]]
) -> None:
    """Put whole documents (kind, name, topic, passages) in place of what search had of them."""
    remove(session, [(kind, name) for kind, name, _, _ in documents])
    _insert(
        session,
        [(kind, name, topic, one) for kind, name, topic, passages in documents for one in passages],
    )


def remove(session: Session, documents: Sequence[tuple[str, str]]) -> None:
    """Take documents (kind, name) out of the search."""
    model = models.Passage
    for start in range(0, len(documents), 1_000):
        part = documents[start : start + 1_000]
        session.execute(delete(model).where(tuple_(model.kind, model.name).in_(part)))


def _insert(session: Session, rows: Sequence[tuple[str, str, str | None, Passage]]) -> None:
    if not rows:
        return
    session.execute(
        insert(models.Passage),
        [
            {
                "kind": kind,
                "name": name,
                "topic": topic,
                "language": one.language,
                "anchor": one.anchor,
                "title": _clean(one.title),
                "text": _clean(one.text),
            }
            for kind, name, topic, one in rows
        ],
    )


def _asked(q: str) -> tuple[str, str, str]:
    """Split what was typed into all of it, all but the last word, and that word as a prefix."""
    plain = _clean(q)[:LONGEST_QUERY].translate(_SPELLED)
    whole = " ".join(_INNER_HYPHEN.sub(" ", plain).split())
    head, _, last = whole.rpartition(" ")
    begun = re.fullmatch(r"\w+", last) is not None and '"' not in whole
    if not begun or len(last) < FEWEST_LETTERS:
        return whole, "", ""
    return whole, head, f"{last.lower()}:*"


def _clean(words: str) -> str:
    """Drop what PostgreSQL cannot store and what marks a match."""
    return words.replace("\x00", "").replace(_OPEN, "").replace(_CLOSE, "")


def _hit(row: Any) -> Hit:
    return Hit(
        kind=row.kind,
        name=row.name,
        anchor=row.anchor,
        title=row.title,
        title_parts=marked(row.title, row.marked_title),
        snippet=snippet(marked(row.text, row.marked_text)),
        topic=row.topic,
        language=row.language,
        rank=float(row.rank),
    )


def marked(original: str, told: str) -> Parts:
    """Return ``original`` in pieces as ``told`` marks them.

    What is marked was spelled for the search, letter for letter; the reader gets the original.
    """
    pieces = list(_pieces(told))
    whole = original if sum(len(one) for one, _ in pieces) == len(original) else None
    parts, start = [], 0
    for piece, match in pieces:
        shown = piece if whole is None else whole[start : start + len(piece)]
        parts.append((shown, match))
        start += len(piece)
    return tuple(parts)


def snippet(parts: Parts) -> Parts:
    """Return the stretch of ``parts`` around the first match, cut at words."""
    whole = "".join(one for one, _ in parts)
    first, found = 0, False
    for piece, match in parts:
        if match:
            found = True
            break
        first += len(piece)
    start = max(0, first - _BEFORE) if found else 0
    if start:
        gap = whole.find(" ", start, first)
        start = gap + 1 if gap >= 0 else first
    end = len(whole)
    if end - start > SNIPPET_CHARACTERS:
        gap = whole.rfind(" ", start, start + SNIPPET_CHARACTERS)
        end = gap if gap > first else start + SNIPPET_CHARACTERS
    cut = list(_cut(parts, start, end))
    before = [("… ", False)] if start else []
    after = [(" …", False)] if end < len(whole) else []
    return (*before, *cut, *after)


def _cut(parts: Parts, start: int, end: int) -> Iterator[tuple[str, bool]]:
    place = 0
    for piece, match in parts:
        inside = piece[max(0, start - place) : max(0, end - place)]
        place += len(piece)
        if inside:
            yield inside, match


def _pieces(told: str) -> Iterator[tuple[str, bool]]:
    for number, piece in enumerate(told.split(_OPEN)):
        match, closed, after = piece.partition(_CLOSE)
        if closed:
            yield match, True
            if after:
                yield after, False
        elif piece and number == 0:
            yield piece, False
