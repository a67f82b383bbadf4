"""Asking and answering as members do it, from the menu to the ledger."""

from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask

from psot import clock
from tests.community import (
    NOW,
    REPLY,
    TEXT,
    TITLE,
    Community,
    hidden_id,
    me,
    reader,
)
from tests.web import Browser


def test_a_question_is_asked_found_and_answered(app: Flask, community: Community) -> None:
    asker, colleague = reader(app), reader(app, name_public=True, display_name="Игорь Лесной")

    form = asker.get("/questions/ask?title=Кто+ведёт+журнал?&topic=microtrauma").text
    sent = {"id": hidden_id(form), "title": TITLE, "topic": "microtrauma", "text": TEXT}
    asked = asker.post("/questions", data=sent)

    assert asked.status_code == 303
    address = asked.location
    page = colleague.get(address).text
    assert TITLE in page
    assert "<p>На участке двенадцать человек.</p><p>Журнал" in page
    given = colleague.post(f"{address}/answers", data={"id": hidden_id(page), "text": REPLY})
    assert given.status_code == 303
    assert "#answer-" in given.location
    assert REPLY in asker.get(address).text
    assert "Игорь Лесной" in asker.get(address).text

    listed = app.test_client().get("/questions?q=участки+микроповреждениям&topic=microtrauma").text
    assert f'href="{address}"' in listed
    (told,) = community.told("thread.asked")
    assert told == {
        "member": str(me(asker)),
        "thread": address.rpartition("/")[2],
        "topic": "microtrauma",
    }
    assert community.told("thread.answered")[0]["member"] == str(me(colleague))


def test_the_form_sent_ten_times_asks_once_and_other_words_are_refused(
    app: Flask, community: Community
) -> None:
    asker = reader(app)
    sent = {"id": str(uuid4()), "title": TITLE, "topic": "", "text": TEXT}

    answers = [asker.post("/questions", data=sent) for _ in range(3)]

    assert {one.status_code for one in answers} == {303}
    assert len({one.location for one in answers}) == 1
    assert asker.post("/questions", data=sent | {"text": f"{TEXT}!"}).status_code == 409
    assert len(community.told("thread.asked")) == 1


def test_somebody_elses_id_makes_nothing_theirs(app: Flask, community: Community) -> None:
    thread = community.ask(me(reader(app)))
    sent = {"id": str(thread), "title": TITLE, "topic": "microtrauma", "text": TEXT}

    assert reader(app).post("/questions", data=sent).status_code == 409


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("title", "Кто?"),
        ("title", " " * 40),
        ("title", "к" * 161),
        ("text", "Коротко"),
        ("text", "д" * 5001),
        ("text", "\n" * 50),
        ("topic", "no-such-topic"),
    ],
)
def test_what_is_too_short_too_long_or_nowhere_is_told_beside_its_field(
    app: Flask, community: Community, field: str, said: str
) -> None:
    sent = {"title": TITLE, "topic": "", "text": TEXT} | {field: said}

    refused = reader(app).post("/questions", data=sent)

    assert refused.status_code == 422
    assert f'id="{field}-errors"' in refused.text
    assert community.told("thread.asked") == []


def test_asking_shows_what_was_asked_already(app: Flask, community: Community) -> None:
    thread = community.ask(me(reader(app)))

    page = reader(app).get("/questions/ask?title=Журнал+микроповреждений+обязателен?").text

    assert "Perhaps it has an answer already" in page
    assert f'href="/questions/{thread}"' in page


def test_a_topic_shows_its_questions_and_the_way_to_ask(
    app: Flask, community: Community, client: Browser
) -> None:
    thread = community.ask(me(reader(app)))

    page = client.get("/topics/microtrauma").text

    assert f'href="/questions/{thread}"' in page
    assert 'href="/questions/ask?topic=microtrauma"' in page
    assert f'href="/questions/{thread}"' not in client.get("/topics/service").text
    preset = reader(app).get("/questions/ask?topic=microtrauma").text
    assert '<option selected value="microtrauma">' in preset


