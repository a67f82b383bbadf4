"""Questions of every kind, as an editor could write them, for tests that try many."""

from typing import Any

from hypothesis import strategies as st

Row = dict[str, Any]

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SECRET = "СЕКРЕТ"
"""Stands in every text that only a key may have."""

words = st.text(alphabet="абвгдежзикл мнопрстXYZ0123456789-—.,«»ё", min_size=1, max_size=20).filter(
    lambda text: any(letter.isalnum() for letter in text)
)
json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=10**300, max_value=10**301)
    | st.floats()
    | st.text()
    | st.sampled_from([*LETTERS[:4], "1", "2", "p1", "true", "false", "value", "unit", "areas"]),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(
            st.text(max_size=3)
            | st.sampled_from(["1", "2", "p1", "p2", "value", "unit", "areas", "points"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@st.composite
def texts(draw: st.DrawFn, ids: str | list[str], least: int, most: int) -> dict[str, str]:
    """Different texts by the first of ``ids``."""
    found = draw(st.lists(words, min_size=least, max_size=most, unique=True))
    return dict(zip(ids, found, strict=False))


@st.composite
def single(draw: st.DrawFn) -> Row:
    options = draw(texts(LETTERS, 2, 6))
    return {"options": options, "correct": [draw(st.sampled_from(sorted(options)))]}


@st.composite
def multiple(draw: st.DrawFn) -> Row:
    options = draw(texts(LETTERS, 3, 8))
    right = st.sets(st.sampled_from(sorted(options)), min_size=2, max_size=len(options) - 1)
    return {"options": options, "correct": sorted(draw(right))}


@st.composite
def truefalse(draw: st.DrawFn) -> Row:
    return {"correct": draw(st.booleans())}


@st.composite
def matching(draw: st.DrawFn) -> Row:
    left = draw(texts([str(number) for number in range(1, 7)], 2, 6))
    right = draw(texts(LETTERS, 2, 7))
    pairs = {place: draw(st.sampled_from(sorted(right))) for place in left}
    return {"left": left, "right": right, "pairs": pairs}


@st.composite
def ordering(draw: st.DrawFn) -> Row:
    items = draw(texts(LETTERS, 3, 8))
    return {"items": items, "order": draw(st.permutations(sorted(items)))}


@st.composite
def numeric(draw: st.DrawFn) -> Row:
    numbers = st.integers(-(10**6), 10**6) | st.floats(-1e6, 1e6).map(lambda one: round(one, 6))
    row: Row = {
        "answer": draw(numbers),
        "tolerance": draw(st.integers(0, 100) | st.sampled_from([0.1, 0.25])),
    }
    if draw(st.booleans()):
        row["unit"] = draw(st.sampled_from(["м", "кг", "%", "м/с"]))
        if draw(st.booleans()):
            row["units"] = {"см": 0.01, "мин": 60}
    return row


@st.composite
def text(draw: st.DrawFn) -> Row:
    full = draw(st.lists(words, min_size=1, max_size=3, unique=True))
    accept: list[Any] = [f"{SECRET} {one}" for one in full]
    if draw(st.booleans()):
        accept.append({"text": f"*{SECRET}*", "score": draw(st.integers(1, 99))})
    return {"accept": accept, **({"case_sensitive": True} if draw(st.booleans()) else {})}


@st.composite
def cloze(draw: st.DrawFn) -> Row:
    number = draw(st.integers(1, 4))
    gaps = {}
    for place in range(1, number + 1):
        options = draw(texts(LETTERS, 2, 4))
        correct = draw(st.sampled_from(sorted(options)))
        gaps[str(place)] = {"options": options, "correct": correct}
    order = draw(st.permutations(sorted(gaps)))
    return {"text": " и ".join(f"{{{{{place}}}}}" for place in order), "gaps": gaps}


@st.composite
def hotspot(draw: st.DrawFn) -> Row:
    labels = draw(texts(LETTERS, 2, 5))
    shapes: dict[str, Any] = {}
    for number, (letter, label) in enumerate(labels.items()):
        # Areas side by side: which one a point is in has one answer.
        left = number * 200
        at = {
            "rect": [left, 0, left + 150, 1000],
            "circle": [left + 75, 500, 70],
            "polygon": [left, 100, left + 150, 100, left + 75, 900],
        }
        shape = draw(st.sampled_from(sorted(at)))
        shapes[letter] = {"label": label, "shape": shape, "at": at[shape]}
    right = st.sets(st.sampled_from(sorted(labels)), min_size=1, max_size=len(labels) - 1)
    return {
        "picture": {"file": "place.svg", "alt": "Место"},
        "areas": shapes,
        "correct": sorted(draw(right)),
        **({"show_areas": True} if draw(st.booleans()) else {}),
    }


OWN = {
    "single": single(),
    "multiple": multiple(),
    "truefalse": truefalse(),
    "matching": matching(),
    "ordering": ordering(),
    "numeric": numeric(),
    "text": text(),
    "cloze": cloze(),
    "hotspot": hotspot(),
}


@st.composite
def parts(draw: st.DrawFn, kinds: tuple[str, ...] = tuple(OWN)) -> Row:
    """A question without what a case has for all its parts."""
    kind = draw(st.sampled_from(kinds))
    own = {"text": draw(words)} | draw(OWN[kind])
    explanation = f"{SECRET}: {draw(words)}"
    row = {"kind": kind, **own, "explanation": explanation}
    if draw(st.booleans()):
        row.setdefault("picture", {"file": "also.png", "alt": "Рядом"})
    if "options" in own and draw(st.booleans()):
        row["why"] = {draw(st.sampled_from(sorted(own["options"]))): f"{SECRET}?"}
    return row


@st.composite
def rows(draw: st.DrawFn) -> Row:
    """A question of any kind, complete."""
    common: Row = {"id": "ppe-01", "version": draw(st.integers(1, 9))}
    common["difficulty"] = draw(st.integers(1, 3))
    if draw(st.booleans()):
        common["also"] = ["training"]
    if draw(st.integers(0, 9)):
        body = draw(parts())
    else:
        inside = draw(st.lists(parts(), min_size=1, max_size=3))
        asked = {f"p{number}": one for number, one in enumerate(inside, 1)}
        body = {"kind": "case", "text": draw(words), "parts": asked}
    source: Row = {"norm": "ppe-n01"}
    if draw(st.booleans()):
        source = {"act": "ТК РФ", "ref": f"{SECRET} ст. 1", "verified": "one", "urls": []}
        if draw(st.booleans()):
            source |= {"as_of": "2026-01-31", "also_seen_on": ["example.org"]}
    return common | body | {"source": source}
