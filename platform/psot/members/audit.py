"""The security log: what happened to an account, by its id. Never an address, code or password."""

from typing import Any

import structlog
from flask import Flask
from flask_security.signals import (
    change_email_confirmed,
    password_changed,
    password_reset,
    tf_disabled,
    tf_profile_changed,
    user_authenticated,
    user_confirmed,
    user_failed_authn,
    user_registered,
    user_unauthenticated,
)

_log = structlog.get_logger("psot.security")

EVENTS = {
    user_registered: "member_registered",
    user_confirmed: "member_confirmed",
    user_authenticated: "signed_in",
    user_failed_authn: "sign_in_failed",
    password_changed: "password_changed",
    password_reset: "password_reset",
    change_email_confirmed: "address_changed",
    tf_profile_changed: "second_factor_set_up",
    tf_disabled: "second_factor_switched_off",
}


def install(app: Flask) -> None:
    """Write a line for every account event of ``app``."""
    for signal, name in EVENTS.items():
        signal.connect(_writer(name), sender=app, weak=False)
    user_unauthenticated.connect(_refused, sender=app, weak=False)


def _writer(name: str) -> Any:
    def write(_app: Flask, *, user: Any, **told: Any) -> None:
        how = told.get("authn_via") or told.get("auth_type") or told.get("method") or ""
        _log.info(name, member=str(user.id), how=how)

    return write


def _refused(_app: Flask, **_: Any) -> None:
    _log.info("sign_in_required")