def test_filters_show_the_unanswered_the_accepted_and_ones_own(
    app: Flask, community: Community
) -> None:
    asker = reader(app)
    mute = community.ask(me(asker), title="Вопрос без единого ответа")
    other = community.ask(me(reader(app)), title="Вопрос с ответом коллеги")
    community.answer(other, me(asker))

    def shown(**query: str) -> list[bool]:
        page = asker.get("/questions", query_string=query).text
        return [f'href="/questions/{one}"' in page for one in (mute, other)]

    assert shown() == [True, True]
    assert shown(show="open") == [True, False]
    assert shown(show="mine") == [True, False]
    assert shown(show="accepted") == [False, False]
    assert shown(topic="service") == [False, False]
    assert shown(q="коллегами", show="open") == [False, False]
    assert shown(q="коллегами") == [False, True]
    assert "Nothing found" in asker.get("/questions?q=колесо&show=open").text


def test_many_questions_come_in_pages(app: Flask, community: Community, client: Browser) -> None:
    client.set_cookie("psot_language", "en")
    asker = me(reader(app))
    for number in range(21):
        community.ask(
            asker, title=f"Вопрос номер {number} о касках", at=NOW + timedelta(minutes=number)
        )

    first, second = client.get("/questions").text, client.get("/questions?page=2").text

    assert "Вопрос номер 20 " in first
    assert "Вопрос номер 0 " not in first
    assert 'rel="next"' in first
    assert "Вопрос номер 0 " in second
    assert "Nothing found" in client.get("/questions?page=9").text
    assert "21 questions" in client.get("/questions?q=каски").text


def test_the_asker_is_told_of_new_answers_until_they_are_read(
    app: Flask, community: Community
) -> None:
    asker = reader(app)
    thread = community.ask(me(asker))
    community.answer(thread, me(asker), at=NOW + timedelta(minutes=1))
    assert "New answers" not in asker.get("/me/questions").text

    community.answer(thread, me(reader(app)), at=NOW + timedelta(minutes=2))

    assert "New answers" in asker.get("/me/questions").text
    assert "1 question of yours has new answers" in asker.get("/").text
    assert "not read yet" in asker.get("/library").text
    assert "not read yet" not in reader(app).get("/library").text
    with clock.fixed(NOW + timedelta(minutes=3)):
        asker.get(f"/questions/{thread}")
    assert "New answers" not in asker.get("/me/questions").text
    assert "not read yet" not in asker.get("/library").text


def test_a_pseudonym_is_kept_and_who_erased_the_account_is_a_former_member(
    app: Flask, community: Community, client: Browser
) -> None:
    client.set_cookie("psot_language", "en")
    asker = reader(app, display_name="Тайное Имя")
    thread = community.ask(me(asker))
    ghost = community.answer(thread, uuid4())

    page = client.get(f"/questions/{thread}").text

    assert "Тайное Имя" not in page
    assert "Member " in page
    assert "Former member" in page
    assert f'id="answer-{ghost}"' in page


def test_what_members_write_is_text_and_never_markup(
    app: Flask, community: Community, client: Browser
) -> None:
    said = (
        "<script>alert(1)</script> <img src=x onerror=alert(1)>\n"
        'https://example.org/a?b=1&c="><b> http://example.org javascript:alert(1)'
    )
    thread = community.ask(me(reader(app)), title="<b>Жирный</b> вопрос о касках", text=said)

    for address in (
        f"/questions/{thread}",
        "/questions",
        "/questions?q=каски",
        "/questions?q=alert",
    ):
        page = client.get(address).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<b>Жирный" not in page
    page = client.get(f"/questions/{thread}").text
    assert '<a href="https://example.org/a?b=1&amp;c=" rel="nofollow ugc noopener' in page
    assert 'href="http://example.org' not in page
    assert 'href="javascript' not in page


def test_an_unknown_question_is_not_found(client: Browser) -> None:
    assert client.get(f"/questions/{uuid4()}").status_code == 404
    assert client.get("/questions/nothing").status_code == 404


def test_asking_too_often_is_refused_for_a_while(app: Flask, community: Community) -> None:
    asker = reader(app)

    statuses = [
        asker.post(
            "/questions", data={"title": f"{TITLE} {number}", "topic": "", "text": TEXT}
        ).status_code
        for number in range(11)
    ]

    assert statuses == [303] * 10 + [429]
    assert len(community.told("thread.asked")) == 10
