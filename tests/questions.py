"""Questions of every kind as rows, made up: plain texts full of signs that formats use."""

from collections.abc import Callable
from string import ascii_lowercase
from typing import Any

from hypothesis import strategies as st

Row = dict[str, Any]

SIGNS = "~=#{}:\\/\"%[]<>&*'-_.,;!?()1 \nаЯёж—«»№\u00a0²é\U0001f9ba"


def texts(longest: int = 40, *, without: str = "") -> st.SearchStrategy[str]:
    """Texts without space around them."""
    signs = "".join(sign for sign in SIGNS if sign not in without)
    common = st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters=without)
    return (
        st.text(st.sampled_from(signs) | common, min_size=1, max_size=longest)
        .map(str.strip)
        .filter(bool)
    )


def _lettered(fewest: int, most: int) -> st.SearchStrategy[dict[str, str]]:
    return st.lists(texts(), min_size=fewest, max_size=most, unique=True).map(
        lambda found: dict(zip(ascii_lowercase, found, strict=False))
    )


@st.composite
def _choice(draw: st.DrawFn, *, single: bool) -> Row:
    options = draw(_lettered(2 if single else 3, 6))
    ids = sorted(options)
    right = draw(
        st.lists(
            st.sampled_from(ids),
            min_size=1 if single else 2,
            max_size=1 if single else len(ids) - 1,
            unique=True,
        )
    )
    return {
        "kind": "single" if single else "multiple",
        "options": options,
        "correct": sorted(right),
    } | _why(draw, ids)


def _why(draw: st.DrawFn, ids: list[str]) -> Row:
    why = draw(st.dictionaries(st.sampled_from(ids), texts(), max_size=3))
    return {"why": dict(sorted(why.items()))} if why else {}


@st.composite
def _truefalse(draw: st.DrawFn) -> Row:
    correct = draw(st.booleans())
    return {"kind": "truefalse", "correct": correct} | _why(draw, ["false", "true"])


@st.composite
def _matching(draw: st.DrawFn) -> Row:
    left = draw(st.lists(texts(), min_size=2, max_size=5, unique=True))
    right = draw(_lettered(2, 6))
    pairs = [draw(st.sampled_from(sorted(right))) for _ in left]
    places = [str(place) for place in range(1, len(left) + 1)]
    return {
        "kind": "matching",
        "left": dict(zip(places, left, strict=True)),
        "right": right,
        "pairs": dict(zip(places, pairs, strict=True)),
    }


@st.composite
def _ordering(draw: st.DrawFn) -> Row:
    items = draw(_lettered(3, 6))
    return {"kind": "ordering", "items": items, "order": draw(st.permutations(sorted(items)))}


_NUMBERS = st.integers(-(10**9), 10**9) | st.decimals(-1000, 1000, places=4).map(float)


@st.composite
def _numeric(draw: st.DrawFn) -> Row:
    row: Row = {
        "kind": "numeric",
        "answer": draw(_NUMBERS),
        "tolerance": abs(draw(st.just(0) | _NUMBERS)),
    }
    unit = draw(st.sampled_from(["", "м", "кг/м³", "°C"]))
    if unit:
        row["unit"] = unit
        factors = st.sampled_from([0.001, 0.01, 60, 3600, 0.3048, 7, 1000000])
        units = draw(st.dictionaries(st.sampled_from(["см", "км", "час"]), factors, max_size=3))
        row |= {"units": units} if units else {}
    return row


@st.composite
def _text(draw: st.DrawFn) -> Row:
    found = draw(st.lists(texts(), min_size=1, max_size=4, unique=True))
    accept: list[Any] = [found[0]]
    for one in found[1:]:
        score = draw(st.integers(1, 100))
        accept.append(one if score == 100 else {"text": one, "score": score})
    row: Row = {"kind": "text", "accept": accept}
    return row | {"case_sensitive": True} if draw(st.booleans()) else row


@st.composite
def _cloze(draw: st.DrawFn) -> Row:
    pieces = draw(st.lists(texts(without="{}"), min_size=2, max_size=4))
    gaps = {}
    text = pieces[0]
    for place, piece in enumerate(pieces[1:], 1):
        options = draw(_lettered(2, 4))
        gaps[str(place)] = {
            "options": options,
            "correct": draw(st.sampled_from(sorted(options))),
        }
        text += f" {{{{{place}}}}} {piece}"
    return {"kind": "cloze", "text": text, "gaps": gaps}


@st.composite
def _case(draw: st.DrawFn) -> Row:
    kinds = st.sampled_from(["single", "multiple", "truefalse", "numeric", "text"])
    parts = {}
    for place in range(1, draw(st.integers(1, 4)) + 1):
        part = draw(KINDS[draw(kinds)]()) | {"text": draw(texts(without="{}"))}
        if draw(st.booleans()):
            part["explanation"] = draw(texts())
        parts[f"p{place}"] = part
    return {"kind": "case", "text": draw(texts(without="{}")), "parts": parts}


KINDS: dict[str, Callable[[], st.SearchStrategy[Row]]] = {
    "single": lambda: _choice(single=True),
    "multiple": lambda: _choice(single=False),
    "truefalse": _truefalse,
    "matching": _matching,
    "ordering": _ordering,
    "numeric": _numeric,
    "text": _text,
    "cloze": _cloze,
    "case": _case,
}


@st.composite
def rows(draw: st.DrawFn, kind: str) -> Row:
    """A complete row of a kind."""
    row: Row = {
        "id": draw(st.sampled_from(["ppe-01", "height-12345"])),
        "version": draw(st.integers(1, 9)),
        "difficulty": draw(st.integers(1, 3)),
        "text": draw(texts(without="{}")),
        "explanation": draw(texts()),
        "source": draw(
            st.just({"norm": "ppe-n01"})
            | st.just({"act": "ТК РФ", "ref": "ст. 221", "verified": "one", "urls": []})
        ),
    }
    also = draw(st.lists(st.sampled_from(["fire", "risk"]), unique=True, max_size=2))
    return row | ({"also": also} if also else {}) | draw(KINDS[kind]())
