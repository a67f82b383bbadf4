"""From drafts of any format to rows: topics, ids, pictures, the last check, and the report."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from content.exchange.drafts import Draft, Row
from content.exchange.keeping import keep_pictures
from content.exchange.limits import LIMITS, ImportRefused, Limits
from content.exchange.losses import Entry, Loss, LossReport, Outcome, shown
from content.quiz import row_problems

TOPIC = re.compile(r"[a-z][a-z0-9_]{1,39}\Z")
NORM = re.compile(r"[a-z][a-z0-9_]*-n[0-9]{2,4}\Z")
MEDIUM = 2
FIELDS = [
    "id",
    "kind",
    "difficulty",
    "also",
    "text",
    "picture",
    "options",
    "correct",
    "left",
    "right",
    "pairs",
    "items",
    "order",
    "answer",
    "tolerance",
    "unit",
    "units",
    "accept",
    "case_sensitive",
    "gaps",
    "areas",
    "show_areas",
    "parts",
    "explanation",
    "why",
    "source",
]
"""The order in which a row is written."""


@dataclass(frozen=True, kw_only=True)
class House:
    """What the importing side knows: its topics, norms and ids that are taken already."""

    topic: str = ""
    """All questions go here; "": each to the topic its category names."""
    topics: Collection[str] | None = None
    """Topics there are; None: any name of the right shape."""
    norms: Collection[str] | None = None
    taken: Collection[str] = ()
    """Ids that questions have already; none of them is given again."""


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What came of a file."""

    rows: tuple[Row, ...]
    """Rows as `content.quiz` reads them; most lack a source, some an explanation."""
    report: LossReport
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """Pictures the rows name."""


def topic_of(row: Row) -> str:
    """The topic an id begins with."""
    return str(row["id"]).rpartition("-")[0]


def finish(
    drafts: Iterable[Draft],
    *,
    format: str,  # noqa: A002 - the word of the report
    file: str,
    house: House,
    losses: Iterable[Loss] = (),
    limits: Limits = LIMITS,
) -> Imported:
    """Rows and report of the drafts. Raises ImportRefused where there is none, or too many."""
    found = list(drafts)
    if not found:
        raise ImportRefused("empty", file)
    if len(found) > limits.questions:
        raise ImportRefused("questions", f"{len(found):,} > {limits.questions:,}")
    ids = _Ids(house, [draft.given_id for draft in found])
    rows: list[Row] = []
    files: dict[str, bytes] = {}
    entries = []
    for draft in found:
        kept: dict[str, bytes] = {}
        row = _row(draft, house, ids, kept, limits)
        if row is not None:
            rows.append(row)
            files |= kept
        entries.append(_entry(draft, row))
    report = LossReport(format=format, file=file, entries=tuple(entries), losses=tuple(losses))
    return Imported(rows=tuple(rows), files=files, report=report)


def _row(
    draft: Draft, house: House, ids: "_Ids", kept: dict[str, bytes], limits: Limits
) -> Row | None:
    if draft.left_out is not None:
        return None
    topic = house.topic or _named_topic(draft.category, house)
    if not topic:
        draft.left_out = Loss(part="category", what=shown(draft.category), code="no_topic")
        return None
    if draft.category and _named_topic(draft.category, house) != topic:
        draft.lose("category", draft.category, "category")
    keep_pictures(draft, kept, limits=limits)
    for name in _pictures(draft.row):
        kept.setdefault(name, draft.files.get(name, b""))
    fields = draft.row | _from_tags(draft, house, topic) | {"id": ids.give(draft, topic)}
    if "explanation" not in fields:
        draft.lose("explanation", "", "no_explanation")
    if "source" not in fields:
        draft.lose("source", "", "no_source")
    row = {name: fields[name] for name in FIELDS if name in fields}
    problems = row_problems(draft.place, row, draft=True)
    if problems:
        first = problems[0]
        what = f"{first.field}: {first.message}"
        draft.left_out = Loss(part="question", what=shown(what), code="not_valid")
        return None
    ids.used(row["id"])
    return row


def _pictures(row: Row) -> set[str]:
    """Names of the pictures of a row and of its parts."""
    rows = [row, *row.get("parts", {}).values()]
    return {one["picture"]["file"] for one in rows if "picture" in one}


def _named_topic(category: str, house: House) -> str:
    """The last part of a category's path where it is a topic."""
    last = category.rstrip("/").rpartition("/")[2].strip()
    if house.topics is None:
        return last if TOPIC.match(last) else ""
    return last if last in house.topics else ""


def _from_tags(draft: Draft, house: House, topic: str) -> Row:
    """Difficulty, further topics and norm, as exports write them into tags."""
    row: Row = {}
    also: list[str] = []
    for tag in draft.tags:
        name, _, value = tag.partition(":")
        if name == "difficulty" and value in ("1", "2", "3"):
            row["difficulty"] = int(value)
        elif name == "topic" and TOPIC.match(value):
            if house.topics is not None and value not in house.topics:
                draft.lose("tag", tag, "tag_unknown")
            elif value != topic and value not in also:
                also.append(value)
        elif name == "norm" and NORM.match(value):
            if house.norms is not None and value not in house.norms:
                draft.lose("tag", tag, "tag_unknown")
            else:
                row["source"] = {"norm": value}
        else:
            draft.lose("tag", tag, "tag")
    if "difficulty" not in row:
        row["difficulty"] = MEDIUM
        draft.lose("difficulty", "", "difficulty")
    return row | {"also": also} if also else row


def _entry(draft: Draft, row: Row | None) -> Entry:
    losses = draft.losses if draft.left_out is None else [draft.left_out, *draft.losses]
    taken = Outcome.WITH_LOSSES if losses else Outcome.TAKEN
    return Entry(
        place=draft.place,
        title=shown(draft.title),
        kind=draft.kind,
        outcome=Outcome.LEFT_OUT if row is None else taken,
        id=row["id"] if row else "",
        losses=tuple(losses),
    )


class _Ids:
    """Gives ids: the one a file states where it is free and of the topic, else the next number."""

    def __init__(self, house: House, given: Iterable[str]) -> None:
        self._taken = set(house.taken)
        self._last: dict[str, int] = {}
        for one in (*house.taken, *given):
            topic, _, digits = one.rpartition("-")
            if re.fullmatch("[0-9]{2,5}", digits):
                self._last[topic] = max(self._last.get(topic, 0), int(digits))

    def give(self, draft: Draft, topic: str) -> str:
        fits = re.fullmatch(re.escape(topic) + "-[0-9]{2,5}", draft.given_id)
        if fits and draft.given_id not in self._taken:
            return draft.given_id
        if draft.given_id:
            draft.lose("id", draft.given_id, "id")
        return f"{topic}-{self._last.get(topic, 0) + 1:02}"

    def used(self, id_: str) -> None:
        topic, _, digits = id_.rpartition("-")
        self._taken.add(id_)
        self._last[topic] = max(self._last.get(topic, 0), int(digits))
