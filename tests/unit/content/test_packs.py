"""A pack loads whole, or tells every reason why not."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from content.quiz import Names, PackError, SingleChoice, Verified, load_pack

PACK: dict[str, Any] = {
    "id": "sample",
    "version": 3,
    "language": "ru",
    "licence": "CC-BY-4.0",
    "as_of": "2026-11-22",
    "sources": ["Трудовой кодекс РФ"],
    "topics": [{"id": "ppe", "name": {"ru": "СИЗ", "en": "PPE"}}],
}
QUESTION: dict[str, Any] = {
    "id": "ppe-01",
    "version": 1,
    "kind": "single",
    "difficulty": 2,
    "text": "Что делают с СИЗ, срок которого истёк?",
    "options": {"a": "Заменяют", "b": "Носят дальше"},
    "correct": ["a"],
    "explanation": "Истёкший срок не продлевают.",
    "source": {"act": "Приказ № 766н", "ref": "Правила", "verified": "one", "urls": []},
}
QUIZ: dict[str, Any] = {
    "slug": "ppe-check",
    "version": 1,
    "title": {"ru": "СИЗ", "en": "PPE"},
    "intro": {"ru": "Один вопрос.", "en": "One question."},
    "questions": ["ppe-01"],
}

MEMO: dict[str, Any] = {
    "topic": "ppe",
    "title": {"ru": "СИЗ", "en": "PPE"},
    "text": {"ru": "Первый\nабзац.\n\nВторой.\n", "en": "One paragraph."},
    "sources": ["Приказ № 766н"],
}

Folder = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Write a pack of one question, changed as a test tells."""

    def write(
        *,
        pack: dict[str, Any] | None = None,
        question: dict[str, Any] | None = None,
        quiz: dict[str, Any] | None = None,
        questions: list[dict[str, Any]] | None = None,
    ) -> Path:
        documents = {
            "pack.yaml": PACK | (pack or {}),
            "questions/ppe.yaml": {"questions": questions or [QUESTION | (question or {})]},
            "quizzes.yaml": {"quizzes": [QUIZ | (quiz or {})]},
        }
        (tmp_path / "questions").mkdir()
        for name, document in documents.items():
            # Through JSON, since the same object written twice would become a reference.
            plain = json.loads(json.dumps(document))
            text = yaml.safe_dump(plain, allow_unicode=True, sort_keys=False)
            (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path

    return write


def problems_of(pack: Path) -> list[str]:
    with pytest.raises(PackError) as raised:
        load_pack(pack)
    return str(raised.value).splitlines()


def test_a_good_pack_loads_with_everything_in_it(folder: Folder) -> None:
    pack = load_pack(folder(quiz={"topic": "ppe"}))
    question = pack.questions["ppe-01"]

    assert (pack.id, pack.version, pack.language, pack.licence) == ("sample", 3, "ru", "CC-BY-4.0")
    assert pack.topics["ppe"].name == Names(ru="СИЗ", en="PPE")
    assert isinstance(question, SingleChoice)
    assert (question.topic, question.correct) == ("ppe", frozenset("a"))
    assert (question.source.verified, question.source.as_of) == (Verified.ONE, pack.as_of)
    assert pack.quizzes["ppe-check"].questions == ("ppe-01",)
    assert pack.quizzes["ppe-check"].topic == "ppe"


def test_a_source_checked_on_another_day_keeps_its_own(folder: Folder) -> None:
    source = QUESTION["source"] | {"as_of": "2025-01-31"}
    pack = load_pack(folder(question={"source": source}))

    assert pack.questions["ppe-01"].source.as_of.isoformat() == "2025-01-31"


def test_names_are_given_in_english_for_english_and_in_russian_otherwise() -> None:
    names = Names(ru="СИЗ", en="PPE")

    assert [names.in_language(language) for language in ("en", "ru", "de")] == ["PPE", "СИЗ", "СИЗ"]


QUESTION_CASES: list[tuple[dict[str, Any], str]] = [
    ({"text": ""}, "text: must not be empty"),
    ({"text": "а" * 2001}, "text: is longer than 2000 characters"),
    ({"text": 7}, "text: must be a text"),
    ({"kind": "essay"}, "kind: must be one of single, multiple"),
    ({"difficulty": 0}, "difficulty: must be at least 1"),
    ({"difficulty": 9}, "difficulty: must be at most 3"),
    ({"options": {"a": "Да"}}, "options: needs at least 2"),
    ({"options": dict.fromkeys(["aa", "b"], "Да")}, "options: must be a letter from a to z"),
    ({"version": None}, "version: must be a whole number"),
    ({"explanation": None}, "explanation: must be a text"),
    ({"source": {"norm": "ppe-n01"}}, "source.norm: there is no norm ppe-n01"),
    ({"source": QUESTION["source"] | {"act": "tk_rf"}}, "source.act: there is no act tk_rf"),
    ({"also": ["cooking"]}, "also: there is no topic cooking"),
    ({"picture": {"file": "a.svg", "alt": "А"}}, "picture: there is no picture a.svg"),
    ({"why": {"c": "Нет"}}, "why: explains an option that does not exist"),
    ({"options": {"a": "Да", "b": ""}}, "options.b: must not be empty"),
    ({"options": {"a": "Да", "b": "Да"}}, "options: two options have the same text"),
    ({"correct": ["a", "a"]}, "correct: must not repeat an entry"),
    ({"correct": ["c"]}, "correct: names an option that does not exist"),
    ({"correct": ["a", "b"]}, "correct: a question with a single answer needs exactly one"),
    ({"kind": "multiple"}, "correct: a question with several answers needs at least two"),
    ({"kind": "multiple", "correct": ["a", "b"]}, "correct: at least one option must be wrong"),
    ({"source": QUESTION["source"] | {"urls": ["www"]}}, "source.urls.0: must be the address"),
    ({"source": QUESTION["source"] | {"as_of": "31.01.2025"}}, "source.as_of: must be a day such"),
    ({"source": QUESTION["source"] | {"as_of": "2025-02-30"}}, "source.as_of: must be a day such"),
    (
        {"source": QUESTION["source"] | {"verified": "two"}},
        "source: says it was verified but names no page",
    ),
    ({"hint": "а"}, "Additional properties are not allowed ('hint' was unexpected)"),
]


@pytest.mark.parametrize(("change", "message"), QUESTION_CASES, ids=lambda case: str(case)[:60])
def test_a_question_with_a_fault_is_named_with_its_field(
    folder: Folder, change: dict[str, Any], message: str
) -> None:
    problems = problems_of(folder(question=change))

    assert f"questions/ppe.yaml: ppe-01: {message}" in "\n".join(problems)


def test_a_question_is_named_after_its_topic(folder: Folder) -> None:
    assert problems_of(folder(question={"id": "height-01"})) == [
        "questions/ppe.yaml: height-01: id: must begin with ppe-"
    ]


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("version", "version: is missing"),
        ("explanation", "explanation: is missing"),
        ("source", "source: is missing: name the norm or the act that the answer rests on"),
    ],
)
def test_a_question_in_a_pack_is_complete(folder: Folder, field: str, message: str) -> None:
    lacking = {name: value for name, value in QUESTION.items() if name != field}

    assert problems_of(folder(questions=[lacking])) == [f"questions/ppe.yaml: ppe-01: {message}"]


