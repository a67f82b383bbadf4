"""Moodle XML in: each question becomes a draft; elements that say something else are losses."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from content.exchange.drafts import LONGEST_STORY, Draft, LeftOut, Row
from content.exchange.figures import number
from content.exchange.limits import ImportRefused, Limits
from content.exchange.losses import Loss, shown
from content.exchange.moodle_xml import choices, embedded, gaps, pairs, parts, places, typed
from content.exchange.trees import local

READERS: dict[str, Callable[[Draft, Element], Row]] = {
    "multichoice": choices.multichoice,
    "truefalse": choices.truefalse,
    "shortanswer": typed.shortanswer,
    "numerical": typed.numerical,
    "matching": pairs.matching,
    "ordering": pairs.ordering,
    "gapselect": gaps.gapselect,
    "ddwtos": gaps.ddwtos,
    "cloze": lambda draft, _: embedded.multianswer(draft),
    "multianswer": lambda draft, _: embedded.multianswer(draft),
    "ddmarker": places.ddmarker,
}
"""How each type is read; every other type is left out."""

COMMON = frozenset(
    [
        "name",
        "questiontext",
        "generalfeedback",
        "defaultgrade",
        "penalty",
        "hidden",
        "idnumber",
        "tags",
        "hint",
    ]
)
LOOKS = frozenset(
    [
        "answernumbering",
        "showstandardinstruction",
        "shownumcorrect",
        "layouttype",
        "numberingstyle",
        "showgrading",
        "showmisplaced",
        "showunits",
        "unitsleft",
        "instructions",
        "image",
        "image_base64",
        "questionsnumber",
    ]
)
"""How a question looks or is commented on in Moodle; nothing of what it asks."""
OWN = {
    "multichoice": "answer single shuffleanswers",
    "truefalse": "answer",
    "shortanswer": "answer usecase",
    "numerical": "answer units unitgradingtype unitpenalty",
    "matching": "subquestion shuffleanswers",
    "ordering": "answer selecttype selectcount gradingtype",
    "gapselect": "selectoption shuffleanswers",
    "ddwtos": "dragbox shuffleanswers",
    "cloze": "",
    "multianswer": "",
    "ddmarker": "file drag drop shuffleanswers",
}
"""Elements that the reader of a type reads."""
COMBINED = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
USUAL_PENALTIES = ("", "0", "0.3333333", "0.33333", "0.1", "1")


def read(root: Element, *, limits: Limits) -> tuple[list[Draft], list[Loss]]:
    """Drafts of all questions, and losses of the file. Raises ImportRefused."""
    if local(root.tag) != "quiz":
        raise ImportRefused("root", shown(local(root.tag)))
    drafts: list[Draft] = []
    losses: list[Loss] = []
    category = ""
    for element in root:
        if local(element.tag) != "question":
            losses.append(Loss(part=shown(local(element.tag)), what="", code="element"))
        elif element.get("type") == "category":
            category = parts.word(element, "category")
            if information := parts.said(element.find("info")).strip():
                losses.append(Loss(part="info", what=shown(information), code="category"))
        else:
            drafts.append(_draft(element, len(drafts) + 1, category))
        if len(drafts) > limits.questions:
            raise ImportRefused("questions", f"> {limits.questions:,}")
    return drafts, losses


def _draft(question: Element, place: int, category: str) -> Draft:
    draft = Draft(
        place=f"question {place}",
        title=parts.word(question, "name"),
        kind=shown(question.get("type", "")),
        category=category,
        given_id=parts.word(question, "idnumber"),
        tags=[parts.said(tag).strip() for tag in question.findall("tags/tag")],
    )
    try:
        _fill(draft, question)
    except LeftOut as left:
        draft.left_out = left.loss
        draft.row = {}
    draft.title = draft.title or shown(parts.said(question.find("questiontext")))
    return draft


def _fill(draft: Draft, question: Element) -> None:
    reader = READERS.get(draft.kind)
    if reader is None:
        raise LeftOut(draft.kind, "no_question" if draft.kind == "description" else "kind")
    stated = question.find("questiontext")
    draft.files = parts.files_of(stated)
    text = draft.plain(parts.said(stated), parts.style(stated), part="text", keep=True).text
    if not text:
        raise LeftOut("", "no_text")
    draft.row = {"text": text}
    draft.row |= reader(draft, question)
    if len(draft.row["text"]) > LONGEST_STORY:
        raise LeftOut(draft.row["text"], "too_long", "text")
    general = question.find("generalfeedback")
    if note := parts.note(draft, general, part="general feedback", limit=LONGEST_STORY):
        draft.row["explanation"] = note
    _unused_files(draft, stated)
    _lost(draft, question)


def _unused_files(draft: Draft, stated: Element | None) -> None:
    used = " ".join(image.src for image in draft.images)
    for one in stated.findall("file") if stated is not None else ():
        name = one.get("name", "")
        if name not in used and "%" not in used:
            draft.lose("file", name, "file")


def _lost(draft: Draft, question: Element) -> None:
    """Everything a question says that no reader has read."""
    known = COMMON | LOOKS | frozenset(OWN[draft.kind].split()) | frozenset(COMBINED)
    for child in question:
        if local(child.tag) not in known:
            draft.lose(shown(local(child.tag)), parts.said(child), "element")
    for name in COMBINED:
        if note := parts.note(draft, question.find(name), part=name):
            draft.lose(name, note, "feedback")
    for hint in question.findall("hint"):
        draft.lose("hint", parts.said(hint), "hint")
    penalty = parts.word(question, "penalty")
    if penalty.rstrip("0").rstrip(".") not in USUAL_PENALTIES:
        draft.lose("penalty", penalty, "penalty")
    grade = parts.word(question, "defaultgrade") or "1"
    if draft.kind not in ("cloze", "multianswer") and number(grade) != 1:
        draft.lose("defaultgrade", grade, "grade")
    if parts.word(question, "hidden") not in ("", "0"):
        draft.lose("hidden", "", "hidden")
    name = draft.title
    if name and name != draft.given_id and not draft.row["text"].startswith(name.rstrip("….")):
        draft.lose("name", name, "name")
