"""What may be done in a run, what is told of it, and what is refused."""

from typing import Any

import pytest

from scoring.workplace import Judgement, Refused, act, begin, best_actions, judge, stop
from tests.workplace import mini, mini_course

Action = dict[str, Any]


def report(name: str) -> Action:
    return {"kind": "report", "object": name}


def assess(name: str, kind: str = "physical", control: str = "engineering") -> Action:
    return {"kind": "assess", "object": name, "hazard_kind": kind, "control": control}


def step(name: str, by: str = "") -> Action:
    procedure, _, own = name.partition(".")
    return {"kind": "step", "procedure": procedure, "step": own, "by": by}


def wait(minutes: int) -> Action:
    return {"kind": "wait", "minutes": minutes}


def wear(ppe: str, *items: str) -> Action:
    return {"kind": "wear", "ppe": ppe, "items": list(items)}


def mark(*fields: str) -> Action:
    return {"kind": "mark", "document": "permit", "fields": list(fields)}


def measure(name: str, instrument: str) -> Action:
    return {"kind": "measure", "measurement": name, "instrument": instrument}


def conclude(name: str, verdict: str) -> Action:
    return {"kind": "conclude", "measurement": name, "verdict": verdict}


def decide(name: str, option: str) -> Action:
    return {"kind": "decide", "decision": name, "option": option}


HINT: Action = {"kind": "hint"}
FINISH: Action = {"kind": "finish"}


def run(*actions: Action, mode: str = "practice", seed: int = 1) -> Judgement:
    judgement = begin(mini_course(seed), mode)
    for action in actions:
        judgement, _ = act(judgement, action, judgement.at_ms + 1000)
    return judgement


def told(judgement: Judgement, action: Action, at_ms: int = 0) -> list[dict[str, Any]]:
    return act(judgement, action, at_ms)[1]


