"""matching and ordering."""

from xml.etree.ElementTree import Element

from content.exchange import building
from content.exchange.drafts import LONGEST_TEXT, Draft, LeftOut, Row
from content.exchange.figures import number
from content.exchange.moodle_xml import parts

FEWEST_ITEMS = 3
MOST_ITEMS = 12


def matching(draft: Draft, question: Element) -> Row:
    """Pairs; an entry without a text is a wrong answer more."""
    pairs, distractors = [], []
    for one in question.findall("subquestion"):
        left = parts.text(draft, one, part="pair")
        plain = draft.plain(parts.said(one.find("answer")), "plain", part="pair")
        right = plain.text
        if len(right) > LONGEST_TEXT:
            raise LeftOut(right, "too_long", "pair")
        if not right:
            raise LeftOut(left, "broken", "pair")
        if left:
            pairs.append((left, right))
        else:
            distractors.append(right)
    if not parts.is_true(question, "shuffleanswers", otherwise=True):
        draft.lose("shuffleanswers", "0", "fixed_order")
    return building.matching_row(pairs, distractors)


def ordering(draft: Draft, question: Element) -> Row:
    """Entries in the order of their fractions, which count 1, 2, 3."""
    answers = question.findall("answer")
    places = [number(one.get("fraction", "")) for one in answers]
    if any(place is None for place in places):
        raise LeftOut("", "broken", "answer")
    sequence = sorted(zip(places, range(len(answers)), answers, strict=True))
    texts = [parts.text(draft, one, part="entry") for _, _, one in sequence]
    for one in answers:
        if feedback := parts.note(draft, one.find("feedback"), part="feedback"):
            draft.lose("feedback", feedback, "feedback")
    if len(texts) < FEWEST_ITEMS:
        raise LeftOut(str(len(texts)), "few_items", "entries")
    if len(texts) > MOST_ITEMS:
        raise LeftOut(str(len(texts)), "many_options", "entries")
    some = parts.word(question, "selecttype").upper() not in ("", "0", "ALL")
    if some:
        draft.lose("selecttype", parts.word(question, "selectcount"), "subset")
    if parts.word(question, "gradingtype").upper() not in ("", "2"):
        draft.lose("gradingtype", parts.word(question, "gradingtype"), "grading")
    return building.ordering_row(texts)
