"""Moodle XML out: every text plain, ids and tags where Moodle keeps them, pictures embedded."""

from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from content.exchange.decoding import printable
from content.exchange.drafts import Row
from content.exchange.figures import number, written
from content.exchange.finishing import topic_of
from content.exchange.giving import Exported, Giving, NotHeld, account, percent
from content.exchange.moodle_xml import zones
from content.exchange.moodle_xml.laid_out import of_case, of_cloze
from content.exchange.moodle_xml.typed import turned
from content.exchange.pictures import NoPicture, size

PLAIN = "plain_text"
EXACT = 17
"""Significant digits that tell any two numbers apart."""


def write(rows: Iterable[Row], files: Mapping[str, bytes] | None = None) -> Exported:
    """Moodle XML of the rows and what it does not hold; ``files`` are pictures by name."""
    givings = [Giving(row=row) for row in rows]
    root = Element("quiz")
    topic = ""
    for giving in givings:
        try:
            question = _question(giving, files or {})
        except NotHeld as not_held:
            giving.left_out = not_held.loss
            continue
        if topic_of(giving.row) != topic:
            topic = topic_of(giving.row)
            category = SubElement(SubElement(root, "question", type="category"), "category")
            _text(category, f"$course$/top/{topic}")
        root.append(question)
    indent(root)
    data = b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="utf-8") + b"\n"
    return Exported(data=data, report=account(givings, format="moodle-xml"))


def _question(giving: Giving, files: Mapping[str, bytes]) -> Element:
    row = giving.row
    kind, make = WRITERS[row["kind"]]
    question = Element("question", type=kind)
    _text(SubElement(question, "name"), row["id"])
    stated = SubElement(question, "questiontext", format=PLAIN)
    text = SubElement(stated, "text")
    text.text = printable(row["text"])
    _says(question, "generalfeedback", row.get("explanation", ""))
    SubElement(question, "defaultgrade").text = "1"
    SubElement(question, "penalty").text = "0"
    SubElement(question, "hidden").text = "0"
    SubElement(question, "idnumber").text = row["id"]
    make(giving, question, files)
    if row["kind"] != "hotspot":
        _picture(giving, stated, text, files)
    tags = SubElement(question, "tags")
    for tag in giving.tags:
        _text(SubElement(tags, "tag"), tag)
    giving.common()
    return question


def _picture(giving: Giving, stated: Element, text: Element, files: Mapping[str, bytes]) -> None:
    """Plain text has no pictures, so a text with one becomes HTML."""
    picture = giving.row.get("picture")
    if picture is None:
        return
    data = files.get(picture["file"])
    if data is None:
        giving.lose("picture", picture["file"], "picture_not_given")
        return
    paragraphs = [_html(one).replace("\n", "<br>") for one in (text.text or "").split("\n\n")]
    image = f'<img src="@@PLUGINFILE@@/{picture["file"]}" alt="{_html(picture["alt"])}">'
    stated.set("format", "html")
    text.text = "".join(f"<p>{one}</p>" for one in [*paragraphs, image])
    _file(stated, picture["file"], data)


