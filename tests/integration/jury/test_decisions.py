"""Decisions: what is applied is what was shown, what is undone leaves nothing, none is half."""

import json
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from events.race import RacerDisqualified
from psot.course.queries import runs
from psot.database import Database
from psot.jury import operations, queries
from psot.jury.errors import Decided, NotTakenIn, RaceMoved, TermsInvalid
from psot.jury.terms import Kind, Terms
from psot.races.queries import jury_told
from psot.races.stages import Stage
from tests.jury import JUDGE, OVER, START, a_run_race, asked, now_in, settle
from tests.ledger_of import facts_of


def staged(database: Database, race: UUID, terms: Terms, now: datetime = OVER) -> UUID:
    """Stage a decision as the jury would."""
    with database.begin() as session:
        return operations.stage(session, race, terms, reason="Проверка", by=JUDGE, now=now)


def test_what_is_applied_is_what_was_shown_and_undone_it_was_never_there(judged: Database) -> None:
    race = a_run_race(judged).id
    before = now_in(judged, race)
    voided = asked(judged, race, 3)
    void = staged(judged, race, Terms(kind=Kind.VOID, question=voided))
    with judged.begin() as session:
        shown = queries.decision(session, race, void)
        operations.apply(session, void, by=JUDGE, now=OVER)
    assert now_in(judged, race) == before, "boards wait for the log"
    settle(judged)

    assert shown.before == before
    assert now_in(judged, race) == shown.after
    assert shown.after != before
    out = staged(judged, race, Terms(kind=Kind.DISQUALIFY, bibs=(1, 2, 4)))
    with judged.begin() as session:
        shown_out = queries.decision(session, race, out)
        operations.apply(session, out, by=JUDGE, now=OVER)
    settle(judged)

    assert now_in(judged, race) == shown_out.after
    marks = {line["bib"]: line["irm"] for line in json.loads(shown_out.after)["results"]}
    assert marks == {1: "DSQ", 2: "DSQ", 3: None, 4: "DSQ"}
    assert {one.bib for one in shown_out.difference.racers} == {1, 2, 3, 4}
    with judged.begin() as session:
        operations.undo(session, out, by=JUDGE, now=OVER + timedelta(minutes=1))
    settle(judged)
    assert now_in(judged, race) == shown.after
    with judged.begin() as session:
        operations.undo(session, void, by=JUDGE, now=OVER + timedelta(minutes=2))
    settle(judged)
    assert now_in(judged, race) == before


def test_a_decision_waits_for_the_log_and_is_refused_when_the_race_moved(judged: Database) -> None:
    race = a_run_race(judged).id
    first = staged(judged, race, Terms(kind=Kind.DISQUALIFY, bibs=(1,)))
    second = staged(judged, race, Terms(kind=Kind.ADJUST, ms={2: -4500}))
    with judged.begin() as session:
        operations.apply(session, first, by=JUDGE, now=OVER)
    with judged.begin() as session, pytest.raises(NotTakenIn):
        operations.apply(session, second, by=JUDGE, now=OVER)
    settle(judged)
    with pytest.raises(RaceMoved), judged.begin() as session:
        operations.apply(session, second, by=JUDGE, now=OVER)

    with judged.begin() as session:
        operations.refresh(session, second, now=OVER)
        shown = queries.decision(session, race, second)
        operations.apply(session, second, by=JUDGE, now=OVER)
    settle(judged)
    assert now_in(judged, race) == shown.after
    with pytest.raises(Decided), judged.begin() as session:
        operations.drop(session, second, by=JUDGE, now=OVER)


def test_a_refused_or_dropped_decision_leaves_no_trace_in_the_race(judged: Database) -> None:
    race = a_run_race(judged).id
    before = now_in(judged, race)
    found = staged(judged, race, Terms(kind=Kind.DISQUALIFY, bibs=(1, 2)))
    with judged.begin() as session:
        session.execute(text("UPDATE race_decisions SET after = before"))
    with pytest.raises(RaceMoved), judged.begin() as session:
        operations.apply(session, found, by=JUDGE, now=OVER)
    with judged.begin() as session:
        operations.drop(session, found, by=JUDGE, now=OVER)
        assert jury_told(session, race) == 0
        assert queries.decision(session, race, found).state == "dropped"
    settle(judged)

    assert now_in(judged, race) == before
    assert not [one for one in facts_of(judged, race) if isinstance(one, RacerDisqualified)]


def test_who_is_disqualified_while_the_race_runs_is_taken_off_the_course(judged: Database) -> None:
    view = a_run_race(judged, stage=Stage.RUNNING, racing=(1, 2))
    now = START + timedelta(seconds=20)
    found = staged(judged, view.id, Terms(kind=Kind.DISQUALIFY, bibs=(1, 3)), now=now)
    with judged.begin() as session:
        operations.apply(session, found, by=JUDGE, now=now + timedelta(seconds=2))
    settle(judged)

    with judged.begin() as session:
        out = {one.bib: one.out for one in runs(session, view.id)}
        shown = queries.decision(session, view.id, found)
    assert (out[1], out[3]) == ("DSQ", "DSQ"), "who has not come yet does not get in any more"
    assert out[2] == ""
    marks = {one["bib"]: one["irm"] for one in json.loads(now_in(judged, view.id))["results"]}
    assert (marks[1], marks[2], marks[3]) == ("DSQ", None, "DSQ")
    assert shown.t_ms == 15_000, "dated where everything due has been told"
    with judged.begin() as session:
        operations.undo(session, found, by=JUDGE, now=now + timedelta(seconds=9))
    with judged.begin() as session:
        assert {one.out for one in runs(session, view.id)} == {""}


def test_terms_have_to_fit_the_race(judged: Database) -> None:
    race = a_run_race(judged, {1: (), 2: ()}, racing=()).id
    for terms in (
        Terms(kind=Kind.VOID, question="nothing-01"),
        Terms(kind=Kind.DISQUALIFY, bibs=(99,)),
        Terms(kind=Kind.REINSTATE),
        Terms(kind=Kind.ADJUST, ms={1: 0}),
    ):
        with pytest.raises(TermsInvalid), judged.begin() as session:
            operations.stage(session, race, terms, reason="Проверка", by=JUDGE, now=OVER)
    terms = Terms(kind=Kind.REINSTATE, bibs=(1,))
    with pytest.raises(TermsInvalid) as refused, judged.begin() as session:
        operations.stage(session, race, terms, reason="  ", by=JUDGE, now=OVER)
    assert set(refused.value.fields) == {"reason"}
