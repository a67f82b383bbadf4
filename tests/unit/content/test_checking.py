"""An editor learns everything about a pack at once: what is wrong, and what will be."""

import copy
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from content.checking import check, rendered_lessons, resting_on_acts
from content.quiz import Draw, PlanStep, QuizMode, Severity, Step, load_pack
from content.scenarios import write_scenario
from tests.workplace import mini

Documents = dict[str, Any]
Folder = Callable[..., Path]

TODAY = date(2026, 11, 22)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0"/></svg>'
NAMES = {"ru": "СИЗ", "en": "PPE"}
LESSON = (
    "---\ntitle: {ru: СИЗ, en: PPE}\nversion: 1\nsummary: {ru: Кратко, en: Short}\n---\n\n"
    "## Каска\n\n[Каску](norm:ppe-n01) выдают [по карточке](term:card), [СИЗ](topic:ppe).\n\n"
    "![Каска](pictures/helmet.svg)\n\n" + "Каска спасает голову. " * 250
)


def question(number: int, **changes: Any) -> dict[str, Any]:
    kind = ("truefalse", "text", "numeric", "single")[number % 4]
    own: dict[str, dict[str, Any]] = {
        "truefalse": {"correct": True},
        "text": {"accept": ["да"]},
        "numeric": {"answer": 3, "tolerance": 0},
        "single": {"options": {"a": "Да", "b": "Нет"}, "correct": ["a"]},
    }
    return {
        "id": f"ppe-{number:02}",
        "version": 1,
        "kind": kind,
        "difficulty": 1,
        "text": "Носят ли каску?",
        **own[kind],
        "explanation": "Носят.",
        "source": {"norm": "ppe-n01"},
        **changes,
    }


