"""Which fields the form of a question has, by its kind; and of every other document."""

import dataclasses

from flask_babel import lazy_gettext as _

from psot.library.fields import FIELDS, VERIFIED, Field

DIFFICULTIES = {"1": _("easy"), "2": _("medium"), "3": _("hard")}
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

_PICTURE = (
    Field(name="picture.file", label=_("Picture"), required=False, suggests="file"),
    Field(
        name="picture.alt",
        label=_("The picture in words"),
        required=False,
        row=True,
        help=_("For who cannot see it."),
    ),
)
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
    *_PICTURE,
)
_EXPLAINED = Field(name="explanation", label=_("Explanation"), control="area", required=False)
_PART = (
    Field(
        name="kind",
        label=_("Kind"),
        control="choice",
        choices={id_: word for id_, word in QUESTION_KINDS.items() if id_ != "case"},
        required=False,
        help=_("A part without a kind is left out; saving the draft shows the fields of its kind."),
    ),
    Field(name="text", label=_("Question"), control="area", required=False),
    *_PICTURE,
)
_ANSWERED = (
    dataclasses.replace(_EXPLAINED, group=_("After the answer")),
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
    "matching": (Field(name="pairs", label=_("Pairs"), control="pairs"),),
    "ordering": (Field(name="order", label=_("Entries and their places"), control="order"),),
    "cloze": (
        Field(
            name="gaps",
            label=_("Gaps"),
            control="gaps",
            help=_("In the text a gap is written {{1}}, {{2}} and so on."),
        ),
    ),
    "hotspot": (Field(name="areas", label=_("Places on the picture"), control="areas"),),
    "case": (Field(name="parts", label=_("Questions of the case"), control="parts"),),
}


def fields_of(kind: str, question_kind: str = "") -> tuple[Field, ...]:
    """Return the fields of a kind's form; a question's depend on its own kind."""
    if kind == "part":
        return (*_PART, *OWN.get(question_kind, ()), _EXPLAINED)
    if kind != "question":
        return FIELDS[kind]
    return (*_ASKED, *OWN[question_kind], *_ANSWERED)