def _html(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace('"', "&quot;")


def _file(parent: Element, name: str, data: bytes) -> None:
    file = SubElement(parent, "file", name=name, path="/", encoding="base64")
    file.text = b64encode(data).decode("ascii")


def _text(parent: Element, text: str) -> None:
    SubElement(parent, "text").text = printable(text)


def _says(parent: Element, name: str, text: str) -> None:
    _text(SubElement(parent, name, format=PLAIN), text)


def _answer(parent: Element, text: str, fraction: str, why: str = "") -> Element:
    answer = SubElement(parent, "answer", fraction=fraction, format=PLAIN)
    _text(answer, text)
    _says(answer, "feedback", why)
    return answer


def _choice(giving: Giving, question: Element, files: Mapping[str, bytes]) -> None:
    del files
    row = giving.row
    right = set(row["correct"])
    single = row["kind"] == "single"
    SubElement(question, "single").text = "true" if single else "false"
    SubElement(question, "shuffleanswers").text = "true"
    SubElement(question, "answernumbering").text = "none"
    for letter, text in row["options"].items():
        if letter in right:
            fraction = percent(len(right))
        else:
            wrong = len(row["options"]) - len(right)
            fraction = "0" if single else percent(wrong, sign=-1)
        _answer(question, text, fraction, row.get("why", {}).get(letter, ""))


def _truefalse(giving: Giving, question: Element, files: Mapping[str, bytes]) -> None:
    del files
    row = giving.row
    for word in ("true", "false"):
        fraction = "100" if (word == "true") == row["correct"] else "0"
        _answer(question, word, fraction, row.get("why", {}).get(word, ""))


def _matching(giving: Giving, question: Element, files: Mapping[str, bytes]) -> None:
    del files
    row = giving.row
    SubElement(question, "shuffleanswers").text = "true"
    used = set(row["pairs"].values())
    entries = [(text, row["right"][row["pairs"][place]]) for place, text in row["left"].items()]
    entries += [("", text) for letter, text in row["right"].items() if letter not in used]
    for left, right in entries:
        one = SubElement(question, "subquestion", format=PLAIN)
        _text(one, left)
        _text(SubElement(one, "answer"), right)
    _no_whys(giving)


def _ordering(giving: Giving, question: Element, files: Mapping[str, bytes]) -> None:
    del files
    row = giving.row
    SubElement(question, "layouttype").text = "VERTICAL"
    SubElement(question, "selecttype").text = "ALL"
    for place, letter in enumerate(row["order"], 1):
        one = SubElement(question, "answer", fraction=f"{place}.0000000", format=PLAIN)
        _text(one, row["items"][letter])
    _no_whys(giving)


def _numeric(giving: Giving, question: Element, files: Mapping[str, bytes]) -> None:
    del files
    row = giving.row
    answer = _answer(question, written(row["answer"]), "100")
    SubElement(answer, "tolerance").text = written(row["tolerance"])
    if not row.get("unit"):
        return
    units = SubElement(question, "units")
    for name, factor in {row["unit"]: 1, **row.get("units", {})}.items():
        value = number(written(factor))
        unit = SubElement(units, "unit")
        multiplier = turned(value, EXACT) if value and value != 1 else 1
        SubElement(unit, "multiplier").text = f"{multiplier:f}"
        SubElement(unit, "unit_name").text = name


def _short(giving: Giving, question: Element, files: Mapping[str, bytes]) -> None:
    del files
    row = giving.row
    SubElement(question, "usecase").text = "1" if row.get("case_sensitive") else "0"
    for one in row["accept"]:
        text, score = (one, 100) if isinstance(one, str) else (one["text"], one["score"])
        _answer(question, text, str(score))


def _cloze(giving: Giving, question: Element, files: Mapping[str, bytes]) -> None:
    del files
    _no_whys(giving)
    _restate(question, of_cloze(giving))


def _case(giving: Giving, question: Element, files: Mapping[str, bytes]) -> None:
    del files
    _no_whys(giving)
    _restate(question, of_case(giving))


def _restate(question: Element, text: str) -> None:
    stated = question.find("questiontext/text")
    if stated is not None:
        stated.text = printable(text)


def _hotspot(giving: Giving, question: Element, files: Mapping[str, bytes]) -> None:
    name = giving.row["picture"]["file"]
    data = files.get(name)
    if data is None:
        raise NotHeld(name, "picture_not_given", "picture")
    try:
        zones.write(giving, question, size(data))
    except NoPicture as error:
        raise NotHeld(name, error.code, "picture") from error
    _file(question, name, data)
    _no_whys(giving)


def _no_whys(giving: Giving) -> None:
    for place, why in giving.row.get("why", {}).items():
        giving.lose(f"why: {place}", why)


Writer = Callable[[Giving, Element, Mapping[str, bytes]], None]
WRITERS: dict[str, tuple[str, Writer]] = {
    "single": ("multichoice", _choice),
    "multiple": ("multichoice", _choice),
    "truefalse": ("truefalse", _truefalse),
    "matching": ("matching", _matching),
    "ordering": ("ordering", _ordering),
    "numeric": ("numerical", _numeric),
    "text": ("shortanswer", _short),
    "cloze": ("cloze", _cloze),
    "case": ("cloze", _case),
    "hotspot": ("ddmarker", _hotspot),
}
"""The type each kind becomes, and how it is written."""
