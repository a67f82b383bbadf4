"""What can be taken: published quizzes, a practice and a check of every topic, the placement."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.quiz import Names, Question, Quiz
from psot.learning import bank
from psot.learning.errors import UnknownQuiz
from psot.learning.models import Publication
from psot.learning.modes import RULES, Mode
from psot.learning.values import Pool, QuestionSet
from psot.library.values import TopicView

PLACEMENT = "placement"
FIRST_VERSION = 1
PPM_OF_A_PERCENT = 10_000

TITLES = {
    Mode.PRACTICE: Names(ru="{ru}: тренировка", en="{en}: practice"),
    Mode.CHECK: Names(ru="{ru}: проверка", en="{en}: check"),
}
INTROS = {
    Mode.PRACTICE: Names(
        ru="Все вопросы темы по одному. После каждого ответа — объяснение и источник.",
        en="All questions of the topic, one by one. An explanation and its source after each.",
    ),
    Mode.CHECK: Names(
        ru="Вопросы выбираются заново при каждой попытке. Разбор — в конце.",
        en="Drawn anew for every attempt. The answers are explained at the end.",
    ),
}
PLACEMENT_TITLE = Names(ru="С чего начать", en="Where to begin")
PLACEMENT_INTRO = Names(
    ru="По вопросу из каждой темы — и вы увидите, с каких тем начать обучение.",
    en="A question from every topic shows which topics to learn first.",
)
OTHER_TITLES = {
    Mode.PRACTICE: Names(ru="Тренировка", en="Practice"),
    Mode.CHECK: Names(ru="Проверка", en="Check"),
    Mode.PLACEMENT: PLACEMENT_TITLE,
    Mode.MISTAKES: Names(ru="Мои ошибки", en="My mistakes"),
    Mode.DAILY: Names(ru="Задание дня", en="Daily set"),
}
"""Of sets that another room asks for, and of those that are there no more."""


def slug_of(topic: str, mode: Mode) -> str:
    """Return the name of a topic's own set."""
    return f"{topic}.{mode}"


def find(session: Session, slug: str) -> QuestionSet:
    """Return the set called ``slug``. Raises UnknownQuiz for what is not there."""
    if slug == PLACEMENT:
        return placement(session)
    topic, dot, mode = slug.rpartition(".")
    if dot and mode in (Mode.PRACTICE, Mode.CHECK):
        known = bank.topics(session).get(topic)
        if known is not None:
            return of_topic(session, known, Mode(mode))
    row = session.scalar(
        select(Publication).where(Publication.quiz == slug, Publication.withdrawn_at.is_(None))
    )
    made = _of_publication(session, row, bank.published(session)) if row is not None else None
    if made is None:
        raise UnknownQuiz(_("There is no such quiz."), subject=slug)
    return made


def exists(session: Session, slug: str) -> bool:
    """Tell whether a set called ``slug`` can be taken."""
    try:
        find(session, slug)
    except UnknownQuiz:
        return False
    return True


def again_of(attempt: UUID) -> str:
    """Return the name of the set made of what went wrong in ``attempt``."""
    return f"again.{attempt.hex}"


def published(session: Session) -> list[QuestionSet]:
    """Return the quizzes on the page, the newest first."""
    rows = session.scalars(
        select(Publication)
        .where(Publication.withdrawn_at.is_(None))
        .order_by(Publication.published_at.desc(), Publication.quiz)
    )
    known = bank.published(session)
    found = (_of_publication(session, row, known) for row in rows)
    return [one for one in found if one is not None]


def of_topics(session: Session, topic: str = "") -> list[QuestionSet]:
    """Return the practice and the check of every topic that has questions, in their order.

    ``topic`` is the one wanted; empty: all.
    """
    pools: dict[str, list[Question]] = {}
    for one in bank.questions(session, topics=[topic] if topic else ()):
        pools.setdefault(one.topic, []).append(one)
    return [
        _topic_set(each, mode, pools[each.id])
        for each in bank.topics(session).values()
        if each.id in pools
        for mode in (Mode.PRACTICE, Mode.CHECK)
    ]


def of_topic(session: Session, topic: TopicView, mode: Mode) -> QuestionSet:
    """Return the practice or the check of a topic. Raises UnknownQuiz where it asks nothing."""
    pool = [one for one in bank.questions(session, topics=[topic.id]) if one.topic == topic.id]
    if not pool:
        raise UnknownQuiz(_("This topic has no questions yet."), subject=topic.id)
    return _topic_set(topic, mode, pool)


def placement(session: Session) -> QuestionSet:
    """Return the placement: a question of every topic. Raises UnknownQuiz without questions."""
    pool = bank.questions(session)
    if not pool:
        raise UnknownQuiz(_("There is no such quiz."), subject=PLACEMENT)
    rules = RULES[Mode.PLACEMENT]
    return QuestionSet(
        slug=PLACEMENT,
        version=FIRST_VERSION,
        mode=Mode.PLACEMENT,
        topic=None,
        title=PLACEMENT_TITLE,
        intro=PLACEMENT_INTRO,
        pools=(Pool(questions=_pairs(pool), count=rules.draw),),
        time_limit_s=rules.time_limit_s,
    )


def title(session: Session, slug: str, mode: Mode) -> Names:
    """Return what an attempt's set is called, whether it is still there or not."""
    quiz = bank.quiz(session, slug)
    if quiz is not None:
        return quiz.title
    topic = bank.topics(session).get(slug.partition(".")[0])
    if topic is not None and mode in TITLES:
        return _filled(TITLES[mode], topic)
    return OTHER_TITLES[mode]


def _topic_set(topic: TopicView, mode: Mode, pool: list[Question]) -> QuestionSet:
    rules = RULES[mode]
    return QuestionSet(
        slug=slug_of(topic.id, mode),
        version=FIRST_VERSION,
        mode=mode,
        topic=topic.id,
        title=_filled(TITLES[mode], topic),
        intro=INTROS[mode],
        pools=(Pool(questions=_pairs(pool), count=rules.draw),),
        time_limit_s=rules.time_limit_s,
        pass_ppm=rules.pass_ppm,
    )


def _of_publication(
    session: Session, row: Publication, known: Mapping[str, Question]
) -> QuestionSet | None:
    quiz = bank.quiz(session, row.quiz)
    if quiz is None:
        return None
    mode = Mode(quiz.mode)
    rules = RULES[mode]
    percent = quiz.pass_percent
    return QuestionSet(
        slug=row.quiz,
        version=row.version,
        mode=mode,
        topic=quiz.topic,
        title=quiz.title,
        intro=quiz.intro,
        pools=_pools(quiz, row, known),
        ordered=not quiz.draw,
        time_limit_s=quiz.time_limit_s or rules.time_limit_s,
        pass_ppm=rules.pass_ppm if percent is None else percent * PPM_OF_A_PERCENT,
        published_at=row.published_at,
    )


def _pools(quiz: Quiz, row: Publication, known: Mapping[str, Question]) -> tuple[Pool, ...]:
    if not quiz.draw:
        asked = [known[one] for one in row.questions if one in known]
        return (Pool(questions=_pairs(asked)),)
    return tuple(
        Pool(
            questions=_pairs(asked for asked in known.values() if one.takes(asked)),
            count=one.count,
        )
        for one in quiz.draw
    )


def _pairs(questions: Iterable[Question]) -> tuple[tuple[str, int], ...]:
    return tuple((one.id, one.version) for one in questions)


def _filled(pattern: Names, topic: TopicView) -> Names:
    return Names(ru=pattern.ru.format(ru=topic.name.ru), en=pattern.en.format(en=topic.name.en))
