"""A lesson as a file: a head in YAML between two lines of ---, then Markdown."""

import json
import re
from pathlib import Path
from typing import Final

from content.quiz.documents import parse, read_text
from content.quiz.names import Names
from content.quiz.packs import Lesson
from content.quiz.problems import Problem

_FILE: Final = re.compile(r"---\n(.*?\n)---\n(.*)", re.DOTALL)


def read_lesson(folder: Path, topic: str) -> tuple[Lesson | None, list[Problem]]:
    """Read the lesson of ``topic``, or return None and every problem found."""
    file = f"lessons/{topic}.md"
    text, problems = read_text(folder, file)
    if text is None:
        return None, problems
    found = _FILE.fullmatch(text.replace("\r\n", "\n"))
    if found is None:
        message = "must begin with its title, version and summary between two lines of ---"
        return None, [Problem(file=file, subject="", field="", message=message)]
    # One line down, as in the file: so its problems name the right one.
    head, problems = parse(file, "\n" + found[1], "lesson")
    if head is None:
        return None, problems
    lesson = Lesson(
        topic=topic,
        version=head["version"],
        title=Names(**head["title"]),
        summary=Names(**head["summary"]),
        markdown=found[2].strip() + "\n",
    )
    return lesson, []


def write_lesson(lesson: Lesson) -> str:
    """Return ``lesson`` as the text of its file."""
    # A double-quoted string of JSON is one of YAML.
    head = "".join(
        f"{field}: {{ru: {_quoted(names.ru)}, en: {_quoted(names.en)}}}\n"
        for field, names in (("title", lesson.title), ("summary", lesson.summary))
    )
    return f"---\nversion: {lesson.version}\n{head}---\n\n{lesson.markdown}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
