"""Which fields the form of each kind has; `psot.library.forms` fills and reads them.

A field's name is its path in the row, such as ``title.ru``. What no field shows stays in the row
as it was.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _

DIFFICULTIES = {"1": _("easy"), "2": _("medium"), "3": _("hard")}
VERIFIED = {"one": _("by one publisher"), "two": _("by two publishers")}
ACT_KINDS = {
    "code": _("Codified law"),
    "law": _("Law"),
    "decree": _("Decree"),
    "order": _("Order of a ministry"),
    "standard": _("Standard"),
    "letter": _("Letter"),
}
QUESTION_KINDS = {
    "single": _("One right answer"),
    "multiple": _("Several right answers"),
    "truefalse": _("True or false"),
    "matching": _("Matching"),
    "ordering": _("Ordering"),
    "numeric": _("A number"),
    "text": _("A few words"),
    "cloze": _("Gaps in a text"),
    "hotspot": _("A place on a picture"),
    "case": _("A case of several questions"),
}
MODES = {"": _("practice"), "check": _("check"), "placement": _("placement")}


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field: ``control`` says how it is shown and read (see `psot.library.forms.CONTROLS`)."""

    name: str
    label: Any
    control: str = "text"
    help: Any = ""
    required: bool = True
    choices: Mapping[str, Any] | None = None
    suggests: str = ""
    """Names of a kind to choose from while typing."""
    group: Any = ""
    """Heading over this field and those after it."""
    row: bool = False
    """Whether it stands beside the field before it, where there is room."""
    own: tuple[str, ...] = ()
    """Fields of the row that a field of the control ``yaml`` holds together."""


def _both(
    name: str, ru: Any, en: Any, *, control: str = "text", required: bool = True
) -> tuple[Field, Field]:
    return (
        Field(name=f"{name}.ru", label=ru, control=control, required=required),
        Field(name=f"{name}.en", label=en, control=control, required=required, row=True),
    )


_URLS = Field(
    name="urls",
    label=_("Pages where it can be read"),
    control="lines",
    required=False,
    help=_("One address on each line."),
)
_ACT = Field(name="act", label=_("Act"), suggests="act", help=_("Its name in the library."))
_REF = Field(name="ref", label=_("Article, paragraph"), row=True)
_VERIFIED = Field(name="verified", label=_("Confirmed"), control="choice", choices=VERIFIED)
_SEEN = Field(
    name="also_seen_on",
    label=_("Also seen on"),
    control="lines",
    required=False,
    help=_("Publishers whose full address was not kept."),
)
_CHECKED = Field(name="checked", label=_("Checked on"), control="day", row=True)

_TITLES = _both("title", _("Title in Russian"), _("Title in English"))

FIELDS: dict[str, tuple[Field, ...]] = {
    "pack": (
        Field(name="licence", label=_("Licence")),
        Field(name="as_of", label=_("Facts checked on"), control="day", row=True),
        Field(name="authors", label=_("Authors"), control="lines", required=False),
        Field(name="sources", label=_("Where its facts come from"), control="lines"),
    ),
    "act": (
        *_TITLES,
        Field(name="short", label=_("Short name"), help=_("As people call it, such as “2464”.")),
        Field(name="kind", label=_("Kind"), control="choice", choices=ACT_KINDS, row=True),
        Field(name="number", label=_("Number of the act"), required=False),
        Field(name="date", label=_("Issued on"), control="day", required=False, row=True),
        *_both("about", _("About, in Russian"), _("About, in English"), required=False),
        Field(
            name="in_force_from",
            label=_("In force from"),
            control="day",
            required=False,
        ),
        Field(
            name="valid_until",
            label=_("In force until"),
            control="day or none",
            required=False,
            row=True,
            help=_("Empty when no end is known."),
        ),
        Field(name="repealed_by", label=_("Repealed by"), required=False),
        Field(name="checked", label=_("Checked on"), control="day", row=True),
        *_both(
            "note",
            _("Note in Russian"),
            _("Note in English"),
            control="area",
            required=False,
        ),
        _URLS,
    ),
    "norm": (
        Field(name="text", label=_("Statement, in our words"), control="area"),
        _ACT,
        _REF,
        _VERIFIED,
        _CHECKED,
        _URLS,
        _SEEN,
    ),
    "topic": (
        *_both("name", _("Name in Russian"), _("Name in English")),
        *_both(
            "intro",
            _("Introduction in Russian"),
            _("Introduction in English"),
            control="area",
            required=False,
        ),
        Field(
            name="minutes",
            label=_("Minutes to learn it"),
            control="integer",
            required=False,
        ),
    ),
    "lesson": (
        *_TITLES,
        *_both("summary", _("Summary in Russian"), _("Summary in English"), control="area"),
        Field(
            name="text",
            label=_("Text"),
            control="markdown",
            help=_(
                "Markdown: ## heading, - list, > [!IMPORTANT] callout, tables. Link norms with "
                "[art. 223](norm:service-n01), words with (term:permit), topics with (topic:ppe)."
            ),
        ),
    ),
    "memo": (
        *_TITLES,
        *_both("text", _("Text in Russian"), _("Text in English"), control="tall"),
        Field(name="sources", label=_("Acts it rests on"), control="lines"),
    ),
    "term": (
        *_both("term", _("Word in Russian"), _("Word in English")),
        *_both("text", _("Meaning in Russian"), _("Meaning in English"), control="area"),
        Field(
            name="norm",
            label=_("Norm that defines it"),
            required=False,
            suggests="norm",
        ),
    ),
    "quiz": (
        *_TITLES,
        *_both("intro", _("Introduction in Russian"), _("Introduction in English"), control="area"),
        Field(name="topic", label=_("Topic"), control="topic", required=False),
        Field(
            name="mode",
            label=_("Mode"),
            control="choice",
            choices=MODES,
            required=False,
            row=True,
        ),
        Field(
            name="time_limit_s",
            label=_("Time limit, seconds"),
            control="integer",
            required=False,
        ),
        Field(
            name="pass_percent",
            label=_("Passed from, per cent"),
            control="integer",
            required=False,
            row=True,
        ),
        Field(
            name="questions",
            label=_("Questions"),
            control="lines",
            required=False,
            help=_("One id on each line; leave empty where questions are drawn."),
        ),
        Field(
            name="",
            label=_("Draw from pools"),
            control="yaml",
            required=False,
            own=("draw",),
            help=_("Pools as YAML, such as draw: [{topics: [ppe], count: 5}]."),
        ),
    ),
    "plan": (
        *_TITLES,
        *_both("intro", _("Introduction in Russian"), _("Introduction in English"), control="area"),
        Field(
            name="renew_months",
            label=_("Renewed after months"),
            control="integer",
            required=False,
        ),
        Field(name="", label=_("Steps"), control="yaml", own=("steps",)),
    ),
}

