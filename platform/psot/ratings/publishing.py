"""Publishing a set of rules for the seasons to come."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import text
from sqlalchemy.orm import Session

from events.rating import RulesPublished
from psot.ledger import append
from psot.ratings.errors import BadRules
from psot.ratings.rulesets import FIRST_OWN
from scoring.rating import BOUNDS, PARAMETERS, Fault, faults, figures_of

LONGEST_REASON = 500

_LAST = text(
    "SELECT data FROM ledger_facts WHERE type = :type"
    " ORDER BY CAST(data ->> 'version' AS int) DESC LIMIT 1"
)
_LOCK = text("SELECT pg_advisory_xact_lock(hashtext('psot.ratings.publish_rules'))")

Changes = Mapping[str, int | Sequence[int]]
"""New values of some parameters by their names; the others stay as they are."""


def publish(session: Session, changes: Changes, reason: str, now: datetime) -> int:
    """Publish the newest set with ``changes``; returns its version.

    No season changes by it: it holds for a season that is opened with it. Raises BadRules.
    """
    session.execute(_LOCK)
    last = session.execute(_LAST, {"type": RulesPublished.type}).scalar()
    before: dict[str, tuple[int, ...]] = (
        {name: tuple(one) for name, one in last["parameters"].items()}
        if last
        else figures_of(PARAMETERS[max(PARAMETERS)])
    )
    figures = before | {
        name: (one,) if isinstance(one, int) else tuple(one) for name, one in changes.items()
    }
    reason = reason.strip()
    wrong = mistakes(figures)
    if not 0 < len(reason) <= LONGEST_REASON:
        wrong["reason"] = [_("Say why, in at most %(count)d characters.", count=LONGEST_REASON)]
    if figures == before:
        wrong["changes"] = [_("Nothing differs from the rules that hold.")]
    if wrong:
        fields = {name: [str(one) for one in said] for name, said in wrong.items()}
        raise BadRules(_("These rules cannot be published."), fields=fields)
    version = last["version"] + 1 if last else FIRST_OWN
    fact = RulesPublished(version=version, parameters=figures, reason=reason)
    append(session, fact, key=str(version), occurred_at=now)
    return version


def mistakes(figures: Mapping[str, Sequence[int]]) -> dict[str, list[Any]]:
    """Return what is wrong with each of ``figures``, as sentences for the reader."""
    return {name: [_said(name, fault)] for name, fault in faults(figures).items()}


def _said(name: str, fault: Fault) -> Any:
    bounds = BOUNDS.get(name)
    least, most, count = (bounds.least, bounds.most, bounds.count) if bounds else (0, 0, 0)
    sentences = {
        Fault.UNKNOWN: _("There is no such parameter."),
        Fault.COUNT: _("%(count)d whole numbers are needed.", count=count),
        Fault.RANGE: _("From %(least)d to %(most)d.", least=least, most=most),
        Fault.ASCENDING: _("Each edge is higher than the one before."),
        Fault.SUM: _("The shares make 100 % together."),
        Fault.CROSSED: _("The lower limit lies above the upper one."),
    }
    return sentences[fault]
