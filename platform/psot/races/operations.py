"""Every write to a race. Operations take the caller's session and never commit.

Each belongs to a module of its own kind; what a race tells the ledger is told in the transaction
of the change.
"""

from psot.races.creating import copy, create, edit, set_classes, set_pools
from psot.races.legs import end_leg, open_leg
from psot.races.life import enter_stage, set_frozen
from psot.races.practice import start_practice
from psot.races.registering import grant_time, register, withdraw
from psot.races.rows import count_told

__all__ = [
    "copy",
    "count_told",
    "create",
    "edit",
    "end_leg",
    "enter_stage",
    "grant_time",
    "open_leg",
    "register",
    "set_classes",
    "set_frozen",
    "set_pools",
    "start_practice",
    "withdraw",
]
