"""Scenarios of the virtual workplace: reading, checking, and what may be shown of them."""

import content.quiz  # noqa: F401 - first of all, for its loader reads scenarios too
from content.scenarios.kit import CONTROLS, HAZARD_KINDS, kit, usual_states
from content.scenarios.problems import known_in, problems
from content.scenarios.props import prop_faults
from content.scenarios.public import TASKS, public, task
from content.scenarios.reading import (
    load_scenarios,
    parse_scenario,
    read_scenarios,
    write_scenario,
)
from content.scenarios.resolved import resolved
from content.scenarios.scenario import Scenario, norms_of, read_scenario
from content.scenarios.telling import told

__all__ = [
    "CONTROLS",
    "HAZARD_KINDS",
    "TASKS",
    "Scenario",
    "kit",
    "known_in",
    "load_scenarios",
    "norms_of",
    "parse_scenario",
    "problems",
    "prop_faults",
    "public",
    "read_scenario",
    "read_scenarios",
    "resolved",
    "task",
    "told",
    "usual_states",
    "write_scenario",
]
