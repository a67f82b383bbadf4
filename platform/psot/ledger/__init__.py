"""The ledger: facts are appended with the state they tell of, and delivered until they are done."""

from psot.ledger.append import (
    Appending,
    KeyConflict,
    Ledger,
    Recorded,
    append,
    append_all,
    append_many,
)
from psot.ledger.projection import Catalogue, Projection

__all__ = [
    "Appending",
    "Catalogue",
    "KeyConflict",
    "Ledger",
    "Projection",
    "Recorded",
    "append",
    "append_all",
    "append_many",
]
