"""What members report and editors decide."""

from datetime import timedelta

import pytest
from flask import Flask

from psot.community import operations
from psot.community.errors import CannotMerge
from tests.community import NOW, REPLY, TITLE, Community, me, reader
from tests.web import Browser

LATER = NOW + timedelta(hours=1)


def test_a_report_waits_on_the_desk_once_a_member_and_is_settled(
    app: Flask, community: Community
) -> None:
    member, editor = reader(app), reader(app, roles=("editor",))
    thread = community.ask(me(reader(app)))
    answer = community.answer(thread, me(reader(app)))
    address = f"/questions/{thread}/report?answer={answer}"

    assert REPLY in member.get(address).text
    for note in ("Так делать нельзя", "Ещё раз"):
        sent = {"reason": "wrong", "note": note}
        assert member.post(address, data=sent).status_code == 303
    assert member.post(address, data={"reason": "no such"}).status_code == 422

    decide = f"/editor/questions/{thread}?answer={answer}"
    assert decide in editor.get("/editor/questions").text
    page = editor.get(decide).text
    assert "1 report" in page
    assert "Так делать нельзя" in page
    dismiss = f"/editor/questions/{thread}/dismiss?answer={answer}"
    for _ in range(2):
        assert editor.post(dismiss).status_code == 303

    assert decide not in editor.get("/editor/questions").text
    assert REPLY in member.get(f"/questions/{thread}").text
    assert len(community.told("post.reported")) == 1
    assert [one["nth"] for one in community.told("reports.dismissed")] == [1]
    member.post(address, data={"reason": "wrong", "note": "Снова"})
    assert len(community.told("post.reported")) == 2


def test_what_is_taken_down_is_gone_for_all_but_its_author_and_the_editors(
    app: Flask, community: Community, client: Browser
) -> None:
    author, editor = reader(app), reader(app, roles=("editor",))
    thread = community.ask(me(author))
    page = f"/questions/{thread}"

    taken = editor.post(
        f"/editor{page}/take-down", data={"reason": "personal", "note": "Имена уберите."}
    )

    assert taken.status_code == 303
    assert client.get(page).status_code == 404
    assert reader(app).get(page).status_code == 404
    assert "Имена уберите." in author.get(page).text
    assert "Off the page" in author.get("/me/questions").text
    for address in ("/questions", "/questions?q=микроповреждений", "/topics/microtrauma"):
        assert page not in client.get(address).text
    assert author.post(f"{page}/answers", data={"text": REPLY}).status_code == 404

    assert editor.post(f"/editor{page}/restore").status_code == 303

    assert client.get(page).status_code == 200
    assert page in client.get("/questions?q=микроповреждений").text
    assert [one["nth"] for one in community.told("post.taken.down")] == [1]
    assert [one["nth"] for one in community.told("post.restored")] == [2]


def test_an_accepted_answer_taken_down_is_accepted_no_more(
    app: Flask, community: Community, client: Browser
) -> None:
    client.set_cookie("psot_language", "en")
    asker, expert, editor = (
        reader(app),
        reader(app, roles=("expert",)),
        reader(app, roles=("editor",)),
    )
    thread = community.ask(me(asker))
    author = reader(app)
    answer = community.answer(thread, me(author))
    expert.post(f"/questions/{thread}/answers/{answer}/accept")
    sent = {"reason": "wrong", "note": ""}

    editor.post(f"/editor/questions/{thread}/take-down?answer={answer}", data=sent)

    page = client.get(f"/questions/{thread}").text
    assert REPLY not in page
    assert "Accepted" not in page
    assert REPLY in author.get(f"/questions/{thread}").text
    assert f"/questions/{thread}" in client.get("/questions?show=open").text
    assert f"/questions/{thread}" not in client.get("/questions?q=назначает").text
    editor.post(f"/editor/questions/{thread}/restore?answer={answer}")
    restored = client.get(f"/questions/{thread}").text
    assert REPLY in restored
    assert "Accepted" not in restored


def test_a_double_leads_to_the_question_that_stays_and_brings_its_answers(
    app: Flask, community: Community, client: Browser
) -> None:
    editor, asker = reader(app, roles=("editor",)), reader(app)
    stays = community.ask(me(asker))
    double = community.ask(me(reader(app)), title="Журнал микротравм: кто его ведёт?")
    triple = community.ask(me(reader(app)), title="И снова вопрос про тот же журнал")
    moved = community.answer(double, me(reader(app)), at=LATER)

    for one, into in ((triple, double), (double, stays)):
        sent = {"into": f"https://psot.example/questions/{into}#answer"}
        merged = editor.post(f"/editor/questions/{one}/merge", data=sent)
        assert merged.location == f"/questions/{into}"

    for one in (double, triple):
        led = client.get(f"/questions/{one}")
        assert (led.status_code, led.location) == (302, f"/questions/{stays}")
    page = client.get(f"/questions/{stays}").text
    assert f'id="answer-{moved}"' in page
    assert "New answers" in asker.get("/me/questions").text
    listed = client.get("/questions").text
    assert f"/questions/{double}" not in listed
    assert "Журнал микротравм" not in client.get("/questions?q=микротравма").text
    late = asker.post(f"/questions/{double}/answers", data={"text": "Ответ по старому адресу"})
    assert late.location.startswith(f"/questions/{stays}#")
    assert len(community.told("threads.merged")) == 2


def test_a_question_is_no_double_of_itself_nor_of_what_is_gone(
    app: Flask, community: Community
) -> None:
    editor = reader(app, roles=("editor",))
    one, two = (community.ask(me(reader(app)), title=f"{TITLE} {n}") for n in range(2))
    merge = f"/editor/questions/{one}/merge"

    assert editor.post(merge, data={"into": str(one)}).status_code == 409
    assert editor.post(merge, data={"into": "где-то"}).status_code == 422
    editor.post(f"/editor/questions/{two}/take-down", data={"reason": "other", "note": ""})
    assert editor.post(merge, data={"into": str(two)}).status_code == 404
    editor.post(f"/editor/questions/{two}/restore")
    assert editor.post(merge, data={"into": str(two)}).status_code == 303
    with community.session() as session, pytest.raises(CannotMerge):
        operations.merge(session, thread=one, into=two, editor=me(editor), now=LATER)


def test_members_have_no_desk(app: Flask, community: Community) -> None:
    member, expert = reader(app), reader(app, roles=("expert",))
    thread = community.ask(me(member))

    for browser in (member, expert):
        assert browser.get("/editor/questions").status_code == 403
        assert browser.get(f"/editor/questions/{thread}").status_code == 403
        for deed in ("take-down", "restore", "dismiss", "merge"):
            assert browser.post(f"/editor/questions/{thread}/{deed}").status_code == 403


def test_facts_hold_no_word_of_what_was_written(app: Flask, community: Community) -> None:
    member, editor = reader(app), reader(app, roles=("editor",))
    thread = community.ask(me(member), title="Канарейка в заголовке", text="Канарейка и в тексте.")
    community.answer(thread, me(editor), said="Канарейка в ответе.")
    member.post(f"/questions/{thread}/report", data={"reason": "other", "note": "Канарейка"})
    sent = {"reason": "other", "note": "Канарейка"}
    editor.post(f"/editor/questions/{thread}/take-down", data=sent)

    facts = [
        community.told(one)
        for one in ("thread.asked", "thread.answered", "post.reported", "post.taken.down")
    ]

    assert all(facts)
    assert "Канарейка" not in str(facts)