def test_a_question_without_a_name_is_named_by_its_place(folder: Folder) -> None:
    unnamed = {name: value for name, value in QUESTION.items() if name != "id"}

    assert problems_of(folder(questions=[unnamed])) == [
        "questions/ppe.yaml: questions[0]: 'id' is a required property"
    ]


def test_what_is_no_question_at_all_is_named_by_its_place(folder: Folder) -> None:
    questions: list[Any] = ["?"]

    assert problems_of(folder(questions=questions)) == [
        "questions/ppe.yaml: questions[0]: must be a set of fields"
    ]


def test_every_fault_is_told_at_once(folder: Folder) -> None:
    broken = QUESTION | {"id": "ppe-02", "difficulty": 4, "text": ""}

    assert problems_of(folder(questions=[QUESTION | {"version": 0}, broken])) == [
        "questions/ppe.yaml: ppe-01: version: must be at least 1",
        "questions/ppe.yaml: ppe-02: difficulty: must be at most 3",
        "questions/ppe.yaml: ppe-02: text: must not be empty",
    ]


def test_a_question_written_twice_is_found(folder: Folder) -> None:
    assert problems_of(folder(questions=[QUESTION, QUESTION])) == [
        "questions/ppe.yaml: ppe-01: id: is already used in questions/ppe.yaml"
    ]


