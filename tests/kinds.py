"""One question of every kind, with a canary in everything that tells what is right."""

from pathlib import Path
from typing import Any

from tests.content import Row, a_question, write_pack

CANARY = "канарейка"
"""In every explanation, reason and source: it may leave only with a judged answer."""

TOPIC = "ladders"
PICTURE = "ladder.svg"
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 600">
<rect width="1000" height="600" fill="#e8eef4"/>
<g fill="none" stroke="#46596c" stroke-width="18" stroke-linecap="round">
<path d="M330 560 480 60M470 560 620 60"/>
<path d="M350 490h140M374 410h140M398 330h140M422 250h140M446 170h140M470 90h140"/></g>
<path d="M0 566h1000" stroke="#0a1b2a" stroke-width="8"/>
<rect x="700" y="330" width="170" height="230" rx="12" fill="#2f7fd1"/>
</svg>
"""


def every_kind() -> list[Row]:
    """Return a question of each kind; the key's ids are not the first ones shown."""
    return [*_chosen(), *_arranged(), *_written(), _pointed(), _told_in_parts()]


def _chosen() -> list[Row]:
    return [
        _row(1, "single", options={"a": "Одну", "b": "Две", "c": "Три"}, correct=["b"]),
        _row(
            2,
            "multiple",
            options={"a": "Осмотр", "b": "Испытание", "c": "Покраска", "d": "Полировка"},
            correct=["a", "b"],
            why={"c": f"Краска скрывает трещины, {CANARY}."},
        ),
        _row(3, "truefalse", text="Лестницу можно красить.", correct=False),
    ]


def _arranged() -> list[Row]:
    return [
        _row(
            4,
            "matching",
            left={"1": "Приставная", "2": "Стремянка"},
            right={"a": "К опоре", "b": "Сама стоит", "c": "Висит"},
            pairs={"1": "a", "2": "b"},
        ),
        _row(
            5,
            "ordering",
            items={"a": "Осмотреть", "b": "Установить", "c": "Подняться"},
            order=["a", "b", "c"],
        ),
    ]


def _written() -> list[Row]:
    return [
        _row(
            6,
            "numeric",
            answer=1.8,
            tolerance=0.05,
            unit="м",
            units={"см": 0.01},
            text="С какой высоты работа считается работой на высоте?",
        ),
        _row(7, "text", accept=["наряд-допуск"], text="Какой документ выдают на такую работу?"),
        _row(
            8,
            "cloze",
            text="Лестницу {{1}} перед работой и {{2}} раз в полгода.",
            gaps={
                "1": {"options": {"a": "осматривают", "b": "моют"}, "correct": "a"},
                "2": {"options": {"a": "красят", "b": "испытывают"}, "correct": "b"},
            },
        ),
    ]


def _pointed() -> Row:
    return _row(
        9,
        "hotspot",
        text="Где на рисунке нижняя ступень?",
        picture={"file": PICTURE, "alt": "Лестница у стены и синий ящик рядом"},
        areas={
            "a": {"label": "Нижняя ступень", "shape": "rect", "at": [330, 760, 520, 880]},
            "b": {"label": "Верхняя ступень", "shape": "circle", "at": [540, 150, 80]},
            "c": {
                "label": "Ящик",
                "shape": "polygon",
                "at": [700, 550, 870, 550, 870, 930, 700, 930],
            },
        },
        correct=["a"],
    )


def _told_in_parts() -> Row:
    return _row(
        10,
        "case",
        text="Монтажник поднялся на лестницу, которую никто не осмотрел.",
        parts={
            "p1": {
                "kind": "single",
                "text": "Что сделать сначала?",
                "options": {"a": "Остановить работу", "b": "Подождать"},
                "correct": ["a"],
                "explanation": f"Сначала останавливают, {CANARY}.",
            },
            "p2": {
                "kind": "numeric",
                "text": "Сколько человек держат лестницу?",
                "answer": 1,
                "tolerance": 0,
                "explanation": f"Одного хватит, {CANARY}.",
            },
        },
    )


RIGHT: dict[str, Any] = {
    "single": ["b"],
    "multiple": ["a", "b"],
    "truefalse": ["false"],
    "matching": {"1": "a", "2": "b"},
    "ordering": ["a", "b", "c"],
    "numeric": {"value": "1,8", "unit": "м"},
    "text": "Наряд-допуск",
    "cloze": {"1": "a", "2": "b"},
    "hotspot": {"areas": ["a"]},
    "case": {"p1": ["a"], "p2": {"value": "1"}},
}
"""An answer of each kind that earns everything."""

FIELDS: dict[str, dict[str, Any]] = {
    "single": {"chosen": "b"},
    "multiple": {"chosen": ["a", "b"]},
    "truefalse": {"chosen": "false"},
    "matching": {"pair.1": "a", "pair.2": "b"},
    "ordering": {"place.a": "1", "place.b": "2", "place.c": "3"},
    "numeric": {"value": "180", "unit": "см"},
    "text": {"text": "наряд-допуск"},
    "cloze": {"gap.1": "a", "gap.2": "b"},
    "hotspot": {"picture.x": "140", "picture.y": "156"},
    "case": {"p1.chosen": "a", "p2.value": "1"},
}
"""The same answers as a browser without script sends them."""


def a_pack_of_kinds(folder: Path) -> Path:
    """Write a pack with a question of every kind and return its folder."""
    write_pack(folder, id_=TOPIC, questions=every_kind())
    (folder / "pictures").mkdir(exist_ok=True)
    (folder / "pictures" / PICTURE).write_text(DRAWING, encoding="utf-8")
    return folder


def _row(number: int, kind: str, **own: Any) -> Row:
    row = a_question(f"{TOPIC}-{number:02}", kind=kind, difficulty=number % 3 + 1, **own)
    row["explanation"] = f"Так безопаснее, {CANARY}."
    row["source"] = row["source"] | {"ref": f"п. {number}, {CANARY}"}
    for name in ("options", "correct"):
        if name not in own:
            del row[name]
    return row
