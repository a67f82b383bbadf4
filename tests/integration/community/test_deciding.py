"""Accepting, thanking and changing: who may, what stands, what the ledger is told."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask

from psot import clock
from psot.community import operations
from psot.community.errors import ExpertDecided, NotYours
from tests.community import NOW, REPLY, TEXT, TITLE, Community, me, reader

SOON, LATE = NOW + timedelta(minutes=14), NOW + timedelta(minutes=15)


def test_the_asker_accepts_then_an_expert_and_the_experts_choice_stands(
    app: Flask, community: Community
) -> None:
    asker, expert, colleague = reader(app), reader(app, roles=("expert",)), me(reader(app))
    thread = community.ask(me(asker))
    first = community.answer(thread, colleague)
    second = community.answer(thread, colleague, at=SOON, said="Второй ответ, с нормой.")
    address = f"/questions/{thread}"

    assert asker.post(f"{address}/answers/{first}/accept").status_code == 303
    assert "Accepted by the asker" in asker.get(address).text
    assert "Accept as an expert" in expert.get(address).text
    for _ in range(2):
        assert expert.post(f"{address}/answers/{second}/accept").status_code == 303

    page = asker.get(address).text
    assert "Accepted by an expert" in page
    assert page.index(f'id="answer-{second}"') < page.index(f'id="answer-{first}"')
    assert "This helped me" not in page
    assert asker.post(f"{address}/answers/{first}/accept").status_code == 409
    assert community.told("answer.accepted") == [
        {
            "member": str(colleague),
            "thread": str(thread),
            "answer": str(answer),
            "by": str(me(by)),
            "by_expert": as_expert,
        }
        for answer, by, as_expert in ((first, asker, False), (second, expert, True))
    ]


def test_an_expert_confirms_what_the_asker_accepted(app: Flask, community: Community) -> None:
    asker, expert = reader(app), reader(app, roles=("expert",))
    thread = community.ask(me(asker))
    answer = community.answer(thread, me(reader(app)))

    for browser in (asker, expert, asker):
        assert browser.post(f"/questions/{thread}/answers/{answer}/accept").status_code == 303

    told = community.told("answer.accepted")
    assert [one["by_expert"] for one in told] == [False, True]
    assert "Accepted by an expert" in asker.get(f"/questions/{thread}").text


def test_nobody_else_accepts_and_no_expert_accepts_an_own_answer(
    app: Flask, community: Community
) -> None:
    asker, expert, stranger = me(reader(app)), me(reader(app)), me(reader(app))
    thread = community.ask(asker)
    answer = community.answer(thread, expert)
    own = community.ask(expert, title="Вопрос самого эксперта")
    solved = community.answer(own, expert)

    for member, role in ((stranger, False), (expert, True)):
        with community.session() as session, pytest.raises(NotYours):
            operations.accept(
                session, thread=thread, answer=answer, member=member, expert=role, now=NOW
            )
    with community.session() as session:
        operations.accept(session, thread=own, answer=solved, member=expert, expert=True, now=NOW)

    assert [one["by_expert"] for one in community.told("answer.accepted")] == [False]


def test_an_experts_choice_gives_way_to_another_expert_only(
    app: Flask, community: Community
) -> None:
    asker, one, two = (me(reader(app)) for _ in range(3))
    thread = community.ask(asker)
    first = community.answer(thread, me(reader(app)))
    second = community.answer(thread, me(reader(app)))

    def accept(member: UUID, answer: UUID, *, expert: bool) -> None:
        with community.session() as session:
            operations.accept(
                session, thread=thread, answer=answer, member=member, expert=expert, now=NOW
            )

    accept(one, first, expert=True)
    accept(two, second, expert=True)
    with pytest.raises(ExpertDecided):
        accept(asker, first, expert=False)
    accept(one, first, expert=True)  # again: the fact of then

    told = community.told("answer.accepted")
    assert [row["answer"] for row in told] == [str(first), str(second)]


def test_thanks_are_given_once_and_never_to_oneself(app: Flask, community: Community) -> None:
    asker, author = reader(app), reader(app)
    thread = community.ask(me(asker))
    answer = community.answer(thread, me(author))
    address = f"/questions/{thread}/answers/{answer}/thanks"

    assert [asker.post(address).status_code for _ in range(3)] == [303] * 3
    assert author.post(address).status_code == 403

    assert "1 thank-you" in asker.get(f"/questions/{thread}").text
    (told,) = community.told("answer.thanked")
    assert (told["member"], told["author"]) == (str(me(asker)), str(me(author)))


def test_a_change_leaves_no_mark_for_a_quarter_of_an_hour_and_one_ever_after(
    app: Flask, community: Community
) -> None:
    author, other, editor = reader(app), reader(app), reader(app, roles=("editor",))
    thread = community.ask(me(author))
    address = f"/questions/{thread}"
    sent = {"title": TITLE, "topic": "microtrauma", "text": f"{TEXT} Лестница."}

    with clock.fixed(SOON):
        assert author.post(f"{address}/edit", data=sent).status_code == 303
    assert "Changed on" not in other.get(address).text
    with clock.fixed(LATE):
        for _ in range(2):
            author.post(f"{address}/edit", data=sent | {"text": f"{TEXT} Стремянка."})

    seen = other.get(address).text
    assert "Changed on 20 November 2026" in seen
    assert "earlier wording" not in seen
    for browser in (author, editor):
        page = browser.get(address).text
        assert "1 earlier wording" in page
        assert "Лестница." in page
    assert [one["nth"] for one in community.told("post.changed")] == [1]
    assert f'href="{address}"' in other.get("/questions?q=стремянки").text
    assert f'href="{address}"' not in other.get("/questions?q=лестницы").text


def test_an_answer_is_changed_by_its_author_alone(app: Flask, community: Community) -> None:
    author, stranger = reader(app), reader(app, roles=("editor",))
    thread = community.ask(me(stranger))
    answer = community.answer(thread, me(author))
    address = f"/questions/{thread}/answers/{answer}/edit"

    assert REPLY in author.get(address).text
    assert stranger.get(address).status_code == 403
    assert stranger.post(address, data={"text": "Совсем другой текст"}).status_code == 403
    assert stranger.get(f"/questions/{thread}/edit").status_code == 200
    assert author.post(address, data={"text": "мало"}).status_code == 422
    with clock.fixed(LATE):
        assert author.post(address, data={"text": f"{REPLY} См. пункт 4."}).status_code == 303

    assert "См. пункт 4." in stranger.get(f"/questions/{thread}").text
    assert community.told("post.changed")[0]["answer"] == str(answer)


def test_an_answer_belongs_to_its_own_question(app: Flask, community: Community) -> None:
    asker = reader(app)
    here, there = community.ask(me(asker)), community.ask(me(asker), title="Другой вопрос сюда")
    answer = community.answer(there, me(reader(app)))

    for deed in ("accept", "thanks", "edit"):
        address = f"/questions/{here}/answers/{answer}/{deed}"
        assert asker.post(address, data={"text": REPLY}).status_code == 404
