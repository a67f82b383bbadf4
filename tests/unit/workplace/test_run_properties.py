"""Whatever is done in a run, it is judged, and always in the same way."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from content.scenarios import resolved
from scoring.workplace import (
    START,
    Judgement,
    Refused,
    act,
    begin,
    best_actions,
    fold,
    judge,
    read_course,
)
from tests.workplace import mini, mini_course

ROW = mini()
NAMES = [one["id"] for one in ROW["objects"]] + ["nothing"]
STEPS = [
    (one["id"], step["id"])
    for one in ROW["procedures"]
    for step in [*one["steps"], *one.get("forbidden", ())]
]

objects = st.sampled_from(NAMES)
actions = st.one_of(
    st.builds(lambda name: {"kind": "look", "object": name}, objects),
    st.builds(lambda name: {"kind": "report", "object": name}, objects),
    st.builds(
        lambda name, kind, control: {
            "kind": "assess",
            "object": name,
            "hazard_kind": kind,
            "control": control,
        },
        objects,
        st.sampled_from(["physical", "chemical", "biological", "none"]),
        st.sampled_from(["engineering", "organise", "ppe"]),
    ),
    st.builds(
        lambda step, by: {"kind": "step", "procedure": step[0], "step": step[1], "by": by},
        st.sampled_from(STEPS),
        st.sampled_from(["", "helper", "fitter"]),
    ),
    st.builds(lambda minutes: {"kind": "wait", "minutes": minutes}, st.integers(-1, 20)),
    st.builds(
        lambda name, items: {"kind": "wear", "ppe": name, "items": items},
        st.sampled_from(["fitter-wears", "own"]),
        st.lists(st.sampled_from(["glasses", "boots", "scarf", "ring", "gloves_dielectric"])),
    ),
    st.builds(
        lambda name, instrument: {
            "kind": "measure",
            "measurement": name,
            "instrument": instrument,
        },
        st.sampled_from(["gas", "volts"]),
        st.sampled_from(["gas_analyser", "voltage_detector"]),
    ),
    st.builds(
        lambda name, verdict: {"kind": "conclude", "measurement": name, "verdict": verdict},
        st.sampled_from(["gas", "volts"]),
        st.sampled_from(["safe", "unsafe"]),
    ),
    st.builds(
        lambda fields: {"kind": "mark", "document": "permit", "fields": fields},
        st.lists(st.sampled_from(["number", "leader", "day", "team"])),
    ),
    st.builds(
        lambda name, option: {"kind": "decide", "decision": name, "option": option},
        st.sampled_from(["alarm", "report", "rescue"]),
        st.sampled_from(["leave", "call", "stay", "foreman", "nobody", "wait", "enter", ""]),
    ),
    st.just({"kind": "hint"}),
    st.dictionaries(st.sampled_from(["kind", "object"]), st.sampled_from(["look", 1, None])),
)
seeds = st.integers(-(2**40), 2**40)
modes = st.sampled_from(["practice", "check"])
gaps = st.integers(-1000, 40_000)
runs = st.lists(st.tuples(actions, gaps), max_size=40)


@st.composite
def played(draw: st.DrawFn) -> list[dict[str, Any]]:
    """The best run with other actions strewn in and some of its own left out."""
    best = best_actions(mini_course(draw(st.integers(0, 5))))
    kept = [one for one in best if draw(st.integers(0, 4))]
    told: list[dict[str, Any]] = []
    for action in kept:
        told += [dict(one) for one, _ in draw(st.lists(st.tuples(actions, gaps), max_size=1))]
        told.append({key: value for key, value in action.items() if key != "at_ms"})
    return told


def play(
    seed: int, mode: str, told: list[tuple[dict[str, Any], int]]
) -> tuple[Judgement, list[dict[str, Any]], list[dict[str, Any]]]:
    judgement, at_ms = begin(mini_course(seed), mode), 0
    kept: list[dict[str, Any]] = []
    effects: list[dict[str, Any]] = []
    for action, gap in told:
        at_ms = max(0, at_ms + gap)
        try:
            judgement, said = act(judgement, action, at_ms)
        except Refused:
            continue
        kept.append({**action, "at_ms": at_ms})
        effects += said
    return judgement, kept, effects


@given(seed=seeds, mode=modes, told=runs)
def test_action_by_action_is_the_whole_run(
    seed: int, mode: str, told: list[tuple[dict[str, Any], int]]
) -> None:
    judgement, kept, _ = play(seed, mode, told)

    assert judge(mini_course(seed), mode, kept) == judgement
    assert judge(mini_course(seed), mode, [{**one, "at_ms": gap} for one, gap in told]).nth >= 0
    assert judgement.nth == len(kept)


@given(seed=seeds, mode=modes, told=runs)
def test_the_state_is_the_fold_of_all_effects(
    seed: int, mode: str, told: list[tuple[dict[str, Any], int]]
) -> None:
    judgement, kept, effects = play(seed, mode, told)

    assert {**fold(START, effects), "nth": len(kept)} == judgement.state
    assert START["looked"] == []


@settings(max_examples=60)
@given(seed=st.integers(0, 5), mode=modes, told=played())
def test_a_score_stays_within_its_bounds(seed: int, mode: str, told: list[dict[str, Any]]) -> None:
    judgement, _, _ = play(seed, mode, [(one, 900) for one in told])
    score = judgement.score

    assert 0 <= score.score_ppm <= 1_000_000
    assert score.earned <= score.possible
    assert score.earned == sum(one.earned for one in score.parts)
    assert all(one.earned <= one.possible for one in score.parts)


@settings(max_examples=60)
@given(told=played(), seed=st.integers(0, 5))
def test_in_a_check_nothing_is_judged_before_the_end(told: list[dict[str, Any]], seed: int) -> None:
    _, _, effects = play(seed, "check", [(one, 900) for one in told])
    before = [one for one in effects if one["t"] != "ended"]

    assert {one["verdict"] for one in before if "verdict" in one} <= {"noted"}
    assert {one["text"] for one in before if "text" in one} <= {None}


@st.composite
def rows(draw: st.DrawFn) -> dict[str, Any]:
    """The small shop with fewer hazards, steps, tasks, in other orders."""
    row = mini()
    hazards = draw(st.lists(st.sampled_from(row["hazards"]), unique_by=lambda one: one["id"]))
    lockout, tidy = row["procedures"]
    steps = draw(st.permutations(tidy["steps"]))
    order = draw(st.sampled_from(["strict", "partly"]))
    lockout = {**lockout, "order": order}
    return {
        **row,
        "hazards": hazards,
        "draw": {"hazards": draw(st.integers(0, 6)), "flaws": draw(st.integers(0, 2))},
        "procedures": [lockout, {**tidy, "steps": steps}],
        "decisions": draw(st.permutations(row["decisions"])),
        "ppe": draw(st.permutations(row["ppe"])),
        "best_path": draw(st.lists(objects.filter(lambda one: one != "nothing"), unique=True)),
        "minutes": draw(st.integers(6, 15)),
    }


@settings(max_examples=60)
@given(row=rows(), seed=seeds, mode=modes)
def test_the_best_run_of_any_course_has_full_marks(
    row: dict[str, Any], seed: int, mode: str
) -> None:
    course = read_course(resolved(row, seed=seed))
    judgement = judge(course, mode, best_actions(course, mode))

    assert (judgement.ended, judgement.score.score_ppm) == ("finished", 1_000_000)
    assert {one.verdict for one in judgement.score.parts if one.possible} == {"right"}


@settings(max_examples=40)
@given(seed=st.integers(0, 20), number=st.integers(1, 5))
def test_every_hint_lowers_the_score(seed: int, number: int) -> None:
    course = mini_course(seed)
    best = best_actions(course)
    hinted = [{"at_ms": 0, "kind": "hint"}] * number + best

    assert judge(course, "practice", hinted).score.score_ppm == 1_000_000 - number * 50_000


@settings(max_examples=40)
@given(seed=st.integers(0, 20), mode=modes, data=st.data())
def test_every_step_out_of_order_lowers_the_score(
    seed: int, mode: str, data: st.DataObject
) -> None:
    course = mini_course(seed)
    best = best_actions(course, mode)
    early = data.draw(st.sampled_from(["off", "lock"]))
    first = {"at_ms": 0, "kind": "step", "procedure": "lockout", "step": early}
    judgement = judge(course, mode, [first, *best])

    assert judgement.score.order_errors == 1
    assert judgement.score.earned == judgement.score.possible - 6
