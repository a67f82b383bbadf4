"""What became of every question of a file, and of every part of it that was not understood."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

SHOWN_CHARS = 120


class Outcome(StrEnum):
    """What became of one question."""

    TAKEN = "taken"
    WITH_LOSSES = "taken with losses"
    LEFT_OUT = "left out"


@dataclass(frozen=True, kw_only=True)
class Loss:
    """One part that did not come through: which part, what stood there, and why."""

    part: str
    what: str
    code: str

    @property
    def why(self) -> str:
        """The reason as an English sentence."""
        return WHY[self.code]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One question: where it stood, what it was called, what became of it."""

    place: str
    title: str
    kind: str
    """The type as the file calls it."""
    outcome: Outcome
    id: str = ""
    """Id of the row it became, or that was written; "" where it was left out of an import."""
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LossReport:
    """The account of one import or export; every question has one entry."""

    format: str
    file: str
    entries: tuple[Entry, ...] = ()
    losses: tuple[Loss, ...] = field(default=())
    """Parts that belong to no question, such as the order of a test."""

    @property
    def totals(self) -> dict[str, int]:
        """How many questions were found, taken, taken with losses, left out; and parts lost."""
        count = Counter(entry.outcome for entry in self.entries)
        return {
            "found": len(self.entries),
            "taken": count[Outcome.TAKEN],
            "taken_with_losses": count[Outcome.WITH_LOSSES],
            "left_out": count[Outcome.LEFT_OUT],
            "parts_lost": len(self.losses) + sum(len(one.losses) for one in self.entries),
        }

    def as_json(self) -> dict[str, Any]:
        """The report as plain data; its shape only ever grows."""
        return {
            "format": self.format,
            "file": self.file,
            "totals": self.totals,
            "losses": [_loss_json(loss) for loss in self.losses],
            "questions": [
                {
                    "place": one.place,
                    "title": one.title,
                    "kind": one.kind,
                    "outcome": str(one.outcome),
                    "id": one.id,
                    "losses": [_loss_json(loss) for loss in one.losses],
                }
                for one in self.entries
            ],
        }

    def lines(self) -> Iterator[str]:
        """The report for a reader: a line a question, a line a loss, and the totals."""
        for loss in self.losses:
            yield _loss_line(loss)
        for one in self.entries:
            name = f" ({one.title})" if one.title else ""
            to = f" -> {one.id}" if one.id else ""
            yield f"{one.place}{name}: {one.kind}: {one.outcome}{to}"
            for loss in one.losses:
                yield _loss_line(loss)
        total = self.totals
        yield (
            f"{total['found']} found: {total['taken']} taken, {total['taken_with_losses']} taken "
            f"with losses, {total['left_out']} left out; {total['parts_lost']} part(s) lost"
        )


def shown(text: str) -> str:
    """Shorten what stood in a file to one line of a report."""
    line = " ".join(text[: SHOWN_CHARS * 4].split())
    return line if len(line) <= SHOWN_CHARS else line[: SHOWN_CHARS - 1] + "…"


def _loss_json(loss: Loss) -> dict[str, str]:
    return {"part": loss.part, "what": loss.what, "code": loss.code, "why": loss.why}


def _loss_line(loss: Loss) -> str:
    what = f" «{loss.what}»" if loss.what else ""
    return f"    {loss.part}{what}: {loss.why}"


WHY = {
    # of a whole question
    "kind": "questions of this type cannot be asked here",
    "no_question": "it is a text without a question",
    "no_text": "there is no text of a question",
    "no_key": "no right answer is given",
    "all_right": "every option is right, so nothing is asked",
    "few_options": "there are fewer than two options",
    "many_options": "there are more options than letters",
    "same_options": "two options have the same text",
    "broken": "its structure is not as the format describes it",
    "too_long": "the text is longer than a question may be",
    "several_pairs": "one entry has several pairs, and a pair is one to one",
    "several_markers": "a marker without a place of its own is not kept",
    "few_areas": "only right places are marked, and a question needs a wrong one too",
    "few_items": "fewer than three entries are no order",
    "no_picture": "the picture it asks about did not come with it",
    "no_topic": "no topic was chosen and its category names none",
    "not_valid": "the result is not a question as they are kept here",
    "several_kinds": "parts of types that cannot stand together",
    # of a part
    "no_source": "a question is published only with its source: an editor adds it",
    "no_explanation": "a question is published only with an explanation: an editor adds it",
    "partial_weight": "a share for one option is not kept: points follow the rule of the type",
    "weights": "shares of the points are not kept: points follow the rule of the type",
    "became_single": "only one option is right, so one is chosen",
    "became_case": "each gap became a part of a case",
    "feedback": "feedback at this place is not kept",
    "more_answers": "only one right number is kept",
    "wildcard": "an answer for everything else is not kept",
    "wrong_answer": "a wrong answer listed with its feedback is not kept",
    "case_sensitive": "the format cannot tell capital letters from small ones",
    "bad_number": "it is not a number that is kept",
    "open_bound": "a bound that is itself excluded is counted in",
    "emphasis": "emphasis is not kept",
    "table": "a table became lines of text",
    "link": "the address of a link is not kept",
    "embedded": "embedded matter is not taken",
    "formula": "a formula stays as it was written",
    "raised": "a raised or lowered sign became plain text",
    "more_pictures": "a question has one picture",
    "picture_place": "a picture stands only with the text of a question",
    "picture_outside": "a picture of another site is not fetched",
    "picture_missing": "the file of the picture did not come along",
    "picture_format": "only PNG and plain SVG pictures are taken",
    "picture_large": "the picture is too large",
    "no_alt": "the picture has no description in words: an editor writes one",
    "file": "a file beside the text is not kept",
    "hint": "hints are not given",
    "penalty": "there is no penalty for another try: a question is answered once",
    "grade": "all questions weigh the same",
    "hidden": "it was hidden or set aside, and becomes a draft like the rest",
    "fixed_order": "options are shown in an order of their own for everybody",
    "grading": "points follow the rule of the type",
    "units": "the way units are graded is not kept",
    "subset": "all entries are ordered, not some of them",
    "groups": "groups became lists of their own for each gap",
    "reuse": "whether an entry may be used again is not kept",
    "name": "questions have no name beside their text",
    "id": "the id is taken or is not one of this topic: a new one was given",
    "category": "categories are not kept: the topic chosen counts",
    "tag": "tags are not kept, except topics, difficulty and norms",
    "tag_unknown": "it names a topic or norm that is not here",
    "difficulty": "no difficulty is given: medium is assumed",
    "element": "this element is not known here",
    "comment": "comments are not kept",
    "rule": "rules of grading of its own are not taken: the given right answer counts",
    "rubric": "instructions beside the question are not kept",
    "stylesheet": "styles are not kept",
    "adaptive": "it is asked once, not step by step",
    "limits": "how many may be chosen is not kept",
    "conditional": "feedback under a condition became the explanation",
    "label": "areas had no names: numbers were given",
    "shape": "this shape became the nearest one that is kept",
    "test": "the composition of a test is not taken, only its questions",
    "resource": "this file of the package is no question",
    "unpaired": "an entry without a pair is not kept",
    "metadata": "metadata are not kept",
    "resource_missing": "the package names this file and does not hold it",
    "long_part": "it is longer than this part may be",
    "variables": "variables and templates are not taken",
    # of an export
    "cannot_hold": "the format has no place for it",
    "cannot_hold_kind": "the format has no such type of question",
    "part_left_out": "the format has no such type for a part of a case",
    "picture_not_given": "the file of the picture was not given along",
}
"""What each code of a loss means; the codes stay."""
