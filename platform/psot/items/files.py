"""The figures as tables for spreadsheets."""

from collections.abc import Iterator, Mapping, Sequence

from flask_babel import gettext

from psot.items import words
from psot.items.queries import Item, Week
from psot.items.whole import InTest, WholeTest
from psot.shell.spreadsheets import Cell

Table = tuple[list[str], list[list[Cell]]]


def items_table(
    found: Sequence[Item], topics: Mapping[str, str], quizzes: Mapping[str, str]
) -> Table:
    """Return a row for every version of a question."""
    head = [
        gettext("Question"),
        gettext("Version"),
        gettext("Kind"),
        gettext("Topic"),
        gettext("Text"),
        gettext("First answers"),
        *_figure_names(),
        gettext("Median time, s"),
        gettext("Test"),
        gettext("Finished attempts"),
        *_test_names(),
        gettext("Flags"),
        gettext("Left the rating"),
    ]
    return head, [_item_row(one, topics, quizzes) for one in found]


def item_table(
    found: Sequence[Item], weeks: Mapping[int, Sequence[Week]], quizzes: Mapping[str, str]
) -> Table:
    """Return everything about a question in rows that say what they are about."""
    head = [
        gettext("Version"),
        gettext("Part"),
        gettext("What"),
        gettext("Count"),
        gettext("Figure"),
        gettext("Mean score at the test"),
    ]
    return head, [list(row) for one in found for row in _about(one, weeks[one.version], quizzes)]


def whole_table(found: WholeTest) -> Table:
    """Return the figures of a test, then its questions."""
    figures = found.figures
    head = [
        gettext("Question"),
        gettext("Version"),
        gettext("Finished attempts"),
        *_figure_names(),
        *_test_names(),
    ]
    rows: list[list[Cell]] = [[name, None, None, value] for name, value in whole_figures(found)]
    rows.insert(0, [gettext("Finished attempts"), None, figures.attempts])
    rows += [
        [one.question, one.version, one.pairs.attempts, *_of_marks(one), *_of_test(one)]
        for one in found.items
    ]
    return head, rows


def whole_figures(found: WholeTest) -> list[tuple[str, float | None]]:
    """Return the figures of a test by their names, in the order of the documentation."""
    figures = found.figures
    return [
        (gettext("Mean"), figures.mean),
        (gettext("Median"), figures.median),
        (gettext("Standard deviation"), figures.standard_deviation),
        (gettext("Skewness"), figures.skewness),
        (gettext("Kurtosis"), figures.kurtosis),
        (gettext("Internal consistency"), figures.internal_consistency),
        (gettext("Error ratio"), figures.error_ratio),
        (gettext("Standard error"), figures.standard_error),
    ]


def _figure_names() -> list[str]:
    return [gettext("Facility"), gettext("Standard deviation")]


def _test_names() -> list[str]:
    return [
        gettext("Discrimination index"),
        gettext("Discriminative efficiency"),
        gettext("Intended weight"),
        gettext("Effective weight"),
    ]


def _of_marks(one: InTest) -> list[Cell]:
    return [one.figures.facility, one.figures.standard_deviation]


def _of_test(one: InTest | None) -> list[Cell]:
    if one is None:
        return [None, None, None, None]
    return [
        one.figures.discrimination_index,
        one.figures.discriminative_efficiency,
        one.intended_weight,
        one.effective_weight,
    ]


def _item_row(one: Item, topics: Mapping[str, str], quizzes: Mapping[str, str]) -> list[Cell]:
    widest = one.widest
    absent = one.absent
    return [
        one.question,
        one.version,
        str(words.KINDS[one.asked.kind]) if one.asked else "",
        topics.get(one.topic, one.topic),
        one.text,
        one.answers,
        one.facility,
        one.standard_deviation,
        one.median_ms / 1000,
        quizzes[widest.quiz] if widest else "",
        widest.pairs.attempts if widest else 0,
        *_of_test(widest),
        ", ".join(str(words.FLAGS[flag].name) for flag in sorted(one.flags)),
        f"{words.REASONS[absent.reason]}, {absent.since:%Y-%m-%d}" if absent else "",
    ]


def _about(one: Item, weeks: Sequence[Week], quizzes: Mapping[str, str]) -> Iterator[list[Cell]]:
    first, options = gettext("First answers"), gettext("Options")
    yield [one.version, first, gettext("Facility"), one.answers, one.facility, None]
    deviation = gettext("Standard deviation")
    yield [one.version, first, deviation, one.answers, one.standard_deviation, None]
    for name, ms in (
        (gettext("Lower quartile of time, s"), one.lower_ms),
        (gettext("Median time, s"), one.median_ms),
        (gettext("Upper quartile of time, s"), one.upper_ms),
    ):
        yield [one.version, first, name, one.answers, ms / 1000, None]
    for test in one.tests:
        part = f"{quizzes[test.quiz]} ({test.positions})"
        for name, value in zip(_test_names(), _of_test(test), strict=True):
            yield [one.version, part, name, test.pairs.attempts, value, None]
    for choice in one.choices:
        name = f"{choice.group}: {choice.text}" if choice.group else choice.text
        share = choice.chosen / one.chosen if one.chosen else None
        yield [one.version, options, name, choice.chosen, share, choice.score_at_test]
    for week in weeks:
        yield [
            one.version,
            gettext("Facility by weeks"),
            week.monday.isoformat(),
            week.answers,
            week.facility,
            None,
        ]
