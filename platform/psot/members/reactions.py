"""What follows when Flask-Security says that something happened, in the same transaction."""

from typing import Any, cast

from flask import Flask, after_this_request, session
from flask_security.signals import (
    password_changed,
    password_reset,
    tf_disabled,
    tf_profile_changed,
    user_confirmed,
    user_registered,
)
from werkzeug.wrappers import Response

from psot.members import arrival_mark, consents, operations, sessions
from psot.members.accounts import accounts
from psot.members.models import Member


def install(app: Flask) -> None:
    """Listen to the account signals of ``app``."""
    for signal, react in (
        (user_registered, _registered),
        (user_confirmed, _confirmed),
        (password_changed, _password_new),
        (password_reset, _password_new),
        (tf_profile_changed, _second_factor_new),
        (tf_disabled, _second_factor_new),
    ):
        signal.connect(react, sender=app, weak=False)


def _registered(_app: Flask, *, user: Member, form_data: dict[str, Any], **_: Any) -> None:
    rows = accounts().session
    arrival_mark.settle(user)
    rows.flush()
    for purpose in consents.PURPOSES:
        if form_data.get(f"consent_{purpose}"):
            consents.give(rows, user, purpose, user.language)


def _confirmed(_app: Flask, *, user: Member, **_: Any) -> None:
    operations.confirm(accounts().session, user)


def _password_new(_app: Flask, *, user: Member, **_: Any) -> None:
    """End every other session; this one gets a new id by itself."""
    rows = accounts().session
    ended = operations.end_sessions(rows, user.id, keep=sessions.current_key())

    @after_this_request
    def announce(response: Response) -> Response:
        accounts().session.commit()
        sessions.announce(ended)
        return response


def _second_factor_new(_app: Flask, *, user: Member, **_: Any) -> None:
    """Another second factor: this session goes on under a new id, the others end."""
    if user.tf_totp_secret is None:
        user.tf_last_counter = None
    cast("sessions.HouseSession", session._get_current_object()).rotate()  # type: ignore[attr-defined]  # noqa: SLF001 - the proxy's documented way out
    _password_new(_app, user=user)