PERFECT: Documents = {
    "pack.yaml": {
        "id": "sample",
        "version": 1,
        "language": "ru",
        "authors": ["Редакция"],
        "licence": "CC-BY-4.0",
        "as_of": "2026-11-22",
        "sources": ["Приказы"],
        "topics": [{"id": "ppe", "name": NAMES, "minutes": 7, "intro": NAMES}],
    },
    "acts.yaml": {
        "acts": [
            {
                "id": "prikaz_766n",
                "title": NAMES,
                "short": "766н",
                "kind": "order",
                "number": "766н",
                "date": "2021-10-29",
                "about": NAMES,
                "in_force_from": "2023-09-01",
                "valid_until": "2026-12-31",
                "checked": "2026-11-22",
                "note": NAMES,
                "urls": ["https://example.org/766"],
            }
        ]
    },
    "norms/ppe.yaml": {
        "norms": [
            {
                "id": "ppe-n01",
                "text": "Каску выдают.",
                "act": "prikaz_766n",
                "ref": "п. 1",
                "verified": "two",
                "urls": ["https://example.org/766"],
                "checked": "2026-11-22",
            }
        ]
    },
    "lessons/ppe.md": LESSON,
    "pictures/helmet.svg": SVG,
    "questions/ppe.yaml": {"questions": [question(number) for number in range(8)]},
    "memos.yaml": {
        "memos": [{"topic": "ppe", "title": NAMES, "text": NAMES, "sources": ["Приказ 766н"]}]
    },
    "glossary.yaml": {
        "glossary": [{"id": "card", "term": NAMES, "text": NAMES, "norm": "ppe-n01"}]
    },
    "quizzes.yaml": {
        "quizzes": [
            {
                "slug": "ppe-check",
                "version": 1,
                "topic": "ppe",
                "title": NAMES,
                "intro": NAMES,
                "mode": "check",
                "draw": [{"topics": ["ppe"], "kinds": ["text", "single"], "count": 4}],
                "time_limit_s": 600,
                "pass_percent": 80,
            }
        ]
    },
    "plans.yaml": {
        "plans": [
            {
                "id": "specialist",
                "version": 1,
                "title": NAMES,
                "intro": NAMES,
                "renew_months": 12,
                "steps": [
                    {"topic": "ppe", "do": ["lesson", "check"], "quiz": "ppe-check"},
                    {"topic": "ppe", "within_days": 30},
                ],
            }
        ]
    },
    "checks.yaml": {"checks": [{"question": "ppe-01", "response": "да", "score_ppm": 1_000_000}]},
}


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Write the perfect pack, changed as a test tells."""

    def write(change: Callable[[Documents], object] | None = None) -> Path:
        documents = copy.deepcopy(PERFECT)
        if change is not None:
            change(documents)
        for name, document in documents.items():
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            plain = json.loads(json.dumps(document))
            text = plain if isinstance(plain, str) else yaml.safe_dump(plain, allow_unicode=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return write


def told(pack: Path, severity: Severity) -> list[str]:
    return [str(one) for one in check(pack, TODAY) if one.severity is severity]


def test_a_perfect_pack_has_no_problems(folder: Folder) -> None:
    assert check(folder(), TODAY) == []


def test_a_perfect_pack_loads_whole(folder: Folder) -> None:
    pack = load_pack(folder())

    assert pack.authors == ("Редакция",)
    assert pack.acts["prikaz_766n"].valid_until == date(2026, 12, 31)
    assert (pack.norms["ppe-n01"].topic, pack.norms["ppe-n01"].act) == ("ppe", "prikaz_766n")
    assert pack.lessons["ppe"].title.en == "PPE"
    assert pack.glossary["card"].norm == "ppe-n01"
    assert pack.pictures["helmet.svg"].media_type == "image/svg+xml"
    assert (pack.topics["ppe"].minutes, pack.self_checks[0].question) == (7, "ppe-01")


def test_a_quiz_tells_how_it_is_drawn_and_a_plan_what_to_do(folder: Folder) -> None:
    pack = load_pack(folder())
    quiz, plan = pack.quizzes["ppe-check"], pack.plans["specialist"]

    assert (quiz.mode, quiz.time_limit_s, quiz.pass_percent) == (QuizMode.CHECK, 600, 80)
    assert quiz.draw == (Draw(topics=("ppe",), kinds=("text", "single"), count=4),)
    assert quiz.questions == ()
    assert plan.steps == (
        PlanStep(topic="ppe", do=(Step.LESSON, Step.CHECK), quiz="ppe-check"),
        PlanStep(topic="ppe", do=(Step.LESSON, Step.PRACTICE), within_days=30),
    )


def first(documents: Documents, file: str) -> dict[str, Any]:
    rows: list[dict[str, Any]] = next(iter(documents[file].values()))
    return rows[0]


def lesson_with(text: str) -> Callable[[Documents], object]:
    return lambda documents: documents.update({"lessons/ppe.md": LESSON + text})


def row(file: str, **changes: Any) -> Callable[[Documents], object]:
    return lambda documents: first(documents, file).update(changes)


NO_DAY = "must be a day such as 2026-11-22, or null when no end is known"
ERRORS: list[tuple[Callable[[Documents], object], str]] = [
    (
        lesson_with("\n\n[п. 2](norm:ppe-n02)"),
        "lessons/ppe.md: ppe: links to norm:ppe-n02, which there is not",
    ),
    (
        lesson_with("\n\n[слово](term:word)"),
        "lessons/ppe.md: ppe: links to term:word, which there is not",
    ),
    (
        lesson_with("\n\n[тема](topic:cooking)"),
        "lessons/ppe.md: ppe: links to topic:cooking, which there is not",
    ),
    (
        lesson_with("\n\n![Нет](pictures/none.svg)"),
        "lessons/ppe.md: ppe: links to pictures/none.svg, which there is not",
    ),
    (lesson_with("\n\n<b>Важно</b>"), "lessons/ppe.md: ppe: has HTML, which is shown as text"),
    (
        lesson_with("\n\n# Заголовок"),
        "lessons/ppe.md: ppe: has a heading with one #: that is its title",
    ),
    (
        row("quizzes.yaml", draw=[{"topics": ["ppe"], "count": 9}]),
        "quizzes.yaml: ppe-check: draw: draws 9 questions, and there are 8",
    ),
    (
        row("quizzes.yaml", draw=[{"topics": ["cooking"], "count": 1}]),
        "quizzes.yaml: ppe-check: draw.0.topics: there is no topic cooking",
    ),
    (
        row("checks.yaml", score_ppm=0),
        'checks.yaml: ppe-01: score_ppm: "да" earns 1000000, not 0',
    ),
    (
        row("checks.yaml", response=["a"]),
        'checks.yaml: ppe-01: response: ["a"] is no answer: Write a text.',
    ),
    (
        row("checks.yaml", question="ppe-77"),
        "checks.yaml: ppe-77: question: there is no question ppe-77",
    ),
    (row("norms/ppe.yaml", act="tk_rf"), "norms/ppe.yaml: ppe-n01: act: there is no act tk_rf"),
    (row("glossary.yaml", norm="ppe-n09"), "glossary.yaml: card: norm: there is no norm ppe-n09"),
    (
        row("plans.yaml", steps=[{"topic": "cooking"}]),
        "plans.yaml: specialist: steps.0.topic: there is no topic cooking",
    ),
    (
        row("plans.yaml", steps=[{"topic": "ppe", "quiz": "none"}]),
        "plans.yaml: specialist: steps.0.quiz: there is no quiz none",
    ),
    (
        lambda documents: documents.update({"pictures/evil.svg": "<svg/>"}),
        "pictures/evil.svg: is no SVG: its first element must be svg, with xmlns",
    ),
    (
        row("acts.yaml", valid_until="скоро"),
        f"acts.yaml: prikaz_766n: valid_until: {NO_DAY}",
    ),
]


@pytest.mark.parametrize(("change", "message"), ERRORS, ids=[one for _, one in ERRORS])
def test_an_error_is_told_in_one_line(
    folder: Folder, change: Callable[[Documents], object], message: str
) -> None:
    assert told(folder(change), Severity.ERROR) == [message]


QUESTIONS = ", ".join(f"ppe-{number:02}" for number in range(8))
PAST = "is past its day, 2026-11-21"
RESTING = f"norms ppe-n01; questions {QUESTIONS}; lessons ppe; terms card"
FREE = {"act": "Устав", "ref": "п. 1", "verified": "one", "urls": [], "as_of": "2025-01-31"}
WARNINGS: list[tuple[Callable[[Documents], object], list[str]]] = [
    (
        row("acts.yaml", valid_until="2026-11-21"),
        [f"acts.yaml: prikaz_766n: valid_until: {PAST}; on it rest {RESTING}"],
    ),
    (
        row("norms/ppe.yaml", checked="2025-11-20"),
        ["norms/ppe.yaml: ppe-n01: checked: was last checked on 2025-11-20"],
    ),
    (
        row("questions/ppe.yaml", source=FREE),
        [
            "questions/ppe.yaml: ppe-00: source.act: its act is not listed in acts.yaml: Устав",
            "questions/ppe.yaml: ppe-00: source.as_of: was last checked on 2025-01-31",
        ],
    ),
    (
        lambda documents: documents["norms/ppe.yaml"]["norms"].append(
            first(documents, "norms/ppe.yaml") | {"id": "ppe-n02"}
        ),
        ["norms/ppe.yaml: ppe-n02: is used nowhere"],
    ),
    (
        lambda documents: documents.update({"pictures/spare.svg": SVG}),
        ["pictures/spare.svg: is shown nowhere"],
    ),
    (
        lambda documents: documents.pop("memos.yaml"),
        ["memos.yaml: ppe: has no memo"],
    ),
    (
        lambda documents: documents.pop("lessons/ppe.md"),
        ["pictures/helmet.svg: is shown nowhere", "lessons/ppe.md: ppe: is missing"],
    ),
    (
        lambda documents: documents["questions/ppe.yaml"].update(
            questions=[question(1), question(3), question(5), question(7)]
        ),
        [
            "questions/ppe.yaml: ppe: has 4 questions, not 8",
            "questions/ppe.yaml: ppe: has questions of 2 kinds, not 4",
        ],
    ),
    (
        lambda documents: documents.update(
            {"lessons/ppe.md": LESSON.replace("Каска спасает голову. ", "")}
        ),
        ["lessons/ppe.md: ppe: takes 1 minutes to read, not 5 to 15"],
    ),
]


@pytest.mark.parametrize(("change", "messages"), WARNINGS, ids=[one[0] for _, one in WARNINGS])
def test_a_warning_is_told_in_one_line_and_keeps_nothing_from_loading(
    folder: Folder, change: Callable[[Documents], object], messages: list[str]
) -> None:
    pack = folder(change)

    assert told(pack, Severity.WARNING) == messages
    assert told(pack, Severity.ERROR) == []


def test_a_repealed_act_that_nothing_rests_on_is_history(folder: Folder) -> None:
    old = {"id": "prikaz_old", "valid_until": "2020-01-01", "repealed_by": "Приказ № 766н"}

    def add(documents: Documents) -> None:
        acts = documents["acts.yaml"]["acts"]
        acts.append(acts[0] | old)

    assert check(folder(add), TODAY) == []


def test_a_link_to_a_practice_room_must_lead_to_a_scenario(folder: Folder) -> None:
    pack = folder(lesson_with("\n\n[цех](practice:mini)"))
    found = [str(one) for one in check(pack, TODAY)]

    assert found == ["lessons/ppe.md: ppe: links to practice:mini, which there is not"]

    give_scenario(pack)

    assert check(pack, TODAY) == []


def test_a_scenario_is_checked_with_its_pack_and_wants_a_lesson(folder: Folder) -> None:
    pack = folder(lambda _: None)
    give_scenario(pack)
    linked = "scenarios/mini.yaml: mini: no lesson links to it"

    assert [(str(one), one.severity) for one in check(pack, TODAY)] == [(linked, Severity.WARNING)]
    assert load_pack(pack).scenarios["mini"]["minutes"] == 6

    give_scenario(pack, topics=["roofs"], version=0)

    assert [str(one) for one in check(pack, TODAY)] == [
        "scenarios/mini.yaml: version: must be at least 1"
    ]

    give_scenario(pack, topics=["roofs"])

    assert [str(one) for one in check(pack, TODAY)] == [
        "scenarios/mini.yaml: topics: there is no topic roofs"
    ]


def test_a_norm_that_a_scenario_cites_is_used_and_binds_it_to_its_act(folder: Folder) -> None:
    def fresh_norm(documents: Documents) -> None:
        norms = documents["norms/ppe.yaml"]["norms"]
        norms.append(norms[0] | {"id": "ppe-n09"})

    pack = folder(fresh_norm)
    give_scenario(pack, cites="ppe-n09")
    loaded = load_pack(pack)

    assert "is used nowhere" not in " ".join(str(one) for one in check(pack, TODAY))
    assert "scenarios mini" in str(resting_on_acts(loaded, rendered_lessons(loaded))["prikaz_766n"])


def test_a_scenario_that_cannot_be_read_is_a_problem_of_its_pack(folder: Folder) -> None:
    pack = folder(lambda _: None)
    give_scenario(pack)
    (pack / "scenarios" / "odd.yaml").write_text("- a")

    assert [str(one) for one in check(pack, TODAY)] == [
        "scenarios/odd.yaml: must be a set of fields"
    ]


def give_scenario(pack: Path, *, cites: str = "ppe-n01", **changes: Any) -> None:
    """Write the small shop into a pack, every statement of it resting on one norm."""
    text = write_scenario(mini(topics=["ppe"]) | changes)
    (pack / "scenarios").mkdir(exist_ok=True)
    text = re.sub(r"norm: .*", f"norm: {cites}", text)
    (pack / "scenarios" / "mini.yaml").write_text(text, encoding="utf-8")


def test_a_pack_that_does_not_load_tells_why(tmp_path: Path) -> None:
    assert [str(one) for one in check(tmp_path, TODAY)] == ["pack.yaml: is missing"]
