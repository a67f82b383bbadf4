"""The second factor: one-time codes from an app (RFC 6238), each accepted once."""

import base64
import hashlib
import hmac

import qrcode
from flask_security import Totp
from flask_security.core import UserMixin
from flask_security.recovery_codes import MfRecoveryCodesUtil
from markupsafe import Markup
from passlib.totp import TotpMatch
from qrcode.image.svg import SvgPathFillImage
from sqlalchemy.orm import object_session

from psot.members.models import Member


def derived_key(secret_key: str, purpose: str) -> bytes:
    """Return 32 bytes for one ``purpose``, derived from the application's secret."""
    return hmac.digest(secret_key.encode(), f"psot:{purpose}".encode(), hashlib.sha256)


def totp_secrets(secret_key: str) -> dict[int, str]:
    """Return the keys that encrypt the members' secrets at rest."""
    return {1: base64.urlsafe_b64encode(derived_key(secret_key, "totp")).decode()}


def recovery_keys(secret_key: str) -> list[bytes]:
    """Return the keys that encrypt recovery codes at rest."""
    return [base64.urlsafe_b64encode(derived_key(secret_key, "recovery"))]


class OneTimeCodes(Totp):
    """Flask-Security's codes, with a memory: a code seen once is spent."""

    def get_last_counter(self, user: UserMixin) -> int | None:
        """Return the time step of the last code accepted from ``user``."""
        if not isinstance(user, Member):
            return None
        _hold(user, "tf_last_counter")
        return user.tf_last_counter

    def set_last_counter(self, user: UserMixin, tmatch: TotpMatch) -> None:
        """Remember the time step of the code just accepted."""
        if isinstance(user, Member):
            user.tf_last_counter = tmatch.counter

    def generate_qrcode(self, username: str, totp: str) -> str:
        """Return the code to scan as markup: part of the page, so that no image policy is bent."""
        made = qrcode.make(
            self.get_totp_uri(username, totp), image_factory=SvgPathFillImage, border=3
        )
        return Markup(made.to_string(encoding="unicode"))  # noqa: S704 - drawn by us from a code


class RecoveryCodes(MfRecoveryCodesUtil):
    """Flask-Security's recovery codes, each spent once however many try it at the same moment."""

    def check_recovery_code(self, user: UserMixin, code: str) -> bool:
        """Tell whether ``code`` is left; nobody else can spend one until this request is over."""
        _hold(user, "mf_recovery_codes")
        return super().check_recovery_code(user, code.strip().lower())


def _hold(user: UserMixin, column: str) -> None:
    """Read ``column`` anew and lock its row, so that two requests never spend the same code."""
    session = object_session(user)
    if session is not None:
        session.refresh(user, [column], with_for_update=True)
