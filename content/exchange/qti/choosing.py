"""choiceInteraction, orderInteraction, textEntryInteraction, inlineChoiceInteraction."""

from decimal import Decimal
from fractions import Fraction

from content.exchange import building
from content.exchange.building import Choice
from content.exchange.drafts import LeftOut, Row
from content.exchange.figures import number
from content.exchange.qti.asked import Asked
from content.exchange.qti.responses import MATCH, shares

FEWEST_ITEMS = 3
MOST_ITEMS = 12
NUMERIC = ("float", "integer")


def choice(asked: Asked) -> Row:
    """Single where one may be chosen, else multiple."""
    found = asked.element.findall("simpleChoice")
    texts = asked.texts(found, part="option")
    if len(texts) < len(found):
        raise LeftOut("", "broken", "option")
    single = asked.element.get("maxChoices", "1") == "1" or asked.declared.cardinality == "single"
    share = shares(asked.declared, texts, single=single)
    choices = [
        Choice(text=texts[id_], share=share[id_], why=asked.why(one))
        for id_, one in zip(texts, found, strict=True)
    ]
    asked.fixed_order()
    if not single:
        _limits(asked, len(found))
        if asked.template == MATCH:
            asked.draft.lose("responseProcessing", MATCH, "grading")
    return building.choice_row(asked.draft, choices, single=single)


def _limits(asked: Asked, count: int) -> None:
    most, least = asked.element.get("maxChoices", "0"), asked.element.get("minChoices", "0")
    if most not in ("0", str(count)):
        asked.draft.lose("maxChoices", most, "limits")
    if least not in ("0", "1"):
        asked.draft.lose("minChoices", least, "limits")


def order(asked: Asked) -> Row:
    """Entries in the declared order, which has to hold all of them."""
    texts = asked.texts(asked.element.findall("simpleChoice"), part="entry")
    right = asked.declared.correct
    if not right:
        raise LeftOut("", "no_key", "order")
    if sorted(right) != sorted(texts):
        raise LeftOut(" ".join(right), "subset", "order")
    if len(texts) < FEWEST_ITEMS:
        raise LeftOut(str(len(texts)), "few_items", "entries")
    if len(texts) > MOST_ITEMS:
        raise LeftOut(str(len(texts)), "many_options", "entries")
    if asked.template:
        asked.draft.lose("responseProcessing", asked.template, "grading")
    return building.ordering_row([texts[id_] for id_ in right])


def text_entry(asked: Asked) -> Row:
    """A number where the response is one, else accepted texts."""
    for name in ("patternMask", "placeholderText"):
        if value := asked.element.get(name):
            asked.draft.lose(name, value, "element")
    declared = asked.declared
    if declared.base_type in NUMERIC:
        return _number(asked)
    accepted: dict[str, Fraction] = {}
    if declared.most > 0:
        best = max(one.value for one in declared.mapping)
        accepted = {_starless(one.key): one.value / best for one in declared.mapping}
    for value in declared.correct:
        accepted[_starless(value)] = Fraction(1)
    sensitive = any(one.case_sensitive for one in declared.mapping) or not declared.mapping
    return building.text_row(asked.draft, list(accepted.items()), case_sensitive=sensitive)


def _starless(text: str) -> str:
    """QTI has no wildcards: a star is a star."""
    return text.strip().replace("*", "\\*")


def _number(asked: Asked) -> Row:
    declared = asked.declared
    stated = list(declared.correct) or [
        one.key for one in declared.mapping if one.value == declared.most
    ]
    if not stated:
        raise LeftOut("", "no_key", "answer")
    value = number(stated[0])
    if value is None:
        raise LeftOut(stated[0], "bad_number", "answer")
    others = {*stated[1:], *(one.key for one in declared.mapping)} - {stated[0]}
    for other in sorted(others):
        asked.draft.lose("answer", other, "more_answers")
    return building.numeric_row(value, Decimal(0))


def inline_choice(asked: Asked) -> tuple[list[str], str]:
    """Options of a gap and the right one."""
    texts = asked.texts(asked.element.findall("inlineChoice"), part="option")
    share = shares(asked.declared, texts, single=True)
    right = [id_ for id_, value in share.items() if value >= 1]
    if len(right) != 1:
        raise LeftOut("", "several_kinds" if right else "no_key", "gap")
    for id_, value in share.items():
        if value not in (0, 1):
            asked.draft.lose("weight", texts[id_], "partial_weight")
    asked.fixed_order()
    return list(texts.values()), texts[right[0]]


def inline_choice_part(asked: Asked) -> Row:
    """The same as a part of a case."""
    options, right = inline_choice(asked)
    choices = [Choice(text=text, share=Fraction(text == right)) for text in options]
    return building.choice_row(asked.draft, choices, single=True)
