"""Seats: a token that the racer's page keeps, and its hash, which is all that is kept here."""

import hashlib
import secrets


def new_seat() -> tuple[str, str]:
    """Return a seat's token, and the hash that is kept of it."""
    seat = secrets.token_urlsafe(24)
    return seat, _hash(seat)


def fits(seat: str, seat_sha256: str) -> bool:
    """Tell whether ``seat`` is the token of the hash; no time that it takes says how near it is."""
    return secrets.compare_digest(_hash(seat), seat_sha256)


def _hash(seat: str) -> str:
    return hashlib.sha256(seat.encode()).hexdigest()
