"""What happened: the frozen vocabulary of facts, their wire form and their versions.

A fact is named in the past tense and carries its version in its name. Its JSON shape is frozen in
``events/schemas/``; a new shape is a new version and one upcast. Personal data stays out: a member
is a random id.
"""

from events import (
    community,
    competition,
    learning,
    library,
    member,
    race,
    rating,
    reading,
    recording,
    study,
    workplace,
)  # every fact is declared by its module
from events.base import CATALOGUE, Fact, FactType, fact, names_of
from events.codec import MalformedFact, UnknownFact, dump, load, recall

__all__ = [
    "CATALOGUE",
    "Fact",
    "FactType",
    "MalformedFact",
    "UnknownFact",
    "community",
    "competition",
    "dump",
    "fact",
    "learning",
    "library",
    "load",
    "member",
    "names_of",
    "race",
    "rating",
    "reading",
    "recall",
    "recording",
    "study",
    "workplace",
]
