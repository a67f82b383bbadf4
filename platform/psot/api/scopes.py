"""What a token may be made for: one table. A token never does more than its member may."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext

READ, ANSWER, OPERATE = "read", "answer", "operate"


@dataclass(frozen=True, kw_only=True)
class Scope:
    """One row: its ``name``, what it allows in words, and the roles that may ask for it."""

    name: str
    label: Any
    roles: frozenset[str] = frozenset()


SCOPES = (
    Scope(name=READ, label=lazy_gettext("Read: my account, my attempts, my rating")),
    Scope(name=ANSWER, label=lazy_gettext("Answer: start quizzes and answer questions as me")),
    Scope(
        name=OPERATE,
        label=lazy_gettext(
            "Operate: read the ledger's state and anybody's practice, replay dead letters"
        ),
        roles=frozenset({"organizer", "administrator"}),
    ),
)


def offered(roles: Iterable[str]) -> tuple[Scope, ...]:
    """Return the scopes that a member with ``roles`` may give to a token."""
    held = frozenset(roles)
    return tuple(one for one in SCOPES if not one.roles or one.roles & held)
