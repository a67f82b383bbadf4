"""GIFT out: a question a block, everything on it marked [plain], escapes for every sign."""

from collections.abc import Callable, Iterable

from content.exchange.drafts import Row
from content.exchange.figures import written
from content.exchange.finishing import topic_of
from content.exchange.gift.signs import escaped
from content.exchange.giving import Exported, Giving, NotHeld, account, percent

GAP = "{{1}}"


def write(rows: Iterable[Row]) -> Exported:
    """A GIFT file of the rows, grouped by topics as they come, and what it does not hold."""
    givings = [Giving(row=row) for row in rows]
    blocks: list[str] = []
    topic = ""
    for giving in givings:
        try:
            block = _block(giving)
        except NotHeld as not_held:
            giving.left_out = not_held.loss
            continue
        if topic_of(giving.row) != topic:
            topic = topic_of(giving.row)
            blocks.append(f"$CATEGORY: {escaped(topic)}")
        blocks.append(block)
    data = "\n\n".join(blocks) + "\n" if blocks else ""
    return Exported(data=data.encode("utf-8"), report=account(givings, format="gift"))


def _block(giving: Giving) -> str:
    row = giving.row
    make = WRITERS.get(row["kind"])
    if make is None:
        raise NotHeld(row["kind"])
    head, answers, tail = make(giving)
    if "picture" in row:
        giving.lose("picture", row["picture"]["alt"])
    giving.common()
    marks = [f"[id:{row['id']}]", *(f"[tag:{tag}]" for tag in giving.tags)]
    general = f"####{_styled(row['explanation'])}" if row.get("explanation") else ""
    body = "\n".join([*answers, *([general] if general else [])])
    gap = f"{{{body}}}" if not body.startswith("\n") and "\n" not in body else f"{{\n{body}\n}}"
    return f"// {' '.join(marks)}\n::{escaped(row['id'])}::[plain]{head}{gap}{tail}"


def _styled(text: str) -> str:
    """A text that begins with a bracket would look as if it named its format."""
    return ("[plain]" if text.startswith("[") else "") + escaped(text)


def _feedback(why: str) -> str:
    return f"#{_styled(why)}" if why else ""


def _choice(giving: Giving) -> tuple[str, list[str], str]:
    row = giving.row
    why = row.get("why", {})
    right = set(row["correct"])
    single = row["kind"] == "single"
    lines = []
    for letter, text in row["options"].items():
        if single:
            mark = "=" if letter in right else "~"
            mark += "%0%" if mark == "~" and text.startswith("%") else ""
        elif letter in right:
            mark = f"~%{percent(len(right))}%"
        else:
            mark = f"~%{percent(len(row['options']) - len(right), sign=-1)}%"
        lines.append(f"{mark}{_styled(text)}{_feedback(why.get(letter, ''))}")
    return escaped(row["text"]), lines, ""


def _truefalse(giving: Giving) -> tuple[str, list[str], str]:
    row = giving.row
    why = row.get("why", {})
    right, wrong = ("true", "false") if row["correct"] else ("false", "true")
    notes = [why.get(wrong, ""), why.get(right, "")]
    said = "".join(f"#{_styled(note)}" for note in notes) if any(notes) else ""
    return escaped(row["text"]), [("T" if row["correct"] else "F") + said], ""


def _matching(giving: Giving) -> tuple[str, list[str], str]:
    row = giving.row
    if any("->" in text for text in (*row["left"].values(), *row["right"].values())):
        raise NotHeld("->", "cannot_hold", "pairs")
    lines = [
        f"={_styled(text)} -> {escaped(row['right'][row['pairs'][place]])}"
        for place, text in row["left"].items()
    ]
    used = set(row["pairs"].values())
    lines += [
        f"= -> {escaped(text)}" for letter, text in row["right"].items() if letter not in used
    ]
    _no_whys(giving)
    return escaped(row["text"]), lines, ""


def _numeric(giving: Giving) -> tuple[str, list[str], str]:
    row = giving.row
    for part in ("unit", "units"):
        if row.get(part):
            giving.lose(part, row[part])
    line = f"#{escaped(written(row['answer']))}:{written(row['tolerance'])}"
    return escaped(row["text"]), [line], ""


def _text(giving: Giving) -> tuple[str, list[str], str]:
    row = giving.row
    if row.get("case_sensitive"):
        giving.lose("case_sensitive", "", "case_sensitive")
    lines = []
    for one in row["accept"]:
        text, score = (one, 100) if isinstance(one, str) else (one["text"], one["score"])
        if "->" in text:
            giving.lose("answer", text)
            continue
        weight = f"%{score}%" if score < 100 or text.startswith("%") else ""  # noqa: PLR2004
        lines.append(f"={weight}{escaped(text)}")
    if not any(line for line in lines):
        raise NotHeld("->", "cannot_hold", "answer")
    return escaped(row["text"]), lines, ""


def _cloze(giving: Giving) -> tuple[str, list[str], str]:
    row = giving.row
    head, _, tail = row["text"].partition(GAP)
    if list(row["gaps"]) != ["1"] or not tail.strip():
        raise NotHeld("cloze")
    gap = row["gaps"]["1"]
    lines = []
    for letter, text in gap["options"].items():
        mark = "=" if letter == gap["correct"] else "~"
        zero = "%0%" if mark == "~" and text.startswith("%") else ""
        lines.append(f"{mark}{zero}{_styled(text)}")
    _no_whys(giving)
    return escaped(head), [" ".join(lines)], escaped(tail)


def _no_whys(giving: Giving) -> None:
    for place, why in giving.row.get("why", {}).items():
        giving.lose(f"why: {place}", why)


WRITERS: dict[str, Callable[[Giving], tuple[str, list[str], str]]] = {
    "single": _choice,
    "multiple": _choice,
    "truefalse": _truefalse,
    "matching": _matching,
    "numeric": _numeric,
    "text": _text,
    "cloze": _cloze,
}
"""How each kind is written: text before the answers, lines of answers, text after them."""
