"""The library as its readers see it: all topics, one topic, its lesson, what they marked."""

from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext, lazy_gettext
from sqlalchemy.orm import Session

from content.quiz import Names
from psot import clock
from psot.database import reading, transaction
from psot.errors import NotFound
from psot.learning import queries as quizzes
from psot.library import queries as library
from psot.members.queries import current_member
from psot.members.viewer import Viewer
from psot.reading import asides, operations, queries
from psot.reading.errors import UnknownLesson
from psot.reading.lessons import lesson as lesson_of
from psot.reading.values import LessonView, TopicCard

blueprint = Blueprint("reading", __name__, template_folder="templates")

LONGEST_SEARCH = 200
LONGEST_ANCHOR = 200

STATES = {
    "fresh": lazy_gettext("Not opened yet"),
    "begun": lazy_gettext("Begun"),
    "read": lazy_gettext("Read"),
    "changed": lazy_gettext("Changed since you read it"),
}


@blueprint.get("/library")
def topics() -> str:
    """List the topics with the reader's progress, where they stopped, and the search."""
    viewer = current_member()
    state = request.args.get("state", "")
    state = state if viewer and state in STATES else ""
    with transaction() as session:
        found = queries.cards(session, viewer.id if viewer else None)
        packs = library.packs(session)
    opened = [one for one in found if one.progress is not None and one.state == "begun"]
    opened.sort(key=lambda one: one.progress.seen_at if one.progress else clock.now(), reverse=True)
    return render_template(
        "reading/topics.html",
        cards=[one for one in found if not state or one.state == state],
        counts=_counts(found),
        minutes=sum(one.minutes for one in found),
        questions=sum(one.topic.questions for one in found),
        last=opened[0] if opened else None,
        packs=packs,
        state=state,
        states=STATES,
        signed_in=viewer is not None,
    )


def _counts(found: list[TopicCard]) -> dict[str, int]:
    return {state: sum(one.state == state for one in found) for state in STATES}


@blueprint.get("/topics/<topic>")
def topic(topic: str) -> str:
    """Show one topic: its lesson, memo, questions, what it rests on, what stands beside it."""
    viewer = current_member()
    with reading() as session:
        found = library.topics(session).get(topic)
        if found is None:
            raise NotFound(gettext("There is no such topic."), subject=topic)
        text = lesson_of(session, topic)
        cited = _cited(session, text)
        used = {one["norm"].act for one in cited}
        mine = queries.progress(session, viewer.id).get(topic) if viewer else None
        return render_template(
            "reading/topic.html",
            topic=found,
            lesson=text,
            mine=mine,
            state=queries.state_of(mine, text),
            states=STATES,
            memo=library.memos(session).get(topic),
            acts=[one for one in library.acts(session).values() if one.id in used],
            norms=len(cited),
            sets=quizzes.offered(session, member=viewer.id if viewer else None, topic=topic),
            asides=asides.beside(session, topic),
            past=_past(session, topic),
            today=clock.now().date(),
        )


@blueprint.get("/topics/<topic>/lesson")
def lesson(topic: str) -> str:
    """Show a lesson from where its reader stopped, with its contents and its sources."""
    viewer = current_member()
    with reading() as session:
        text = lesson_of(session, topic)
        known = library.topics(session)
        if text is None or topic not in known:
            raise UnknownLesson(gettext("There is no such lesson."), subject=topic)
        mine = queries.progress(session, viewer.id).get(topic) if viewer else None
        order = [one.id for one in known.values() if one.has_lesson]
        place = order.index(topic)
        return render_template(
            "reading/lesson.html",
            topic=known[topic],
            lesson=text,
            mine=mine,
            place=text.heading(mine.anchor) if mine else None,
            state=queries.state_of(mine, text),
            marked=queries.marked(session, viewer.id, "lesson", topic) if viewer else set(),
            cited=_cited(session, text),
            following=known[order[place + 1]] if place + 1 < len(order) else None,
            content_language=library.packs(session)[known[topic].pack].language,
            past=_past(session, topic),
            signed_in=viewer is not None,
        )


