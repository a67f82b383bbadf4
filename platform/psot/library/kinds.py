"""What kinds of documents are called, and which of them editors write in the browser."""

from flask_babel import lazy_gettext as _

KIND_NAMES = {
    "question": _("Question"),
    "lesson": _("Lesson"),
    "norm": _("Norm"),
    "act": _("Act"),
    "memo": _("Memo"),
    "term": _("Term"),
    "quiz": _("Quiz"),
    "topic": _("Topic"),
    "plan": _("Plan"),
    "scenario": _("Scenario"),
    "pack": _("Pack"),
    "file": _("Picture"),
}
MADE_HERE = ("question", "lesson", "norm", "act", "memo", "term", "quiz", "topic", "plan")
"""Kinds with a form to begin one with."""
ELSEWHERE = {"scenario": "/editor/workplace/{}"}
"""Kinds that are written on a page of another room."""
BY_TOPIC = frozenset({"question", "norm"})
"""Kinds whose name is a topic and a number."""
OF_TOPIC = frozenset({"lesson", "memo"})
"""Kinds of which each topic has one, named like it."""
NAME_FIELD = {
    "act": "id",
    "norm": "id",
    "topic": "id",
    "question": "id",
    "memo": "topic",
    "term": "id",
    "quiz": "slug",
    "plan": "id",
    "scenario": "id",
}
"""The field of a row that holds its name; a lesson has none."""
