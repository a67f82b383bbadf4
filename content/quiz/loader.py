"""From a folder of files to a pack, or to the list of all its problems."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from content.quiz import parts
from content.quiz.acts import Act, Norm
from content.quiz.checks import (
    Row,
    memo_problems,
    question_problems,
    quiz_problems,
    repeated,
)
from content.quiz.documents import read_document
from content.quiz.lesson_files import read_lesson
from content.quiz.names import Names
from content.quiz.packs import Lesson, Memo, Pack, PackFile, Topic
from content.quiz.pictures import read_pictures
from content.quiz.problems import PackError, Problem
from content.quiz.questions import Question
from content.quiz.references import dangling
from content.quiz.rows import read_question
from content.scenarios.reading import read_scenarios

PACKS = Path(__file__).parents[1] / "packs"


@cache
def built_in_pack(name: str) -> Pack:
    """Return the pack ``name`` that comes with PSOT, read once per process."""
    return load_pack(PACKS / name)


def load_pack(folder: Path) -> Pack:
    """Read the pack in ``folder``.

    It holds ``pack.yaml`` and ``quizzes.yaml``, and may hold the other files that the README of
    ``content`` tells about: a topic without files is a topic that nobody has written yet. Raises
    PackError with every problem of every readable file.
    """
    manifest, problems = read_document(folder, "pack.yaml", "pack")
    if manifest is None:
        raise PackError(problems)
    return _Reading(folder, manifest).pack()


class _Reading:
    """One reading of a folder; it gathers problems on its way."""

    def __init__(self, folder: Path, manifest: Row) -> None:
        self.folder = folder
        self.manifest = manifest
        self.problems: list[Problem] = []
        self.topics = {row["id"]: _topic(row) for row in manifest["topics"]}

    def pack(self) -> Pack:
        rows = [("pack.yaml", row["id"]) for row in self.manifest["topics"]]
        self.problems += repeated(rows, "topics")
        self._strangers()
        acts = {row["id"]: parts.act(row) for row in self._rows("acts.yaml", "acts", "id")}
        norms = self._norms()
        questions = self._questions(acts, norms)
        # A quiz that asks a broken question is not itself wrong: quizzes wait for good questions.
        quizzes = [] if self.problems else self._quizzes(set(questions))
        pack = Pack(
            id=self.manifest["id"],
            version=self.manifest["version"],
            language=self.manifest["language"],
            licence=self.manifest["licence"],
            as_of=date.fromisoformat(self.manifest["as_of"]),
            sources=tuple(self.manifest["sources"]),
            authors=tuple(self.manifest.get("authors", ())),
            topics=self.topics,
            acts=acts,
            norms=norms,
            lessons=self._lessons(),
            questions=questions,
            quizzes={row["slug"]: parts.quiz(row) for row in quizzes},
            memos=self._memos(),
            glossary={
                row["id"]: parts.term(row) for row in self._rows("glossary.yaml", "glossary", "id")
            },
            plans={row["id"]: parts.plan(row) for row in self._rows("plans.yaml", "plans", "id")},
            pictures=self._pictures(),
            self_checks=tuple(parts.self_check(row) for row in self._rows("checks.yaml", "checks")),
            scenarios=self._scenarios(),
        )
        if not self.problems:
            self.problems += dangling(pack)
        if self.problems:
            raise PackError(self.problems)
        return pack

    def _strangers(self) -> None:
        """Find files of topics that the manifest does not have: nobody would ever read them."""
        for place, ending in (("questions", "yaml"), ("norms", "yaml"), ("lessons", "md")):
            for path in sorted((self.folder / place).glob(f"*.{ending}")):
                if path.stem not in self.topics:
                    message = f"there is no topic {path.stem}"
                    self._problem(f"{place}/{path.name}", "", "", message)

    def _rows(self, file: str, key: str, name: str = "") -> list[Row]:
        """Return the rows of a file that may be missing; ``name`` is the field that tells apart."""
        if not (self.folder / file).exists():
            return []
        data, found = read_document(self.folder, file, key)
        self.problems += found
        rows: list[Row] = (data or {key: []})[key]
        if name:
            self.problems += repeated([(file, row[name]) for row in rows], name)
        return rows

    def _norms(self) -> dict[str, Norm]:
        norms: dict[str, Norm] = {}
        for topic in self.topics:
            file = f"norms/{topic}.yaml"
            for row in self._rows(file, "norms", "id"):
                if not row["id"].startswith(f"{topic}-n"):
                    self._problem(file, row["id"], "id", f"must begin with {topic}-n")
                norms[row["id"]] = parts.norm(row, topic)
        return norms

    def _questions(self, acts: dict[str, Act], norms: dict[str, Norm]) -> dict[str, Question]:
        rows: list[tuple[str, str, Row]] = []
        for topic in self.topics:
            file = f"questions/{topic}.yaml"
            rows += [(file, topic, row) for row in self._rows(file, "questions")]
        before = len(self.problems)
        for file, topic, row in rows:
            self.problems += question_problems(file, row)
            if "version" not in row:
                self._problem(file, row["id"], "version", "is missing")
            if not row["id"].startswith(f"{topic}-"):
                self._problem(file, row["id"], "id", f"must begin with {topic}-")
        self.problems += repeated([(file, row["id"]) for file, _, row in rows], "id")
        if len(self.problems) > before:
            return {}
        as_of = date.fromisoformat(self.manifest["as_of"])
        return {
            row["id"]: read_question(row, topic=topic, norms=norms, acts=acts, as_of=as_of)
            for _, topic, row in rows
        }

    def _quizzes(self, questions: set[str]) -> list[Row]:
        file = "quizzes.yaml"
        data, found = read_document(self.folder, file, "quizzes")
        rows: list[Row] = (data or {"quizzes": []})["quizzes"]
        self.problems += found
        for row in rows:
            self.problems += quiz_problems(file, row, set(self.topics), questions)
        self.problems += repeated([(file, row["slug"]) for row in rows], "slug")
        return rows

    def _memos(self) -> dict[str, Memo]:
        rows = self._rows("memos.yaml", "memos", "topic")
        for row in rows:
            self.problems += memo_problems("memos.yaml", row, set(self.topics))
        return {row["topic"]: parts.memo(row) for row in rows}

    def _lessons(self) -> dict[str, Lesson]:
        lessons: dict[str, Lesson] = {}
        for topic in self.topics:
            if not (self.folder / f"lessons/{topic}.md").exists():
                continue
            lesson, found = read_lesson(self.folder, topic)
            self.problems += found
            if lesson is not None:
                lessons[topic] = lesson
        return lessons

    def _pictures(self) -> dict[str, PackFile]:
        pictures, found = read_pictures(self.folder)
        self.problems += found
        return pictures

    def _scenarios(self) -> dict[str, Row]:
        """Return the rows; whether each makes sense is for the check and the library to tell."""
        rows, found = read_scenarios(self.folder)
        self.problems += found
        return rows

    def _problem(self, file: str, subject: str, field: str, message: str) -> None:
        self.problems.append(Problem(file=file, subject=subject, field=field, message=message))


def _topic(row: dict[str, Any]) -> Topic:
    return Topic(
        id=row["id"],
        name=Names(**row["name"]),
        minutes=row.get("minutes"),
        intro=Names(**row["intro"]) if "intro" in row else None,
    )
