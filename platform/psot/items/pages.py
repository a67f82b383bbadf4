"""The editors' pages of item analysis: all questions, one question, one test; and their files."""

from typing import Any

from flask import Blueprint, current_app, render_template, request, url_for
from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from content.quiz import Question
from psot.database import transaction
from psot.items import files, listing, queries, whole, words
from psot.items.charts import bars, history
from psot.items.errors import UnknownItem, UnknownTest
from psot.items.listing import Wanted
from psot.items.queries import Item
from psot.shell import spreadsheets
from scoring.items import LIMITS, Flag

blueprint = Blueprint("items", __name__, template_folder="templates", url_prefix="/editor/items")

# The desk on which a question is corrected, if the house has one.
DESK = "library.document"


@blueprint.get("")
def items() -> str:
    """List every question with its figures; filters and order are in the address."""
    wanted = Wanted.of(request.args)
    with transaction() as session:
        everything = queries.items(session)
        found = listing.chosen(everything, wanted)
        pages = max(1, -(-len(found) // listing.PER_PAGE))
        page = min(wanted.page, pages)
        first = (page - 1) * listing.PER_PAGE
        shown = found[first : first + listing.PER_PAGE]
        quizzes = {test.quiz for one in everything for test in one.tests}
        return render_template(
            "items/items.html",
            wanted=wanted,
            shown=shown,
            total=len(found),
            first=first,
            page=page,
            pages=pages,
            counts=_counts(everything),
            topics=words.topic_names(session),
            quizzes=words.quiz_names(session, quizzes),
            has_any=bool(everything),
            **_vocabulary(),
        )


@blueprint.get("/table.csv")
def items_csv() -> Response:
    """Give the questions asked for as a table, all pages of it."""
    wanted = Wanted.of(request.args)
    with transaction() as session:
        found = listing.chosen(queries.items(session), wanted)
        names = words.quiz_names(session, {test.quiz for one in found for test in one.tests})
        head, rows = files.items_table(found, words.topic_names(session), names)
    return spreadsheets.download("questions.csv", head, rows)


@blueprint.get("/<question>")
def item(question: str) -> str:
    """Open a question: every version with all that its answers say."""
    with transaction() as session:
        asked, found = _opened(session, question)
        quizzes = {test.quiz for one in found for test in one.tests}
        return render_template(
            "items/item.html",
            question=question,
            asked=asked,
            found=found,
            weeks={
                one.version: history(queries.weeks(session, question, one.version)) for one in found
            },
            topics=words.topic_names(session),
            quizzes=words.quiz_names(session, quizzes),
            desk=_desk(question),
            **_vocabulary(),
        )


@blueprint.get("/<question>/table.csv")
def item_csv(question: str) -> Response:
    """Give everything about a question as a table."""
    with transaction() as session:
        _asked, found = _opened(session, question)
        weeks = {one.version: queries.weeks(session, question, one.version) for one in found}
        names = words.quiz_names(session, {test.quiz for one in found for test in one.tests})
        head, rows = files.item_table(found, weeks, names)
    return spreadsheets.download(f"question-{_plain(question)}.csv", head, rows)


@blueprint.get("/quizzes")
def tests() -> str:
    """List the tests that somebody finished."""
    with transaction() as session:
        sat = whole.tests_sat(session)
        opened = [whole.whole_test(session, one.quiz, one.positions) for one in sat]
        names = words.quiz_names(session, {one.quiz for one in sat})
    opened.sort(key=lambda one: (names[one.quiz], -one.figures.attempts, one.positions))
    return render_template("items/tests.html", found=opened, names=names, **_vocabulary())


@blueprint.get("/quizzes/<slug>")
def test(slug: str) -> str:
    """Open a test: its figures, its totals, its questions beside each other."""
    with transaction() as session:
        found, lengths = _test(session, slug)
        known = {(one.question, one.version): one for one in queries.items(session)}
        return render_template(
            "items/test.html",
            found=found,
            lengths=lengths,
            name=words.quiz_names(session, {slug})[slug],
            known=known,
            totals=bars(found.totals, found.positions),
            **_vocabulary(),
        )


@blueprint.get("/quizzes/<slug>/table.csv")
def test_csv(slug: str) -> Response:
    """Give the figures of a test and its questions as a table."""
    with transaction() as session:
        found, _lengths = _test(session, slug)
        head, rows = files.whole_table(found)
    return spreadsheets.download(f"test-{_plain(slug)}.csv", head, rows)


def _opened(session: Session, question: str) -> tuple[Question | None, list[Item]]:
    asked, found = queries.known_question(session, question), queries.versions(session, question)
    if asked is None and not found:
        raise UnknownItem(_("There is no such question."), subject=question)
    return asked, found


def _test(session: Session, slug: str) -> tuple[whole.WholeTest, list[whole.Sat]]:
    """Return a test in the length asked for, or in its usual one."""
    lengths = [one for one in whole.tests_sat(session) if one.quiz == slug]
    if not lengths:
        raise UnknownTest(_("Nobody has finished this test yet."), subject=slug)
    asked = request.args.get("positions", "")
    wanted = next((one for one in lengths if str(one.positions) == asked), lengths[0])
    return whole.whole_test(session, slug, wanted.positions), lengths


def _counts(everything: list[Item]) -> dict[str, int]:
    newest = [one for one in everything if one.is_newest]
    counts = {flag.value: sum(flag in one.flags for one in newest) for flag in Flag}
    counts[listing.ABSENT] = sum(one.absent is not None for one in newest)
    counts[listing.FLAGGED] = sum(bool(one.flags) for one in newest)
    return counts


def _vocabulary() -> dict[str, Any]:
    return {
        "flag_words": words.FLAGS,
        "reasons": words.REASONS,
        "kinds": words.KINDS,
        "limits": LIMITS,
        "flags": list(Flag),
    }


def _desk(question: str) -> str:
    if DESK not in current_app.view_functions:
        return ""
    return url_for(DESK, kind="question", name=question)


def _plain(name: str) -> str:
    """Return ``name`` as part of a file's name."""
    return "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in name)
