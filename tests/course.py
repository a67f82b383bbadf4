"""A racer in tests: takes a seat, looks, answers right or wrong, on a clock that the test moves."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from psot.course import operations, queries
from psot.course.operations import Answered
from psot.database import Database
from psot.races import queries as races

Situation = dict[str, Any]


@dataclass(kw_only=True)
class Racer:
    """One racer of a race, on the operations as a handler would call them."""

    database: Database
    race: UUID
    member: UUID
    now: datetime
    seat: str = ""
    situation: Situation = field(default_factory=dict)

    @property
    def bib(self) -> int:
        """The racer's number."""
        return int(self.situation["bib"])

    def pass_s(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)

    def enter(self) -> Situation:
        """Take the seat."""
        with self.database.begin() as session:
            made = operations.enter(session, race=self.race, member=self.member, now=self.now)
        self.seat, self.situation = made.seat, made.situation
        return self.situation

    def look(self, *, probe: bool = False) -> Situation:
        """Ask where I am; with ``probe``, answer the server's probe as well."""
        with self.database.begin() as session:
            self.situation = operations.look(
                session,
                race=self.race,
                member=self.member,
                seat=self.seat,
                probe=self.situation["probe"] if probe else "",
                received_at=self.now,
            )
        return self.situation

    def answer(self, *, right: bool, task: int | None = None) -> Answered:
        """Answer the task on the screen, or ``task``, right or with the first wrong option."""
        number = task or self.situation["task"]["number"]
        made = self.send(number, self.option(number, right=right))
        self.situation = made.situation
        return made

    def send(self, task: int, option: str) -> Answered:
        """Send an option for a task."""
        with self.database.begin() as session:
            return operations.answer(
                session,
                race=self.race,
                member=self.member,
                seat=self.seat,
                task=task,
                option=option,
                received_at=self.now,
            )

    def option(self, task: int, *, right: bool) -> str:
        """The shown id of a right or of a wrong option: what only a test can know."""
        with self.database.begin() as session:
            found = next(
                one
                for one in queries.tasks(session, self.race, self.situation["bib"])
                if one.number == task
            )
            asked = next(
                one.question
                for one in races.question_set(session, self.race)
                if one.question.id == found.question
            )
        return next(shown for shown, option in found.options if (option in asked.correct) is right)

    def race_on(self, *, misses: tuple[int, ...] = (), think_s: float = 2) -> Situation:
        """Race to the end: every shot of ``misses`` (from 1) wrong, everything else right."""
        shots = 0
        for _ in range(400):
            if self.situation["closed"]:
                return self.situation
            task, hold = self.situation["task"], self.situation["hold"]
            if task is not None:
                self.pass_s(think_s)
                shots += task["kind"] != "station"
                self.answer(right=task["kind"] == "station" or shots not in misses)
            elif hold is not None:
                left_ms = hold["until_ms"] - self.situation["now_ms"]
                self.pass_s(left_ms / 1000)
                self.look()
            elif (
                self.situation["start_ms"] is not None
                and (left_ms := self.situation["start_ms"] - self.situation["now_ms"]) > 0
            ):
                self.pass_s(left_ms / 1000)
                self.look()
            else:
                return self.situation
        raise AssertionError(f"the race does not end: {self.situation}")
