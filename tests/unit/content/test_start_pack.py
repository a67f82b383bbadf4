"""The pack that comes with PSOT is complete and can be published as it is."""

from collections import Counter

from content.quiz import MultipleChoice, SingleChoice, Verified, built_in_pack

START = built_in_pack("start")


def test_sixty_questions_cover_eight_topics() -> None:
    per_topic = Counter(question.topic for question in START.questions.values())

    assert len(START.questions) == 60
    assert set(per_topic) == set(START.topics)
    assert sorted(per_topic.values()) == [7, 7, 7, 7, 8, 8, 8, 8]


def test_every_question_is_named_after_its_topic() -> None:
    assert all(id_.startswith(f"{one.topic}-") for id_, one in START.questions.items())


def test_every_topic_has_a_quiz_of_five_questions_about_it() -> None:
    assert {quiz.topic for quiz in START.quizzes.values()} == set(START.topics)
    for quiz in START.quizzes.values():
        assert len(quiz.questions) == 5
        assert {START.questions[asked].topic for asked in quiz.questions} == {quiz.topic}


def test_quizzes_are_named_differently_in_both_languages() -> None:
    for language in ("ru", "en"):
        titles = [quiz.title.in_language(language) for quiz in START.quizzes.values()]

        assert len(set(titles)) == len(titles)


def test_every_question_names_the_act_it_rests_on() -> None:
    assert all(one.source.act and one.source.ref for one in START.questions.values())
    assert Counter(one.source.verified for one in START.questions.values()) == {
        Verified.TWO: 20,
        Verified.ONE: 40,
    }


def test_several_answers_are_asked_for_in_every_fourth_quiz_at_least() -> None:
    asked = [START.questions[id_] for quiz in START.quizzes.values() for id_ in quiz.questions]

    assert sum(isinstance(question, MultipleChoice) for question in asked) >= 2
    assert {question.difficulty for question in asked} == {1, 2}


def test_the_pack_is_read_once() -> None:
    assert built_in_pack("start") is START


def test_every_topic_has_a_memo_of_eighty_to_a_hundred_and_fifty_words() -> None:
    lengths = {topic: len(memo.text.ru.split()) for topic, memo in START.memos.items()}

    assert set(lengths) == set(START.topics)
    assert {topic: n for topic, n in lengths.items() if not 80 <= n <= 150} == {}
    assert all(memo.sources for memo in START.memos.values())


def test_no_memo_repeats_a_right_answer_of_a_race() -> None:
    raced = [one for one in START.questions.values() if isinstance(one, SingleChoice)]
    told = {
        (topic, question.id)
        for topic, memo in START.memos.items()
        for question in raced
        for option in question.options
        if option.id in question.correct
        and option.text.casefold() in " ".join(memo.paragraphs("ru")).casefold()
    }

    assert told == set()
