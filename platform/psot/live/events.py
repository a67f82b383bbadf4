"""One door for every event a client sends: name, policy, rate, schema, handler, in this order.

What is not registered, or has no line in `psot.policies.SOCKET_EVENTS`, is refused. The answer is
always an acknowledgement of one shape: ``{"ok": true, ...}`` or ``{"ok": false, "error": {...}}``.
"""

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import structlog
from flask_babel import force_locale
from flask_babel import lazy_gettext as _
from marshmallow import Schema, ValidationError

from psot.errors import Forbidden, Invalid, NotFound, PsotError, TooMany, Unauthenticated
from psot.live.buckets import Bucket, Rate
from psot.live.forms import Form
from psot.live.metrics import Metrics
from psot.live.visitor import Visitor
from psot.policies import Policy

USUAL = Rate(burst=20, per_s=5)
PATIENCE = Rate(burst=50, per_s=1)
"""How many refused events a connection may cause before it is cut."""

_log = structlog.get_logger()


@dataclass(kw_only=True)
class Connection:
    """One connected socket: who it is, what it watches, how much it has asked for."""

    sid: str
    visitor: Visitor
    boards: set[str] = field(default_factory=set)
    buckets: dict[str, Bucket] = field(default_factory=dict)
    patience: Bucket = field(default_factory=PATIENCE.full)


Answer = dict[str, Any]
Handler = Callable[[Connection, dict[str, Any]], Answer]


@dataclass(frozen=True, kw_only=True)
class Event:
    """An event clients may send: how often, in which shape, and who answers."""

    name: str
    schema: type[Schema]
    handler: Handler
    rate: Rate = USUAL

    @cached_property
    def form(self) -> Form:
        """The schema, made once: to make one takes longer than to read with it."""
        return Form(self.schema())


class Unpleasant(Exception):  # noqa: N818 - not an error of ours
    """The connection has used up its patience and is to be cut."""


class Events:
    """The events of an app, and the one way to answer them."""

    def __init__(
        self,
        policies: Mapping[str, Policy],
        metrics: Metrics,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._policies = policies
        self._metrics = metrics
        self._monotonic = monotonic
        self._events: dict[str, Event] = {}

    def register(self, event: Event) -> None:
        """Let clients send ``event``. Raises ValueError for a name that is taken."""
        if event.name in self._events:
            raise ValueError(f"socket event {event.name!r} is registered twice")
        self._events[event.name] = event

    def names(self) -> frozenset[str]:
        """Return the names of all registered events."""
        return frozenset(self._events)

    def answer(self, connection: Connection, name: str, arguments: tuple[Any, ...]) -> Answer:
        """Return the acknowledgement of an event. Raises Unpleasant after too many refusals."""
        started_s = self._monotonic()
        try:
            result = {"ok": True, **self._handle(connection, name, arguments, started_s)}
            outcome = "ok"
        except PsotError as error:
            self._lose_patience(connection, started_s)
            result, outcome = refusal(error, connection.visitor.language), error.code
        except Exception:  # noqa: BLE001 - a handler may raise anything, the client hears one shape
            _log.exception("socket_event_failed", name=name)
            fault = PsotError(_("Something went wrong on our side."))
            result, outcome = refusal(fault, connection.visitor.language), fault.code
        known = name if name in self._events else "unknown"
        self._metrics.answered(known, outcome, self._monotonic() - started_s)
        return result

    def _handle(
        self, connection: Connection, name: str, arguments: tuple[Any, ...], now_s: float
    ) -> Answer:
        event = self._events.get(name)
        policy = self._policies.get(name)
        if event is None or policy is None:
            raise NotFound(_("There is no such event."))
        require(connection.visitor, policy)
        bucket, wait_s = connection.buckets.get(name, event.rate.full()).take(now_s)
        connection.buckets[name] = bucket
        if wait_s:
            raise TooMany(_("Too often. Wait a little."), retry_after_s=math.ceil(wait_s))
        return event.handler(connection, _load(event.form, arguments))

    def _lose_patience(self, connection: Connection, now_s: float) -> None:
        connection.patience, wait_s = connection.patience.take(now_s)
        if wait_s:
            raise Unpleasant


def require(visitor: Visitor, policy: Policy) -> None:
    """Let ``visitor`` through ``policy``. Raises Unauthenticated or Forbidden."""
    reason = visitor.refusal(policy)
    if reason == "sign_in_required":
        raise Unauthenticated(_("Sign in to do this."))
    if reason:
        raise Forbidden(_("You may not do this."))


def refusal(error: PsotError, language: str) -> Answer:
    """Return the acknowledgement that tells ``error`` in ``language``."""
    with force_locale(language):
        told: dict[str, Any] = {"code": error.code, "message": str(error.message)}
    if isinstance(error, Invalid) and error.fields:
        told["fields"] = error.fields
    if isinstance(error, TooMany):
        told["retry_after_s"] = error.retry_after_s
    return {"ok": False, "error": told}


def _load(form: Form, arguments: tuple[Any, ...]) -> dict[str, Any]:
    payload = arguments[0] if arguments else {}
    if len(arguments) > 1 or not isinstance(payload, dict):
        raise Invalid(_("This does not fit."))
    try:
        return form.load(payload)
    except ValidationError as error:
        raise Invalid(_("This does not fit."), fields=_flat(error.messages_dict)) from error


def _flat(messages: Mapping[str, Any], path: str = "") -> dict[str, list[str]]:
    flat: dict[str, list[str]] = {}
    for name, told in messages.items():
        where = f"{path}{name}"
        if isinstance(told, Mapping):
            flat.update(_flat(told, f"{where}."))
        else:
            flat[where] = [str(one) for one in told]
    return flat