@pytest.mark.parametrize(
    ("before", "action", "code"),
    [
        ([], {}, "malformed"),
        ([], {"kind": 3}, "malformed"),
        ([], {"kind": "fly"}, "malformed"),
        ([], {"kind": "look"}, "malformed"),
        ([], {"kind": "look", "object": ["lathe"]}, "malformed"),
        ([], {"kind": "wait", "minutes": True}, "malformed"),
        ([], {"kind": "wear", "ppe": "fitter-wears", "items": [1]}, "malformed"),
        ([], {**step("lockout.tell"), "by": 7}, "malformed"),
        ([], {"kind": "look", "object": "nothing"}, "unknown"),
        ([], report("nothing"), "unknown"),
        ([report("lathe")], report("lathe"), "already"),
        ([report("rack")], report("rack"), "already"),
        ([], assess("lathe"), "not_open"),
        ([report("rack")], assess("rack"), "not_open"),
        ([report("lathe")], assess("lathe", kind="magic"), "unknown"),
        ([report("lathe")], assess("lathe", control="hope"), "unknown"),
        ([report("lathe"), assess("lathe")], assess("lathe"), "already"),
        ([], step("nothing.tell"), "unknown"),
        ([], step("lockout.nothing"), "unknown"),
        ([], step("lockout.tell", by="ghost"), "unknown"),
        ([step("lockout.tell")], step("lockout.tell"), "already"),
        ([step("lockout.joke")], step("lockout.joke"), "already"),
        ([], wait(0), "too_long"),
        ([], wait(241), "too_long"),
        ([wait(240)] * 6, wait(1), "too_long"),
        ([], wear("nothing"), "unknown"),
        ([], wear("own"), "not_open"),
        ([], wear("fitter-wears", "ring"), "unknown"),
        ([], wear("fitter-wears", "glasses", "glasses"), "unknown"),
        ([wear("fitter-wears")], wear("fitter-wears"), "already"),
        ([], mark("nothing"), "unknown"),
        ([], mark("leader", "leader"), "unknown"),
        ([mark()], mark(), "already"),
        ([], measure("gas", "gas_analyser"), "not_open"),
        ([mark()], conclude("gas", "safe"), "not_measured"),
        ([mark(), measure("gas", "tape")], conclude("gas", "safe"), "not_measured"),
        ([mark(), measure("gas", "gas_analyser")], conclude("gas", "perhaps"), "unknown"),
        ([mark(), measure("gas", "gas_analyser")], measure("gas", "gas_analyser"), "already"),
        (
            [mark(), measure("gas", "gas_analyser"), conclude("gas", "unsafe")],
            conclude("gas", "safe"),
            "already",
        ),
        ([], decide("alarm", "leave"), "not_open"),
        ([mark(), measure("gas", "gas_analyser")], decide("alarm", "run"), "unknown"),
        (
            [mark(), measure("gas", "gas_analyser"), decide("alarm", "leave")],
            decide("report", ""),
            "unknown",
        ),
        (
            [mark(), measure("gas", "gas_analyser"), decide("alarm", "leave")],
            decide("alarm", "call"),
            "already",
        ),
        ([FINISH], HINT, "ended"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    before: list[Action], action: Action, code: str
) -> None:
    judgement = run(*before)

    with pytest.raises(Refused) as refused:
        act(judgement, action, judgement.at_ms)

    assert refused.value.code == code
    assert judgement == run(*before)


def test_a_refusal_names_what_it_is_about() -> None:
    with pytest.raises(Refused, match="unknown: nothing"):
        act(run(), report("nothing"), 0)
    with pytest.raises(Refused, match=r"^ended$"):
        act(run(FINISH), HINT, 0)


def test_nothing_is_reported_where_nothing_is_looked_for() -> None:
    judgement = begin(mini_course(hazards=[], draw={}), "practice")

    with pytest.raises(Refused) as refused:
        act(judgement, report("lathe"), 0)

    assert refused.value.code == "not_asked"


def test_a_run_is_practice_or_check() -> None:
    with pytest.raises(ValueError, match="there is no mode play"):
        begin(mini_course(), "play")


def test_a_check_says_nothing_before_its_end() -> None:
    judgement = begin(mini_course(1), "check")
    wrong = [
        report("rack"),
        assess("rack"),
        report("lathe"),
        step("lockout.lock"),
        step("lockout.joke"),
        wear("fitter-wears", "gloves"),
        mark("number"),
        measure("gas", "gas_analyser"),
        decide("alarm", "call"),
        conclude("gas", "unsafe"),
    ]
    said: list[dict[str, Any]] = []
    for action in wrong:
        judgement, effects = act(judgement, action, judgement.at_ms + 1)
        said += effects
    judged = [one for one in said if "verdict" in one]

    assert len(judged) == len(wrong)
    assert {(one["verdict"], one["text"]) for one in judged} == {("noted", None)}
    assert all(one["done"] for one in said if one["t"] == "stepped")


def test_a_check_has_no_hints() -> None:
    with pytest.raises(Refused) as refused:
        act(run(mode="check"), HINT, 0)

    assert refused.value.code == "no_hints"


def test_a_false_alarm_can_be_assessed_in_a_check_and_earns_nothing() -> None:
    judgement = run(report("rack"), assess("rack"), mode="check")

    assert judgement.state["assessed"] == {"rack": "noted"}
    assert judgement.score.earned == -2


def test_hints_go_through_what_is_left_until_there_is_nothing() -> None:
    judgement = run()
    hints: list[str] = []
    with pytest.raises(Refused) as refused:  # noqa: PT012 - the last one of many is refused
        while True:
            judgement, effects = act(judgement, HINT, 0)
            hints.append(effects[0]["text"]["en"])

    assert refused.value.code == "nothing_left"
    assert hints == [
        "Look closer: Lathe.",
        "Look closer: Helper.",
        "Look closer: Spill.",
        "Choose the protection: The fitter turns a part.",
        "Check the document: Permit",
        "The next step: Tell the fitter",
        "The next step: Sweep",
        "Some time has to pass.",
    ]


def test_a_hint_follows_what_was_done() -> None:
    judgement = run(report("lathe"))

    assert told(judgement, HINT)[0] == {
        "t": "hinted",
        "text": {"ru": "Опишите, что нашли: Станок.", "en": "Say what you have found: Lathe."},
        "object": "lathe",
    }


def test_a_timed_decision_comes_first_among_hints() -> None:
    judgement = run(mark(), measure("gas", "gas_analyser"))

    assert told(judgement, HINT)[0]["text"]["en"] == "Decide: The analyser shows little oxygen."


def test_steps_change_the_world_and_open_what_waits_for_them() -> None:
    judgement = run(step("lockout.tell"), step("lockout.off"))
    effects = told(judgement, step("lockout.lock"))

    assert effects[1:] == [
        {"t": "changed", "object": "board", "states": {"lock": "yes"}},
        {"t": "dressed", "object": "helper", "wears": ["coverall", "helmet"]},
        {"t": "opened", "tasks": {"measurements": ["volts"]}},
    ]


def test_what_is_not_there_at_a_seed_is_not_changed() -> None:
    there, gone = run(step("tidy.sweep"), seed=1), run(step("tidy.sweep"), seed=2)

    assert [one["t"] for one in told(there, step("tidy.wipe"))] == ["stepped", "changed"]
    assert [one["t"] for one in told(gone, step("tidy.wipe"))] == ["stepped"]


def test_the_reason_is_told_when_a_step_is_refused_by_the_world() -> None:
    early = told(run(), step("lockout.off"))[0]
    soon = told(run(), step("tidy.air"))[0]

    assert (early["done"], early["text"]["en"]) == (
        False,
        "Too early: something else comes first.",
    )
    assert soon["text"]["ru"] == "Рано: нужно выждать."


def test_dressing_a_person_takes_off_what_was_offered_and_not_chosen() -> None:
    effects = told(run(), wear("fitter-wears", "glasses", "boots"))

    assert effects[1] == {
        "t": "dressed",
        "object": "fitter",
        "wears": ["coverall", "glasses", "boots"],
    }


def test_dressing_oneself_shows_nowhere() -> None:
    judgement = run(
        wear("fitter-wears", "glasses"),
        *(step(f"lockout.{one}") for one in ("tell", "off", "lock")),
        wait(10),
        step("lockout.test", by="helper"),
    )

    assert [one["t"] for one in told(judgement, wear("own", "gloves_dielectric"))] == ["worn"]


def test_needed_protection_that_is_critical_and_left_off_ends_the_run() -> None:
    judgement = run(
        wear("fitter-wears", "glasses"),
        *(step(f"lockout.{one}") for one in ("tell", "off", "lock")),
        wait(10),
        step("lockout.test", by="helper"),
        wear("own"),
    )

    assert judgement.ended == "critical"


def test_a_wrong_instrument_shows_nothing() -> None:
    effects = told(run(mark()), measure("gas", "tape"))

    assert effects == [
        {
            "t": "measured",
            "measurement": "gas",
            "instrument": "tape",
            "verdict": "wrong",
            "value": "",
            "text": None,
        }
    ]


def test_a_decision_tells_its_consequence_and_why() -> None:
    effects = told(run(mark(), measure("gas", "gas_analyser")), decide("alarm", "leave"))

    assert effects[0]["text"]["en"] == "ANSWER-24 ANSWER-28"
    assert effects[1:] == [
        {"t": "changed", "object": "exit", "states": {"open": "open"}},
        {"t": "dressed", "object": "helper", "wears": ["coverall"]},
        {"t": "opened", "tasks": {"decisions": ["report"]}},
    ]


def test_an_empty_choice_is_time_run_out() -> None:
    judgement = run(mark(), measure("gas", "gas_analyser"), decide("alarm", "call"))
    effects = told(judgement, decide("rescue", ""))

    assert (effects[0]["option"], effects[0]["in_time"]) == ("enter", False)


def test_a_choice_that_comes_too_late_is_not_made() -> None:
    judgement = run(mark(), measure("gas", "gas_analyser"), decide("alarm", "call"))
    late, effects = act(judgement, decide("rescue", "wait"), 100_000)

    assert (effects[0]["option"], effects[0]["in_time"]) == ("enter", False)
    assert len(effects) == 1
    assert late.nth == judgement.nth + 1


def test_a_run_that_time_has_ended_does_no_more() -> None:
    judgement = run(mark(), measure("gas", "gas_analyser"))
    ended, effects = act(judgement, report("lathe"), 100_000)

    assert [one["t"] for one in effects] == ["decided", "scored", "ended"]
    assert ended.ended == "critical"
    assert ended.state["reported"] == {}


def test_two_decisions_run_out_in_the_order_of_their_time() -> None:
    row = mini()
    both = [
        {**one, "opens": [], "options": [{**o, "critical": False} for o in one["options"]]}
        for one in row["decisions"]
        if one.get("time_s")
    ]
    judgement = begin(mini_course(decisions=list(reversed(both))), "practice")
    effects = told(judgement, FINISH, 70_000)

    assert [one.get("decision", one["t"]) for one in effects] == [
        "alarm",
        "rescue",
        "scored",
        "ended",
    ]


def test_a_late_choice_leaves_the_decisions_that_run_out_after_it_to_the_next_action() -> None:
    row = mini()
    both = [
        {**one, "opens": [], "options": [{**o, "critical": False} for o in one["options"]]}
        for one in row["decisions"]
        if one.get("time_s")
    ]
    judgement = begin(mini_course(decisions=both), "practice")
    after, effects = act(judgement, decide("alarm", "leave"), 70_000)

    assert [one["decision"] for one in effects] == ["alarm"]
    assert told(after, HINT, 70_000)[0]["decision"] == "rescue"


def test_a_finished_run_is_told_what_to_take_away() -> None:
    effects = told(run(), FINISH)

    assert effects == [
        {"t": "scored", "score_ppm": 0},
        {"t": "ended", "how": "finished", "text": {"ru": "ОТВЕТ-35", "en": "ANSWER-35"}},
    ]


def test_a_run_can_be_left_and_keeps_what_it_earned() -> None:
    left, effects = stop(run(report("lathe")), 5_000)

    assert [one["t"] for one in effects] == ["scored", "ended"]
    assert (left.ended, left.score.earned, left.score.passed) == ("stopped", 10, False)
    assert left.nth == 1
    with pytest.raises(Refused):
        stop(left, 6_000)


def test_time_never_goes_back() -> None:
    judgement, _ = act(run(), {"kind": "look", "object": "lathe"}, 5_000)
    judgement, _ = act(judgement, {"kind": "look", "object": "lathe"}, 4_000)

    assert judgement.at_ms == 5_000
    assert judgement.state["looked"] == ["lathe"]


def test_a_finished_run_of_seventy_percent_is_passed() -> None:
    course = mini_course(1)
    best = best_actions(course)
    enough, left_out = judge(course, "practice", best), ("lathe", "helper")
    less = [one for one in best if one.get("object") not in left_out]

    assert enough.score.passed
    assert judge(course, "practice", less).score.score_ppm < 700_000
    assert not judge(course, "practice", less).score.passed
    assert not judge(course, "practice", best[:-1]).score.passed


def test_a_course_without_anything_to_earn_is_worth_nothing() -> None:
    nothing = {"hazards": [], "procedures": [], "ppe": [], "measurements": [], "documents": []}
    course = mini_course(**nothing, decisions=[])

    assert judge(course, "practice", best_actions(course)).score.score_ppm == 0


def test_errors_in_what_a_mistake_has_opened_still_cost() -> None:
    row = mini()
    extra = {**row["procedures"][1], "id": "extra", "opens": ["decision:alarm.call"]}
    course = mini_course(procedures=[*row["procedures"], extra])
    judgement = begin(course, "practice")
    for action in (
        mark(),
        measure("gas", "gas_analyser"),
        decide("alarm", "call"),
        step("extra.wipe"),
        step("extra.sweep"),
    ):
        judgement, _ = act(judgement, action, judgement.at_ms + 1)
    parts = {(one.kind, one.id): one for one in judgement.score.parts}
    best = judge(course, "practice", best_actions(course)).score

    assert (best.score_ppm, best.possible) == (1_000_000, judgement.score.possible)
    assert parts["step", "extra.sweep"].earned == parts["step", "extra.sweep"].possible == 0
    assert parts["order", "extra.wipe"].earned == -3


def test_parts_tell_answer_right_answer_and_norm() -> None:
    judgement = run(report("lathe"), assess("lathe", kind="chemical"))
    part = next(one for one in judgement.score.parts if one.id == "open-guard")

    assert part.given == {"kind": "chemical", "control": "engineering"}
    assert part.right == {"kind": "physical", "control": "engineering", "risk": "high"}
    assert (part.object, part.norm) == ("lathe", "risk-n01")
