"""The words of the jury: its cases and decisions, the audit log, checks of the proof, evidence."""

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import gettext, lazy_gettext, lazy_pgettext

from psot.jury.terms import Kind, Terms
from psot.jury.values import CaseView
from psot.standings.words import clock

CASES: Final[dict[str, Any]] = {
    "too_fast": lazy_gettext("Answers faster than reading"),
    "too_regular": lazy_gettext("Answer times too much alike"),
    "same_wrong": lazy_gettext("The same wrong answers, one after the other"),
    "contradicted": lazy_gettext("Other answers sent after the first"),
    "late": lazy_gettext("Answers that arrived late"),
    "focus_lost": lazy_gettext("Often away from the page"),
    "outage": lazy_gettext("The service did not answer"),
}
ABOUT: Final[dict[str, Any]] = {
    "too_fast": lazy_gettext(
        "Right answers sooner than 1.2 s after the question was shown, or than a fifth of the time"
        " that half of the field needed. Three of them make a case; one or two can be luck."
    ),
    "too_regular": lazy_gettext(
        "Ten answers or more, and their times differ by less than eight per cent of their mean."
        " People are not so even."
    ),
    "same_wrong": lazy_gettext(
        "Two racers chose the same wrong options at least three times, the one always about as long"
        " after the other."
    ),
    "contradicted": lazy_gettext(
        "The first answer stood, the other was refused. It may be a second tab or somebody else's"
        " hand."
    ),
    "late": lazy_gettext(
        "They count as misses. Compare the delay with the racer's connection and with outages."
    ),
    "focus_lost": lazy_gettext(
        "The page lost the focus at least five times: a message, a call, or a search."
    ),
    "outage": lazy_gettext(
        "Every deadline it touched was extended by itself. Time on the course was lost as well; the"
        " proposal gives it back."
    ),
}
KINDS: Final[dict[Kind, Any]] = {
    Kind.VOID: lazy_gettext("Void a question"),
    Kind.ADJUST: lazy_gettext("Adjust times"),
    Kind.DISQUALIFY: lazy_gettext("Disqualify"),
    Kind.REINSTATE: lazy_gettext("Reinstate"),
}
STATES: Final[dict[str, Any]] = {
    "staged": lazy_pgettext("decision", "staged"),
    "applied": lazy_pgettext("decision", "in force"),
    "dropped": lazy_pgettext("decision", "dropped"),
    "undone": lazy_pgettext("decision", "undone"),
}
TONES: Final[dict[str, str]] = {"staged": "warn", "applied": "good", "dropped": "", "undone": ""}
AUDIT: Final[dict[str, Any]] = {
    "started": lazy_gettext("The race started"),
    "locked": lazy_gettext("The race was locked"),
    "provisional": lazy_gettext("Provisional protocol published"),
    "official": lazy_gettext("Official protocol published"),
    "case_opened": lazy_gettext("Case opened"),
    "case_closed": lazy_gettext("Case closed"),
    "protest_lodged": lazy_gettext("Protest lodged"),
    "protest_upheld": lazy_gettext("Protest upheld"),
    "protest_refused": lazy_gettext("Protest not upheld"),
    "decision_staged": lazy_gettext("Decision staged"),
    "decision_applied": lazy_gettext("Decision applied"),
    "decision_dropped": lazy_gettext("Decision dropped"),
    "decision_undone": lazy_gettext("Decision undone"),
}
CHECKS: Final[dict[str, Any]] = {
    "protocol provisional": lazy_gettext("The provisional protocol has its hash"),
    "commitment in protocol provisional": lazy_gettext(
        "The provisional protocol names the commitment"
    ),
    "protocol official": lazy_gettext("The official protocol has its hash"),
    "commitment in protocol official": lazy_gettext("The official protocol names the commitment"),
    "secret": lazy_gettext("The secret of the draws has its hash"),
    "questions": lazy_gettext("The set of questions has its hash"),
    "rules": lazy_gettext("The rules have their hash"),
    "questions drawn": lazy_gettext("The next question of a racer is the one that was drawn"),
    "options drawn": lazy_gettext("The options stood in the order that was drawn"),
}


def seconds(ms: int) -> str:
    """Write a span in seconds with a sign where it is taken off or added to a time.

    >>> seconds(-4500), seconds(250)
    ('−4.5', '+0.25')
    """
    sign = "−" if ms < 0 else "+"
    return f"{sign}{abs(ms) / 1000:g}"


def deed(terms: Terms) -> str:
    """Return what a decision does, in one line."""
    if terms.kind is Kind.VOID:
        return str(gettext("Void the question %(question)s", question=terms.question))
    if terms.kind is Kind.ADJUST:
        told = ", ".join(f"№ {bib} {seconds(ms)}" for bib, ms in terms.ms.items())
        return str(gettext("Adjust times, in seconds: %(told)s", told=told))
    bibs = ", ".join(str(one) for one in terms.bibs)
    if terms.kind is Kind.DISQUALIFY:
        return str(gettext("Disqualify: %(bibs)s", bibs=bibs))
    return str(gettext("Reinstate: %(bibs)s", bibs=bibs))


def evidence(case: CaseView) -> list[str]:
    """Return the evidence of a case, line by line."""
    found = case.evidence
    if case.kind == "too_regular":
        told = gettext(
            "%(answers)d answers, %(mean)s s on the average, spread %(spread)s s",
            answers=found["answers"],
            mean=f"{found['mean_ms'] / 1000:g}",
            spread=f"{found['spread_ms'] / 1000:g}",
        )
    elif case.kind == "focus_lost":
        told = gettext("%(times)d times", times=found["times"])
    elif case.kind == "outage":
        told = gettext(
            "From %(start)s to %(end)s of the race; on the course: %(bibs)s",
            start=clock(found["from_ms"]),
            end=clock(found["until_ms"]),
            bibs=", ".join(f"№ {bib}" for bib in found["lost_ms"]),
        )
    else:
        return [_task(case.kind, one) for one in found["tasks"]]
    return [str(told)]


def _task(kind: str, one: Mapping[str, Any]) -> str:
    if kind == "too_fast":
        told = gettext(
            "Task %(task)d: %(response)s s, the bound is %(bound)s s",
            task=one["task"],
            response=f"{one['response_ms'] / 1000:g}",
            bound=f"{one['bound_ms'] / 1000:g}",
        )
    elif kind == "late":
        told = gettext(
            "Task %(task)d: late by %(late)s s", task=one["task"], late=f"{one['late_ms'] / 1000:g}"
        )
    elif kind == "contradicted":
        told = gettext("Task %(task)d: %(times)d times", task=one["task"], times=one["times"])
    else:
        first, second = one["tasks"]
        told = gettext(
            "%(question)s: tasks %(first)d and %(second)d, %(lag)s s apart",
            question=one["question"],
            first=first,
            second=second,
            lag=f"{abs(one['lag_ms']) / 1000:g}",
        )
    return str(told)
