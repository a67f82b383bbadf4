"""multichoice and truefalse."""

from xml.etree.ElementTree import Element

from content.exchange import building
from content.exchange.building import Choice
from content.exchange.drafts import Draft, LeftOut, Row
from content.exchange.moodle_xml import parts


def multichoice(draft: Draft, question: Element) -> Row:
    """One or several options, each with its share and feedback."""
    choices = [
        Choice(
            text=parts.text(draft, answer, part="option"),
            share=parts.share(answer),
            why=parts.note(draft, answer.find("feedback"), part="feedback"),
        )
        for answer in question.findall("answer")
    ]
    single = parts.is_true(question, "single", otherwise=True)
    if not parts.is_true(question, "shuffleanswers", otherwise=True):
        draft.lose("shuffleanswers", "0", "fixed_order")
    return building.choice_row(draft, choices, single=single)


def truefalse(draft: Draft, question: Element) -> Row:
    """A statement; the answer with the full share says what it is."""
    notes: dict[str, str] = {}
    right = ""
    for answer in question.findall("answer"):
        word = parts.said(answer).strip().lower()
        if word not in ("true", "false"):
            raise LeftOut(word, "broken", "answer")
        notes[word] = parts.note(draft, answer.find("feedback"), part="feedback")
        right = word if parts.share(answer) > 0 else right
    if not right:
        raise LeftOut("", "no_key", "answer")
    return building.truefalse_row(
        correct=right == "true", why_true=notes.get("true", ""), why_false=notes.get("false", "")
    )