@blueprint.post("/topics/<topic>/lesson/read")
def read(topic: str) -> ResponseReturnValue:
    """Note that the reader read the lesson to its end."""
    with transaction() as session:
        new = operations.finish(session, member=_me().id, topic=topic, now=clock.now())
    if new:
        flash(gettext("Noted. Now check what stayed: practise the topic."), "success")
    return redirect(url_for("reading.topic", topic=topic), 303)


@blueprint.post("/topics/<topic>/lesson/place")
def place(topic: str) -> ResponseReturnValue:
    """Keep the place that the page reports; answered to a program."""
    anchor, furthest_ppm = _reported(request.get_json(silent=True))
    with transaction() as session:
        operations.visit(
            session,
            member=_me().id,
            topic=topic,
            anchor=anchor,
            furthest_ppm=furthest_ppm,
            now=clock.now(),
        )
    return {"ok": True}


def _reported(sent: object) -> tuple[str, int]:
    """Return the heading and the share that a page sent; a share of -1, no share, where it lies."""
    asked = sent if isinstance(sent, dict) else {}
    anchor, furthest_ppm = asked.get("anchor"), asked.get("furthest_ppm")
    if not isinstance(anchor, str) or len(anchor) > LONGEST_ANCHOR:
        return "", -1
    if not isinstance(furthest_ppm, int) or isinstance(furthest_ppm, bool):
        return "", -1
    return anchor, furthest_ppm


@blueprint.get("/me/bookmarks")
def bookmarks() -> str:
    """List what the reader marked."""
    with transaction() as session:
        found = queries.bookmarks(session, _me().id)
    return render_template("reading/bookmarks.html", bookmarks=found)


@blueprint.post("/me/bookmarks")
def mark() -> ResponseReturnValue:
    """Mark a place, or take the mark away; back to where the reader was."""
    form = request.form
    kind, name = form.get("kind", ""), form.get("name", "")
    anchor, wanted = form.get("anchor", "")[:LONGEST_ANCHOR], form.get("wanted") == "yes"
    do = partial(operations.mark, now=clock.now()) if wanted else operations.unmark
    with transaction() as session:
        do(session, member=_me().id, kind=kind, name=name, anchor=anchor)
    if request.headers.get("Accept") == "application/json":
        return {"ok": True, "marked": wanted}
    flash(gettext("Marked.") if wanted else gettext("The bookmark is gone."), "success")
    if form.get("back") == "list":
        return redirect(url_for("reading.bookmarks"), 303)
    return redirect(_page_of(kind, name), 303)


def _page_of(kind: str, name: str) -> str:
    pages: dict[str, Any] = {
        "lesson": lambda: url_for("reading.lesson", topic=name),
        "act": lambda: url_for("reading.act", name=name),
        "norm": lambda: url_for("reading.norm", name=name),
    }
    return str(pages[kind]()) if kind in pages else url_for("reading.glossary")


def _cited(session: Session, text: LessonView | None) -> list[dict[str, Any]]:
    """Return the norms a lesson cites, each with its act, in the order of the text."""
    norms, acts = library.norms(session), library.acts(session)
    known = [norms[one] for one in (text.cites if text else ()) if one in norms]
    return [{"norm": one, "act": acts.get(one.act)} for one in known]


def _past(session: Session, topic: str) -> tuple[str, ...]:
    """Return the acts past their date that a topic's lesson rests on.

    An act known to be repealed is not among them: a lesson names it to say just that.
    """
    today = clock.now().date()
    found = library.concerns(session, today=today)
    acts = library.acts(session)
    past = [acts[one] for one in found.marked("lesson", topic)]
    return tuple(one.title.ru for one in past if not one.repealed_by)


def called(names: Names) -> str:
    """Return a name of the content in the reader's language."""
    locale = get_locale()
    return names.in_language(locale.language if locale else "ru")


def _me() -> Viewer:
    viewer = current_member()
    if viewer is None:  # the door lets members in only
        raise NotFound(gettext("There is no such page."))
    return viewer