_ASKED = (
    Field(
        name="difficulty",
        label=_("Difficulty"),
        control="number choice",
        choices=DIFFICULTIES,
    ),
    Field(
        name="also",
        label=_("Other topics"),
        control="words",
        required=False,
        row=True,
        help=_("Ids with spaces between them."),
    ),
    Field(name="text", label=_("Question"), control="area"),
    Field(name="picture.file", label=_("Picture"), required=False, suggests="file"),
    Field(
        name="picture.alt",
        label=_("The picture in words"),
        required=False,
        row=True,
        help=_("For who cannot see it."),
    ),
)
_ANSWERED = (
    Field(
        name="explanation",
        label=_("Explanation"),
        control="area",
        required=False,
        group=_("After the answer"),
    ),
    Field(
        name="source.norm",
        label=_("Norm it rests on"),
        required=False,
        suggests="norm",
        group=_("Where it is written"),
        help=_("A norm of the library says everything; without one fill in the fields below."),
    ),
    Field(name="source.act", label=_("Act"), required=False, suggests="act"),
    Field(name="source.ref", label=_("Article, paragraph"), required=False, row=True),
    Field(
        name="source.verified",
        label=_("Confirmed"),
        control="choice",
        choices=VERIFIED,
        required=False,
    ),
    Field(name="source.as_of", label=_("Checked on"), control="day", required=False, row=True),
    Field(
        name="source.urls",
        label=_("Pages where it can be read"),
        control="lines",
        required=False,
        help=_("One address on each line."),
    ),
    Field(
        name="source.also_seen_on",
        label=_("Also seen on"),
        control="lines",
        required=False,
        help=_("Publishers whose full address was not kept."),
    ),
)


def _yaml(*own: str, example: str) -> tuple[Field, ...]:
    return (
        Field(
            name="",
            label=_("Answers"),
            control="yaml",
            own=(*own, "why"),
            help=_("As YAML, such as: %(example)s", example=example),
        ),
    )


OWN: dict[str, tuple[Field, ...]] = {
    "single": (Field(name="options", label=_("Options"), control="options"),),
    "multiple": (Field(name="options", label=_("Options"), control="options"),),
    "truefalse": (Field(name="correct", label=_("Is it so?"), control="truth"),),
    "numeric": (
        Field(name="answer", label=_("Right number"), control="number"),
        Field(
            name="tolerance",
            label=_("Tolerance"),
            control="number",
            row=True,
            help=_("How far an answer may be away, in the unit of the answer."),
        ),
        Field(name="unit", label=_("Unit"), required=False),
        Field(
            name="units",
            label=_("Other units"),
            control="factors",
            required=False,
            row=True,
            help=_("One on each line with its factor, such as: km = 1000"),
        ),
    ),
    "text": (
        Field(
            name="accept",
            label=_("Accepted answers"),
            control="accepted",
            help=_(
                "One on each line; part of the points as: %(example)s. * stands for anything.",
                example="каска = 50 %",
            ),
        ),
        Field(name="case_sensitive", label=_("Capital letters matter"), control="flag"),
    ),
    "matching": _yaml(
        "left", "right", "pairs", example="left: {1: …}, right: {a: …}, pairs: {1: a}"
    ),
    "ordering": _yaml("items", "order", example="items: {a: …, b: …}, order: [b, a]"),
    "cloze": _yaml("gaps", example="gaps: {1: {options: {a: …, b: …}, correct: a}}"),
    "hotspot": _yaml(
        "areas",
        "correct",
        "show_areas",
        example="areas: {a: {label: …, shape: rect, at: [100, 100, 300, 300]}}, correct: [a]",
    ),
    "case": _yaml("parts", example="parts: {p1: {kind: truefalse, text: …, correct: true}}"),
}

Choices = Callable[[], Mapping[str, Any]]


def fields_of(kind: str, question_kind: str = "") -> tuple[Field, ...]:
    """Return the fields of a kind's form; a question's depend on its own kind."""
    if kind != "question":
        return FIELDS[kind]
    return (*_ASKED, *OWN[question_kind], *_ANSWERED)
