"""The form of a token: ``psot_`` and 256 random bits. Kept is only its hash."""

import hashlib
import secrets

PREFIX = "psot_"
BYTES = 32


def mint() -> str:
    """Return a new token; nobody can guess it, so that its plain SHA-256 is safe to keep."""
    return PREFIX + secrets.token_urlsafe(BYTES)


def hash_of(token: str) -> bytes:
    """Return what is stored of ``token``."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()
