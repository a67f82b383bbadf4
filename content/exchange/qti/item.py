"""An assessmentItem in: its interactions become a question, or the parts of a case."""

from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

from content.exchange import building
from content.exchange.drafts import LONGEST_STORY, LONGEST_TEXT, Draft, LeftOut, Row
from content.exchange.limits import ImportRefused
from content.exchange.losses import shown
from content.exchange.qti import choosing, pairing, pointing
from content.exchange.qti.asked import Asked
from content.exchange.qti.body import INLINE_INTERACTIONS, MARK, as_html
from content.exchange.qti.names import in_one_language
from content.exchange.qti.responses import NOTHING, declarations, template

READERS: dict[str, Callable[[Asked], Row]] = {
    "choiceInteraction": choosing.choice,
    "orderInteraction": choosing.order,
    "textEntryInteraction": choosing.text_entry,
    "inlineChoiceInteraction": choosing.inline_choice_part,
    "matchInteraction": pairing.match,
    "gapMatchInteraction": pairing.gap_match,
    "hotspotInteraction": pointing.hotspot,
    "selectPointInteraction": pointing.select_point,
}
"""How each interaction is read; every other one is left out."""

BLANK = "_____"
KNOWN = frozenset(
    ["responseDeclaration", "outcomeDeclaration", "itemBody", "responseProcessing", "modalFeedback"]
)
LOST = {
    "stylesheet": "stylesheet",
    "templateDeclaration": "variables",
    "templateProcessing": "variables",
    "contextDeclaration": "variables",
}


def read_item(
    root: Element, *, place: str, folder: str = "", files: Mapping[str, bytes] | None = None
) -> Draft:
    """The draft of one item. Raises ImportRefused where the root is something else."""
    in_one_language(root)
    if root.tag != "assessmentItem":
        raise ImportRefused("root", shown(root.tag))
    draft = Draft(
        place=place,
        title=root.get("title", ""),
        given_id=root.get("identifier", ""),
        files=files or {},
    )
    try:
        _fill(draft, root, folder)
    except LeftOut as left:
        draft.left_out = left.loss
        draft.row = {}
    return draft


def _fill(draft: Draft, root: Element, folder: str) -> None:
    body = root.find("itemBody")
    if body is None:
        raise LeftOut("", "no_question")
    found = [one for one in body.iter() if one.tag.endswith("Interaction")]
    draft.kind = found[0].tag if len(found) == 1 else f"{len(found)} interactions"
    if any(one.tag == "printedVariable" for one in body.iter()):
        raise LeftOut("printedVariable", "variables")
    if not found:
        raise LeftOut("", "no_question")
    declared = declarations(root)
    graded = template(draft, root)
    asked = [
        Asked(
            draft=draft,
            element=one,
            declared=declared.get(one.get("responseIdentifier", ""), NOTHING),
            template=graded,
            folder=folder,
        )
        for one in found
    ]
    draft.row = _row(draft, body, asked, folder)
    if len(draft.row["text"]) > LONGEST_STORY:
        raise LeftOut(draft.row["text"], "too_long", "text")
    _feedback(draft, root, asked, folder)
    _lost(draft, root, folder)


def _row(draft: Draft, body: Element, asked: list[Asked], folder: str) -> Row:
    inline = {
        one.element: place
        for place, one in enumerate(asked, 1)
        if one.element.tag in INLINE_INTERACTIONS
    }
    source = as_html(body, folder=folder, marks=inline)
    text = draft.plain(source, "html", part="text", keep=True).text
    if all(one.element.tag == "inlineChoiceInteraction" for one in asked):
        row = building.cloze_row([choosing.inline_choice(one) for one in asked])
        return row | {"text": MARK.sub(lambda mark: f"{{{{{mark.group(1)}}}}}", text)}
    if len(asked) == 1:
        return _alone(asked[0], text)
    return _case(draft, asked, text)


def _reader(asked: Asked) -> Callable[[Asked], Row]:
    reader = READERS.get(asked.element.tag)
    if reader is None:
        raise LeftOut(asked.element.tag, "kind")
    return reader


def _alone(asked: Asked, text: str) -> Row:
    """A question with one interaction: its text is that of the body and of the prompt."""
    row = _reader(asked)(asked)
    text = MARK.sub(BLANK, text).removesuffix(BLANK).rstrip()
    stated = "\n\n".join(one for one in (text, _prompt(asked), row.get("text", "")) if one)
    if not stated:
        raise LeftOut("", "no_text")
    return row | {"text": stated}


def _case(draft: Draft, asked: list[Asked], text: str) -> Row:
    parts = []
    for place, one in enumerate(asked, 1):
        try:
            row = _reader(one)(one)
        except LeftOut as left:
            draft.lose(f"part {place}: {left.loss.part}", left.loss.what, left.loss.code)
            continue
        stated = [each for each in (_prompt(one), row.get("text", "")) if each]
        parts.append(row | {"text": "\n\n".join(stated) or f"[{place}]"})
    if not parts:
        raise LeftOut("", "several_kinds")
    draft.lose("itemBody", f"{len(asked)}", "became_case")
    story = MARK.sub(r"[\1]", text) or draft.title
    if not story:
        raise LeftOut("", "no_text")
    return building.case_row(parts) | {"text": story}


def _prompt(asked: Asked) -> str:
    prompt = asked.element.find("prompt")
    if prompt is None:
        return ""
    source = asked.html(prompt, {})
    return asked.draft.plain(source, "html", part="prompt", keep=True).text


def _feedback(draft: Draft, root: Element, asked: list[Asked], folder: str) -> None:
    """Feedback named like an option explains it; the first other one becomes the explanation."""
    choices = asked[0].element.findall("simpleChoice") if len(asked) == 1 else []
    letters = dict(
        zip(
            [one.get("identifier", "") for one in choices],
            draft.row.get("options", {}),
            strict=False,
        )
    )
    body = root.find("itemBody")
    blocks = [one for one in body.iter() if one.tag == "feedbackBlock"] if body is not None else []
    inside = {each for choice in choices for each in choice.iter()}
    for one in [*root.findall("modalFeedback"), *(each for each in blocks if each not in inside)]:
        source = as_html(one, folder=folder, marks={})
        note = draft.note(source, "html", part="feedback", limit=LONGEST_STORY)
        letter = letters.get(one.get("identifier", ""))
        if not note:
            continue
        if letter and len(note) <= LONGEST_TEXT and one.get("showHide", "show") == "show":
            draft.row.setdefault("why", {}).setdefault(letter, note)
        elif "explanation" not in draft.row:
            draft.row["explanation"] = note
            draft.lose("feedback", one.get("identifier", ""), "conditional")
        else:
            draft.lose("feedback", note, "feedback")


def _lost(draft: Draft, root: Element, folder: str) -> None:
    for child in root:
        if child.tag not in KNOWN:
            what = child.get("href") or child.get("identifier") or ""
            draft.lose(child.tag, what, LOST.get(child.tag, "element"))
    for one in root.iter("rubricBlock"):
        source = as_html(one, folder=folder, marks={})
        draft.lose("rubricBlock", draft.plain(source, "html", part="rubricBlock").text, "rubric")
    if root.get("adaptive", "false") == "true":
        draft.lose("adaptive", "true", "adaptive")
    name = draft.title
    if name and name != draft.given_id and not draft.row["text"].startswith(name.rstrip("….")):
        draft.lose("title", name, "name")
