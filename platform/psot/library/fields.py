"""Which fields the form of each kind but questions has; `psot.library.forms` fills and reads them.

A field's name is its path in the row, such as ``title.ru``. What no field shows stays in the row
as it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _

VERIFIED = {"one": _("by one publisher"), "two": _("by two publishers")}
ACT_KINDS = {
    "code": _("Codified law"),
    "law": _("Law"),
    "decree": _("Decree"),
    "order": _("Order of a ministry"),
    "standard": _("Standard"),
    "letter": _("Letter"),
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
