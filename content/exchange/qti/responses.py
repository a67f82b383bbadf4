"""What an item declares to be right, and how it says it is graded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from xml.etree.ElementTree import Element

from content.exchange.drafts import Draft
from content.exchange.figures import number

MATCH, MAP, POINT = "match_correct", "map_response", "map_response_point"
TEMPLATES = (POINT, MATCH, MAP)
"""The templates of response processing, the longest name first."""


@dataclass(frozen=True, kw_only=True)
class Mapped:
    """What one response earns."""

    key: str
    value: Fraction
    case_sensitive: bool


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """A response variable: what is right, and what single responses earn."""

    cardinality: str
    base_type: str
    correct: tuple[str, ...] = ()
    mapping: tuple[Mapped, ...] = ()
    areas: tuple[Element, ...] = field(default=())

    @property
    def most(self) -> Fraction:
        """The most that a mapping gives at once: the best entry of one, all good ones of many."""
        good = [one.value for one in self.mapping if one.value > 0]
        if not good:
            return Fraction(0)
        return max(good) if self.cardinality == "single" else sum(good, Fraction(0))


NOTHING = Declaration(cardinality="single", base_type="identifier")


def declarations(item: Element) -> dict[str, Declaration]:
    """All response variables of an item by their identifiers."""
    return {
        one.get("identifier", ""): _declaration(one) for one in item.iter("responseDeclaration")
    }


def _declaration(element: Element) -> Declaration:
    return Declaration(
        cardinality=element.get("cardinality", "single"),
        base_type=element.get("baseType", "identifier"),
        correct=tuple(
            (value.text or "").strip() for value in element.findall("correctResponse/value")
        ),
        mapping=tuple(
            Mapped(
                key=one.get("mapKey", ""),
                value=Fraction(number(one.get("mappedValue", "")) or 0),
                case_sensitive=one.get("caseSensitive", "true").lower() != "false",
            )
            for one in element.findall("mapping/mapEntry")
        ),
        areas=tuple(element.findall("areaMapping/areaMapEntry")),
    )


def template(draft: Draft, item: Element) -> str:
    """The template of grading, "" for none; rules of its own are noted as lost."""
    processing = item.find("responseProcessing")
    if processing is None:
        return ""
    stated = processing.get("template", "") or processing.get("templateLocation", "")
    if len(processing) or not stated:
        if len(processing):
            draft.lose("responseProcessing", processing[0].tag, "rule")
        return ""
    last = stated.rstrip("/").rpartition("/")[2].removesuffix(".xml").lower()
    found = next((name for name in TEMPLATES if last.endswith(name)), "")
    if not found:
        draft.lose("responseProcessing", stated, "rule")
    return found


def shares(
    declared: Declaration, options: Mapping[str, str], *, single: bool
) -> dict[str, Fraction]:
    """The share of the points of each option (by id): by the mapping where one is, else by what is
    declared right, which is graded here by the rule of the kind.
    """  # noqa: D205 - one sentence
    if declared.mapping and declared.most > 0:
        values = {one.key: one.value / declared.most for one in declared.mapping}
        return {id_: values.get(id_, Fraction(0)) for id_ in options}
    right = [id_ for id_ in options if id_ in declared.correct]
    wrong = len(options) - len(right)
    loss = Fraction(0) if single or not wrong else -Fraction(1, wrong)
    return {id_: Fraction(1, len(right)) if id_ in right else loss for id_ in options}


def pairs(declared: Declaration) -> list[tuple[str, str]]:
    """Pairs declared right, else those that earn something."""
    stated = declared.correct or [one.key for one in declared.mapping if one.value > 0]
    return [(one.split()[0], one.split()[1]) for one in stated if len(one.split()) == 2]  # noqa: PLR2004