def test_a_topic_written_twice_is_found(folder: Folder) -> None:
    assert problems_of(folder(pack={"topics": PACK["topics"] * 2})) == [
        "pack.yaml: ppe: topics: is already used in pack.yaml"
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"questions": ["ppe-09"]},
            "quizzes.yaml: ppe-check: questions: there is no question ppe-09",
        ),
        ({"questions": []}, "quizzes.yaml: ppe-check: questions: needs at least 1"),
        (
            {"questions": [f"ppe-{number}" for number in range(10, 61)]},
            "quizzes.yaml: ppe-check: questions: takes at most 50",
        ),
        ({"topic": "cooking"}, "quizzes.yaml: ppe-check: topic: there is no topic cooking"),
        (
            {"draw": [{"topics": ["ppe"], "count": 1}]},
            "quizzes.yaml: ppe-check: questions: needs either questions or a draw",
        ),
        (
            {"mode": "exam"},
            "quizzes.yaml: ppe-check: mode: must be one of practice, check, placement",
        ),
        (
            {"slug": "PPE"},
            (
                "quizzes.yaml: PPE: slug: must be small Latin letters and digits, "
                "words joined by hyphens"
            ),
        ),
    ],
)
def test_a_quiz_with_a_fault_is_named_with_its_field(
    folder: Folder, change: dict[str, Any], message: str
) -> None:
    assert problems_of(folder(quiz=change)) == [message]


def written_memo(pack: Path, *memos: dict[str, Any]) -> Path:
    plain = json.loads(json.dumps({"memos": [MEMO | one for one in memos]}))
    text = yaml.safe_dump(plain, allow_unicode=True)
    (pack / "memos.yaml").write_text(text, encoding="utf-8")
    return pack


def test_a_memo_comes_in_paragraphs_of_either_language(folder: Folder) -> None:
    memo = load_pack(written_memo(folder(), {})).memos["ppe"]

    assert memo.title == Names(ru="СИЗ", en="PPE")
    assert memo.paragraphs("ru") == ["Первый абзац.", "Второй."]
    assert memo.paragraphs("en") == ["One paragraph."]
    assert memo.sources == ("Приказ № 766н",)


def test_a_pack_without_memos_is_a_pack(folder: Folder) -> None:
    assert load_pack(folder()).memos == {}


@pytest.mark.parametrize(
    ("memos", "message"),
    [
        ([{"topic": "cooking"}], "memos.yaml: cooking: topic: there is no topic cooking"),
        ([{}, {}], "memos.yaml: ppe: topic: is already used in memos.yaml"),
        ([{"sources": []}], "memos.yaml: memos[0]: sources: needs at least 1"),
    ],
)
def test_a_memo_with_a_fault_is_named_with_its_field(
    folder: Folder, memos: list[dict[str, Any]], message: str
) -> None:
    assert problems_of(written_memo(folder(), *memos)) == [message]


def test_a_pack_without_a_manifest_is_no_pack(tmp_path: Path) -> None:
    assert problems_of(tmp_path) == ["pack.yaml: is missing"]


def test_a_topic_that_nobody_has_written_yet_is_no_fault(folder: Folder) -> None:
    pack = folder()
    (pack / "questions/ppe.yaml").unlink()

    assert problems_of(pack) == ["quizzes.yaml: ppe-check: questions: there is no question ppe-01"]


@pytest.mark.parametrize("file", ["questions/cooking.yaml", "norms/cooking.yaml"])
def test_a_file_of_no_topic_is_told(folder: Folder, file: str) -> None:
    pack = folder()
    (pack / file).parent.mkdir(exist_ok=True)
    (pack / file).write_text("", encoding="utf-8")

    assert problems_of(pack) == [f"{file}: there is no topic cooking"]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (b"id: [", "pack.yaml: line 2: did not find expected node content"),
        (b"- " * 400_000, "pack.yaml: line 1: is nested too deep"),
        (b"id: a\nid: b\n", "pack.yaml: line 2: id is given twice"),
        (b"id: &name sample\nlicence: *name\n", "pack.yaml: line 2: references are not allowed"),
        (b"id: !!python/name:os.system\n", "pack.yaml: line 1: could not determine a constructor"),
        (b"id: \xff\n", "pack.yaml: is not UTF-8 text"),
        (b"id: \x07\n", "pack.yaml: is not readable YAML"),
        (b"id: 2026-13-45\n", "pack.yaml: is not readable YAML"),
        (b"[" * 5_000, "pack.yaml: line 1: is nested too deep"),
        (b"# " + b"x" * 1_000_000, "pack.yaml: is larger than 1,000,000 bytes"),
        (b"just a text\n", "pack.yaml: must be a set of fields"),
        (b"[1, 2]\n", "pack.yaml: must be a set of fields"),
    ],
    ids=lambda case: str(case)[:30],
)
def test_a_file_that_is_no_plain_data_is_refused(
    tmp_path: Path, written: bytes, message: str
) -> None:
    (tmp_path / "pack.yaml").write_bytes(written)
    problems = problems_of(tmp_path)

    assert len(problems) == 1
    assert problems[0].startswith(message)
