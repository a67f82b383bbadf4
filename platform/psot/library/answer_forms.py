"""The answers of a question as rows of a form: shown, taken from what was sent, shown again.

Each control of `ANSWERS` is three functions: what a row of the library gives the form, what a sent
form puts into the row, and the form as it was sent. An id that stood before stands afterwards, so
that old answers keep their meaning; what no input shows stays.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from string import ascii_lowercase
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from psot.library.rows import Row

Sent = Mapping[str, str]
Several = tuple[Callable[[Row], Any], Callable[[Row, Sent], None], Callable[[Sent], Any]]

SPARE = 2
FEWEST = 4
MOST = 10
DIGITS = tuple(str(one) for one in range(1, 21))
GAP = re.compile(r"\{\{\s*(\d{1,2})\s*\}\}")
FEWEST_IN_GAP = 3
SHAPES = {
    "rect": lazy_gettext("rectangle: left, top, right, bottom"),
    "circle": lazy_gettext("circle: centre, radius"),
    "polygon": lazy_gettext("polygon: corner after corner"),
}
LARGEST_PERMILLE = 1000


class Unread(ValueError):  # noqa: N818 - says what could not be read
    """What was typed into a field is not of its kind; the message is for the reader."""


def spare(used: Iterable[str], ids: Sequence[str], fewest: int = FEWEST) -> list[str]:
    """Return ids for empty rows below the ``used`` ones."""
    taken = list(used)
    wanted = max(fewest, min(len(taken) + SPARE, MOST)) - len(taken)
    return [one for one in ids if one not in taken][: max(wanted, 0)]


def _clean(text: str) -> str:
    return " ".join(text.split())


def _ids(sent: Sent, name: str) -> list[str]:
    return [one.removeprefix(name) for one in sent if one.startswith(name)]


def _explain(row: Row, sent: Sent, shown: Iterable[str], kept: Iterable[str]) -> None:
    """Take why each of ``shown`` is right or wrong; of the others ``kept`` ones stay."""
    why = {id_: text for id_, text in row.pop("why", {}).items() if id_ in {*kept} - {*shown}}
    why |= {id_: text for id_ in shown if (text := sent.get(f"why.{id_}", "").strip())}
    if why:
        row["why"] = why


def _show_options(row: Row) -> list[Row]:
    options, why = row.get("options", {}), row.get("why", {})
    shown = [
        {"id": id_, "text": text, "right": id_ in row.get("correct", ()), "why": why.get(id_, "")}
        for id_, text in options.items()
    ]
    empty = [
        {"id": one, "text": "", "right": False, "why": ""}
        for one in spare(options, ascii_lowercase)
    ]
    return shown + empty


def _sent_options(sent: Sent) -> list[Row]:
    return [
        {
            "id": one,
            "text": sent[f"options.{one}"],
            "right": sent.get(f"correct.{one}") == "1" or sent.get("correct") == one,
            "why": sent.get(f"why.{one}", ""),
        }
        for one in sorted(_ids(sent, "options."))
    ]


def _take_options(row: Row, sent: Sent) -> None:
    given = _sent_options(sent)
    row["options"] = {one["id"]: _clean(one["text"]) for one in given if one["text"].strip()}
    row["correct"] = [one["id"] for one in given if one["right"]]
    _explain(row, sent, [one["id"] for one in given], ())


def _show_truth(row: Row) -> Row:
    right, why = row.get("correct"), row.get("why", {})
    return {
        "right": "" if right is None else str(right).lower(),
        "true": why.get("true", ""),
        "false": why.get("false", ""),
    }


def _sent_truth(sent: Sent) -> Row:
    return {
        "right": sent.get("correct", ""),
        "true": sent.get("why.true", ""),
        "false": sent.get("why.false", ""),
    }


def _take_truth(row: Row, sent: Sent) -> None:
    _explain(row, sent, ("true", "false"), ())
    right = sent.get("correct", "")
    if right not in {"true", "false"}:
        row.pop("correct", None)
        raise Unread(_("Say whether it is so."))
    row["correct"] = right == "true"


def _show_pairs(row: Row) -> Row:
    left, right, pairs = row.get("left", {}), row.get("right", {}), row.get("pairs", {})
    why = row.get("why", {})
    rows = [
        {"id": i, "text": text, "pair": right.get(pairs.get(i), ""), "why": why.get(i, "")}
        for i, text in left.items()
    ]
    rows += [{"id": one, "text": "", "pair": "", "why": ""} for one in spare(left, DIGITS)]
    extra = [text for id_, text in right.items() if id_ not in pairs.values()]
    return {"rows": rows, "extra": "\n".join(extra)}


def _sent_pairs(sent: Sent) -> Row:
    rows = [
        {
            "id": one,
            "text": sent[f"left.{one}"],
            "pair": sent.get(f"pair.{one}", ""),
            "why": sent.get(f"why.{one}", ""),
        }
        for one in _ids(sent, "left.")
    ]
    return {"rows": rows, "extra": sent.get("extra", "")}


def _take_pairs(row: Row, sent: Sent) -> None:
    given = [one for one in _sent_pairs(sent)["rows"] if one["text"].strip() or one["pair"].strip()]
    texts = [_clean(one["pair"]) for one in given] + sent.get("extra", "").splitlines()
    known = {text: id_ for id_, text in row.get("right", {}).items()}
    right = _named(filter(None, map(_clean, texts)), known)
    row["left"] = {one["id"]: _clean(one["text"]) for one in given if one["text"].strip()}
    row["right"] = {id_: text for text, id_ in right.items()}
    row["pairs"] = {one["id"]: right[_clean(one["pair"])] for one in given if one["pair"].strip()}
    _explain(row, sent, _ids(sent, "left."), row["right"])


def _named(texts: Iterable[str], known: Mapping[str, str]) -> dict[str, str]:
    """Return the id of each text: the one it had, else the next free letter."""
    named: dict[str, str] = {}
    free = (one for one in ascii_lowercase if one not in known.values())
    for text in texts:
        if text not in named:
            named[text] = known.get(text) or next(free)
    return named


def _show_order(row: Row) -> list[Row]:
    items, order, why = row.get("items", {}), row.get("order", []), row.get("why", {})
    shown = [*filter(items.__contains__, order), *(one for one in items if one not in order)]
    rows = [
        {"id": id_, "text": items[id_], "place": place, "why": why.get(id_, "")}
        for place, id_ in enumerate(shown, 1)
    ]
    empty = spare(items, ascii_lowercase)
    return rows + [{"id": one, "text": "", "place": "", "why": ""} for one in empty]


def _sent_order(sent: Sent) -> list[Row]:
    return [
        {
            "id": one,
            "text": sent[f"items.{one}"],
            "place": sent.get(f"place.{one}", ""),
            "why": sent.get(f"why.{one}", ""),
        }
        for one in _ids(sent, "items.")
    ]


def _take_order(row: Row, sent: Sent) -> None:
    given = [one for one in _sent_order(sent) if one["text"].strip()]
    row["items"] = {one["id"]: _clean(one["text"]) for one in given}
    _explain(row, sent, _ids(sent, "items."), ())
    places = [one["place"].strip() for one in given]
    if not all(place.isdecimal() for place in places) or len({*places}) < len(places):
        row.pop("order", None)
        raise Unread(_("Give each entry its place: 1, 2, 3 and so on, each once."))
    row["order"] = [one["id"] for one in sorted(given, key=lambda one: int(one["place"]))]


def _show_gaps(row: Row) -> list[Row]:
    gaps, why = row.get("gaps", {}), row.get("why", {})
    named = [*gaps, *(one for one in GAP.findall(row.get("text", "")) if one not in gaps)]
    ids = list(dict.fromkeys(named)) or ["1"]
    return [
        {
            "id": id_,
            "right": gaps.get(id_, {}).get("correct", ""),
            "options": _gap_options(gaps.get(id_, {}).get("options", {})),
            "why": why.get(id_, ""),
        }
        for id_ in [*ids, *[one for one in DIGITS if one not in ids][:1]]
    ]


def _gap_options(options: Mapping[str, str]) -> list[Row]:
    empty = spare(options, ascii_lowercase, FEWEST_IN_GAP)
    return [{"id": i, "text": text} for i, text in (*options.items(), *((e, "") for e in empty))]


def _sent_gaps(sent: Sent) -> list[Row]:
    keys = [one.split(".", 1) for one in _ids(sent, "gaps.") if "." in one]
    return [
        {
            "id": gap,
            "right": sent.get(f"correct.{gap}", ""),
            "options": [
                {"id": option, "text": sent[f"gaps.{gap}.{option}"]}
                for of, option in keys
                if of == gap
            ],
            "why": sent.get(f"why.{gap}", ""),
        }
        for gap in dict.fromkeys(one for one, _option in keys)
    ]


def _take_gaps(row: Row, sent: Sent) -> None:
    row["gaps"] = {}
    for one in _sent_gaps(sent):
        texts = {o["id"]: _clean(o["text"]) for o in one["options"] if o["text"].strip()}
        if texts:
            row["gaps"][one["id"]] = {"options": texts, "correct": one["right"]}
    _explain(row, sent, [one["id"] for one in _sent_gaps(sent)], ())


def _show_areas(row: Row) -> Row:
    areas, why, right = row.get("areas", {}), row.get("why", {}), row.get("correct", ())
    rows = [
        {
            "id": id_,
            "label": area.get("label", ""),
            "shape": area.get("shape", "rect"),
            "at": " ".join(str(one) for one in area.get("at", ())),
            "right": id_ in right,
            "why": why.get(id_, ""),
        }
        for id_, area in areas.items()
    ]
    rows += [
        {"id": one, "label": "", "shape": "rect", "at": "", "right": False, "why": ""}
        for one in spare(areas, ascii_lowercase)
    ]
    return {"rows": rows, "shown": bool(row.get("show_areas")), "shapes": SHAPES}


def _sent_areas(sent: Sent) -> Row:
    rows = [
        {
            "id": one,
            "label": sent[f"label.{one}"],
            "shape": sent.get(f"shape.{one}", "rect"),
            "at": sent.get(f"at.{one}", ""),
            "right": sent.get(f"correct.{one}") == "1",
            "why": sent.get(f"why.{one}", ""),
        }
        for one in _ids(sent, "label.")
    ]
    return {"rows": rows, "shown": sent.get("show_areas") == "1", "shapes": SHAPES}


def _take_areas(row: Row, sent: Sent) -> None:
    given = [one for one in _sent_areas(sent)["rows"] if one["label"].strip() or one["at"].strip()]
    row["correct"] = [one["id"] for one in given if one["right"]]
    row.pop("show_areas", None)
    if sent.get("show_areas") == "1":
        row["show_areas"] = True
    _explain(row, sent, _ids(sent, "label."), ())
    row["areas"] = {}
    for one in given:
        numbers = one["at"].replace(",", " ").split()
        if not all(n.isdecimal() and int(n) <= LARGEST_PERMILLE for n in numbers):
            raise Unread(_("Whole numbers from 0 to 1000 with spaces between them, please."))
        row["areas"][one["id"]] = {
            "label": _clean(one["label"]),
            "shape": one["shape"],
            "at": [int(n) for n in numbers],
        }


ANSWERS: dict[str, Several] = {
    "options": (_show_options, _take_options, _sent_options),
    "truth": (_show_truth, _take_truth, _sent_truth),
    "pairs": (_show_pairs, _take_pairs, _sent_pairs),
    "order": (_show_order, _take_order, _sent_order),
    "gaps": (_show_gaps, _take_gaps, _sent_gaps),
    "areas": (_show_areas, _take_areas, _sent_areas),
}
"""How to show a control of several inputs, how to take what was sent, how to show that again."""

TAKES: dict[str, frozenset[str]] = {
    "options": frozenset({"options", "correct", "why"}),
    "truth": frozenset({"correct", "why"}),
    "pairs": frozenset({"left", "right", "pairs", "why"}),
    "order": frozenset({"items", "order", "why"}),
    "gaps": frozenset({"gaps", "why"}),
    "areas": frozenset({"areas", "correct", "show_areas", "why"}),
    "parts": frozenset({"parts", "why"}),
}
"""Fields of the row that a control of several inputs stands for."""
