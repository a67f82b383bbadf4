"""Published quizzes."""

from collections.abc import Sequence
from typing import Any

from psot.api import scopes
from psot.api.contract import operation
from psot.api.identity import caller, optional_caller
from psot.api.paging import Page, page
from psot.api.resources.attempts import attempt_now
from psot.api.schemas.attempts import AttemptSchema
from psot.api.schemas.quizzes import QuizSchema, QuizzesPage, QuizzesQuery
from psot.api.words import N_
from psot.clock import now
from psot.database import transaction
from psot.learning import operations, queries
from psot.learning.values import OfferedSet


@operation(
    "/quizzes",
    group="quizzes",
    summary=N_("Published quizzes"),
    about=N_("The newest first. With a token also what its member has done in each."),
    answer=QuizzesPage,
    query=QuizzesQuery,
)
def quizzes(query: dict[str, Any]) -> Page:
    """Return one page of published quizzes."""
    member = optional_caller()
    with transaction() as session:
        found = queries.published(
            session, member=member.id if member else None, topic=query.get("topic", "")
        )
    rest = _after(found, query.get("cursor"))
    whole = page(rest[: query["limit"] + 1], query["limit"], lambda one: one.set.slug)
    return Page(items=[_told(one) for one in whole.items], next=whole.next)


@operation(
    "/quizzes/<slug>",
    group="quizzes",
    summary=N_("One quiz"),
    about=N_("Its questions are shown one by one in an attempt."),
    answer=QuizSchema,
    errors=(404,),
)
def quiz(slug: str) -> dict[str, Any]:
    """Return one published quiz."""
    member = optional_caller()
    with transaction() as session:
        return _told(queries.one_offered(session, slug, member=member.id if member else None))


@operation(
    "/quizzes/<slug>/attempts",
    group="quizzes",
    method="POST",
    status=201,
    summary=N_("Start or continue an attempt"),
    about=N_("Gives an unfinished attempt back, so that repeating the request starts no second."),
    answer=AttemptSchema,
    scope=scopes.ANSWER,
    errors=(404, 409),
)
def start_attempt(slug: str) -> dict[str, Any]:
    """Begin an attempt and show its first question."""
    member, moment = caller(), now()
    with transaction() as session:
        begun = operations.start_attempt(session, member=member.id, slug=slug, now=moment)
        return attempt_now(session, member.id, begun.id, moment)


def _after(found: Sequence[OfferedSet], cursor: str | None) -> Sequence[OfferedSet]:
    slugs = [one.set.slug for one in found]
    # A quiz withdrawn meanwhile is no place to go on from: begin again rather than skip any.
    return found[slugs.index(cursor) + 1 :] if cursor in slugs else found


def _told(one: OfferedSet) -> dict[str, Any]:
    return {
        "slug": one.set.slug,
        "version": one.set.version,
        "title": {"ru": one.set.title.ru, "en": one.set.title.en},
        "intro": {"ru": one.set.intro.ru, "en": one.set.intro.en},
        "topic": one.set.topic,
        "mode": one.set.mode.value,
        "questions": one.set.size,
        "time_limit_s": one.set.time_limit_s,
        "pass_ppm": one.set.pass_ppm,
        "published_at": one.set.published_at,
        "open_attempt": one.standing.open_attempt,
        "attempts": one.standing.attempts,
        "best_ppm": one.standing.best_ppm,
    }
