"""GIFT in: each block becomes a draft, and what is in no block becomes a loss of the file."""

from content.exchange.drafts import LONGEST_STORY, Draft, LeftOut, Row
from content.exchange.gift import answers, signs
from content.exchange.gift.blocks import Block, blocks
from content.exchange.limits import LIMITS, ImportRefused, Limits
from content.exchange.losses import Loss, shown

MISSING_WORD = "_____"


def read(text: str, *, limits: Limits) -> tuple[list[Draft], list[Loss]]:
    """Drafts of all questions, and losses of the file.

    Raises ImportRefused for a file that ends within a question, and for too many questions.
    """
    drafts: list[Draft] = []
    losses: list[Loss] = []
    last = None
    for block in blocks(text):
        last = block
        if block.text:
            drafts.append(_draft(block))
        else:
            losses += [Loss(part="//", what=shown(one), code="comment") for one in block.comments]
        if len(drafts) > limits.questions:
            raise ImportRefused("questions", f"> {limits.questions:,}")
    if last is not None and last.open:
        raise ImportRefused("brackets", f"line {last.line}")
    return drafts, losses


def _draft(block: Block) -> Draft:
    draft = Draft(place=f"line {block.line}", category=block.category, tags=block.tags)
    for one in block.comments:
        draft.lose("//", one, "comment")
    text = block.text
    if text.startswith("::"):
        title, rest = signs.cut(text[2:], "::")
        draft.title, text = signs.bare(title), rest.lstrip()
    draft.given_id = block.ids[0] if block.ids else ""
    for one in block.ids[1:]:
        draft.lose("id", one, "element")
    try:
        draft.row = _row(draft, text)
    except LeftOut as left:
        draft.left_out = left.loss
    draft.title = draft.title or shown(text)
    return draft


def _row(draft: Draft, text: str) -> Row:
    if len(text) > LIMITS.text_chars:
        raise LeftOut(text, "too_long")
    style, text = signs.style(text, "moodle")
    start = signs.find(text, "{")
    if start < 0:
        draft.kind = "description"
        raise LeftOut(signs.bare(text), "no_question")
    end = signs.find(text, "}", start)
    if end < 0:
        raise LeftOut(text, "broken")
    tail = text[end + 1 :].rstrip()
    inside, general = signs.cut(text[start + 1 : end], "####")
    inside = inside.strip()
    draft.kind = answers.kind_of(inside)
    row = dict(answers.READERS[draft.kind](draft, inside, style))
    head = text[:start].rstrip() if not tail else text[:start]
    row = _stated(draft, row, head, tail, style)
    general_style, general = signs.style(general, style)
    if note := draft.note(
        signs.bare(general), general_style, part="general feedback", limit=LONGEST_STORY
    ):
        row["explanation"] = note
    named = draft.title
    if named and named != draft.given_id and not row["text"].startswith(named.rstrip("….")):
        draft.lose("title", named, "name")
    return row


def _stated(draft: Draft, row: Row, head: str, tail: str, style: str) -> Row:
    """The row with its text; a missing word becomes a gap, or a line where it cannot be one."""
    if not tail:
        row["text"] = _text(draft, head, style)
        return row
    if row["kind"] != "single" or "why" in row:
        row["text"] = _text(draft, f"{head}{MISSING_WORD}{tail}", style)
        return row
    gap = {"options": row["options"], "correct": row["correct"][0]}
    text = _text(draft, f"{head}\\{{\\{{1\\}}\\}}{tail}", style)
    return {"kind": "cloze", "text": text, "gaps": {"1": gap}}


def _text(draft: Draft, text: str, style: str) -> str:
    stated = draft.text(signs.bare(text), style, part="text", limit=LONGEST_STORY, keep=True)
    if not stated:
        raise LeftOut("", "no_text")
    return stated
