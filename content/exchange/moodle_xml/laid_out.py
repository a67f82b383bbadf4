"""A cloze and a case as a text with embedded answers, laid out so that `embedded` knows them."""

from content.exchange.drafts import Row
from content.exchange.figures import written
from content.exchange.giving import Giving, NotHeld, percent
from content.exchange.moodle_xml.embedded import TRUE_FALSE

SIGNS = '\\}#~/"'
IN_A_PART = {"single", "multiple", "numeric", "text", "truefalse"}


def of_cloze(giving: Giving) -> str:
    """The text with a list in the place of each gap."""
    text: str = giving.row["text"]
    for place, gap in giving.row["gaps"].items():
        answers = [
            _answer("=" if letter == gap["correct"] else "", option)
            for letter, option in gap["options"].items()
        ]
        text = text.replace(f"{{{{{place}}}}}", _embedded("MULTICHOICE", answers))
    return text


def of_case(giving: Giving) -> str:
    """The story and a paragraph for each part that can be embedded. Raises NotHeld for none."""
    paragraphs = [giving.row["text"]]
    for place, part in giving.row["parts"].items():
        if part["kind"] not in IN_A_PART:
            giving.lose(f"part {place}", part["kind"], "part_left_out")
            continue
        paragraphs.append(f"{_one_paragraph(giving, place, part['text'])} {_part(part)}")
        _not_held(giving, place, part)
    if len(paragraphs) == 1:
        raise NotHeld("case")
    return "\n\n".join(paragraphs)


def _one_paragraph(giving: Giving, place: str, text: str) -> str:
    joined = "\n".join(line for line in text.split("\n") if line.strip())
    if joined != text:
        giving.lose(f"part {place}: empty lines")
    return joined


def _not_held(giving: Giving, place: str, part: Row) -> None:
    for name in ("explanation", "picture", "unit", "units"):
        if name in part:
            giving.lose(f"part {place}: {name}", part[name])


def _part(part: Row) -> str:
    if part["kind"] == "numeric":
        answer = f"={written(part['answer'])}:{written(part['tolerance'])}"
        return _embedded("NUMERICAL", [answer])
    if part["kind"] == "text":
        answers = []
        for one in part["accept"]:
            text, score = (one, 100) if isinstance(one, str) else (one["text"], one["score"])
            answers.append(_answer(f"%{score}%" if score < 100 else "=", text))  # noqa: PLR2004
        kind = "SHORTANSWER_C" if part.get("case_sensitive") else "SHORTANSWER"
        return _embedded(kind, answers)
    if part["kind"] == "truefalse":
        right = {"true" if part["correct"] else "false"}
        words = {str(value).lower(): text for text, value in TRUE_FALSE.items()}
        return _embedded("MULTICHOICE_V", _options(words, right, part, single=True))
    single = part["kind"] == "single"
    answers = _options(part["options"], set(part["correct"]), part, single=single)
    return _embedded("MULTICHOICE_V" if single else "MULTIRESPONSE", answers)


def _options(options: dict[str, str], right: set[str], part: Row, *, single: bool) -> list[str]:
    answers = []
    wrong = len(options) - len(right)
    for letter, text in options.items():
        if single:
            mark = "=" if letter in right else ""
        elif letter in right:
            mark = f"%{percent(len(right))}%"
        else:
            mark = f"%{percent(wrong, sign=-1)}%"
        why = part.get("why", {}).get(letter, "")
        answers.append(_answer(mark, text) + (f"#{_escaped(why)}" if why else ""))
    return answers


def _embedded(kind: str, answers: list[str]) -> str:
    return f"{{1:{kind}:{'~'.join(answers)}}}"


def _escaped(text: str) -> str:
    return "".join("\\" + sign if sign in SIGNS else sign for sign in text)


def _answer(mark: str, text: str) -> str:
    """An answer with its mark: one without a mark must not begin with a sign that is a mark."""
    if not mark and text.startswith(("=", "%")):
        mark = "%0%"
    return mark + _escaped(text)
