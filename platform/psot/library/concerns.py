"""What the editors have to look at: law that is past its date, checks that are old, gaps.

An act past its last known day puts a mark on all that rests on it: norms, and the questions,
lessons and terms that name the act or one of its norms; memos name acts by their titles.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from psot.library.models import Document, Version
from psot.library.shelf import Shelf
from psot.library.values import Concern, Concerns

CHECK_EVERY = timedelta(days=365)
"""How long a legal statement may go unchecked."""
WARN_BEFORE = timedelta(days=60)
"""How long before its last day an act becomes a task."""

REASONS = {
    "act_past": _("The act is past its date: find what replaced it"),
    "rests_on_past_act": _("Rests on an act that is past its date"),
    "act_ends_soon": _("The act ends soon: look for its extension"),
    "check_is_old": _("Not checked for more than a year"),
    "unknown_act": _("Names an act that the library does not know"),
    "unknown_norm": _("Names a norm that the library does not know"),
    "no_lesson": _("The topic has questions but no lesson"),
    "no_memo": _("The topic has no memo"),
    "few_questions": _("The topic has fewer than eight questions"),
}
"""What to do, by the reason of a concern; the most pressing first."""
FEWEST_QUESTIONS = 8

NORM_LINK = re.compile(r"\]\(norm:([A-Za-z0-9_-]+)\)")

Named = tuple[str, str]
Rests = Mapping[Named, frozenset[str]]


def look(session: Session, shelf: Shelf, today: date) -> Concerns:
    """Return the concerns of ``today``, the most pressing first, and the marks readers see."""
    past = {one.id for one in shelf.acts.values() if one.is_past(today)}
    norms = _norms_named(session, shelf)
    rests = _acts_of(session, shelf, norms)
    marks: dict[Named, tuple[str, ...]] = {("act", one): (one,) for one in sorted(past)}
    for name, acts in rests.items():
        if gone := tuple(sorted(acts & past)):
            marks[name] = gone
    found = [
        *_of_acts(shelf, today),
        *_of_marks(shelf, marks),
        *_of_norms(shelf, today),
        *_of_names(shelf, norms),
        *_of_topics(shelf),
    ]
    order = list(REASONS)
    found.sort(key=lambda one: (order.index(one.reason), one.because, one.kind, one.name))
    return Concerns(today=today, found=tuple(found), marks=marks)


def _norms_named(session: Session, shelf: Shelf) -> dict[Named, frozenset[str]]:
    """Return the norms that questions, lessons and terms name."""
    named: dict[Named, frozenset[str]] = {
        ("term", one.id): frozenset({one.norm}) for one in shelf.terms.values() if one.norm
    }
    rows = session.execute(
        _published("question").add_columns(Version.body["source"]["norm"].astext)
    )
    for name, norm in rows:
        if norm:
            named["question", name] = frozenset({norm})
    for topic, lesson in shelf.lessons.items():
        named["lesson", topic] = frozenset(NORM_LINK.findall(lesson.markdown))
    return named


def _acts_of(
    session: Session, shelf: Shelf, norms: Mapping[Named, frozenset[str]]
) -> dict[Named, frozenset[str]]:
    """Return the acts that each document rests on, by itself or through norms."""
    rests: dict[Named, frozenset[str]] = {
        ("norm", one.id): frozenset({one.act}) for one in shelf.norms.values()
    }
    for name, ids in norms.items():
        rests[name] = frozenset(shelf.norms[one].act for one in ids if one in shelf.norms)
    titled = {one.title.ru: one.id for one in shelf.acts.values()}
    rows = session.execute(_published("question").add_columns(Version.body["source"]["act"].astext))
    for name, act in rows:
        known = titled.get(act or "", act if act in shelf.acts else None)
        if known:
            rests["question", name] = frozenset({known})
    for topic, memo in shelf.memos.items():
        rests["memo", topic] = frozenset(titled.get(one, one) for one in memo.sources)
    return rests


def _published(kind: str) -> Select[str]:
    return (
        select(Document.name)
        .join(Version, Version.document_id == Document.id)
        .where(
            Document.kind == kind,
            Document.retired_at.is_(None),
            Version.number == Document.published,
        )
        .order_by(Document.name)
    )


def _of_acts(shelf: Shelf, today: date) -> Iterator[Concern]:
    for one in shelf.acts.values():
        if one.is_past(today):
            yield Concern(kind="act", name=one.id, reason="act_past", since=one.valid_until)
        elif one.valid_until is not None and one.valid_until - WARN_BEFORE <= today:
            yield Concern(kind="act", name=one.id, reason="act_ends_soon", since=one.valid_until)
        if one.checked + CHECK_EVERY < today:
            yield Concern(kind="act", name=one.id, reason="check_is_old", since=one.checked)


def _of_marks(shelf: Shelf, marks: Mapping[Named, tuple[str, ...]]) -> Iterator[Concern]:
    for (kind, name), acts in marks.items():
        if kind != "act":
            yield Concern(
                kind=kind,
                name=name,
                reason="rests_on_past_act",
                because=acts[0],
                since=shelf.acts[acts[0]].valid_until,
            )


def _of_norms(shelf: Shelf, today: date) -> Iterator[Concern]:
    for one in shelf.norms.values():
        if one.checked + CHECK_EVERY < today:
            yield Concern(kind="norm", name=one.id, reason="check_is_old", since=one.checked)
        if one.act not in shelf.acts:
            yield Concern(kind="norm", name=one.id, reason="unknown_act", because=one.act)


def _of_names(shelf: Shelf, norms: Mapping[Named, frozenset[str]]) -> Iterator[Concern]:
    for (kind, name), ids in norms.items():
        for one in sorted(ids - shelf.norms.keys()):
            yield Concern(kind=kind, name=name, reason="unknown_norm", because=one)


def _of_topics(shelf: Shelf) -> Iterator[Concern]:
    for one in shelf.topics.values():
        if one.questions and not one.has_lesson:
            yield Concern(kind="topic", name=one.id, reason="no_lesson")
        if one.id not in shelf.memos:
            yield Concern(kind="topic", name=one.id, reason="no_memo")
        if one.questions < FEWEST_QUESTIONS:
            yield Concern(kind="topic", name=one.id, reason="few_questions")
