"""The draws of a race: which questions a racer meets and in which order the options stand.

Everything comes from HMAC-SHA-256 of the race's secret, so that nobody can know a draw before the
secret is revealed, and anybody can repeat it afterwards.
"""

import hashlib
import hmac
from collections.abc import Callable, Collection, Iterable, Sequence

SHOWN_DIGITS = 16


def lot(secret: bytes, *words: object) -> str:
    """Return the lot of ``words``: HMAC-SHA-256 of them joined by colons, in hexadecimal digits.

    >>> lot(b"secret", "question", 7, "legislation-01")[:8]
    '0cf69feb'
    """
    *first, last = (str(one) for one in words)
    return lots(secret, *first)(last)


def lots(secret: bytes, *words: object) -> Callable[[str], str]:
    """Return what gives the lot of ``words`` and one more: for many draws that begin alike.

    >>> lots(b"secret", "question", 7)("legislation-01") == lot(
    ...     b"secret", "question", 7, "legislation-01"
    ... )
    True
    """
    # The key and the common beginning are worked in once: most of what a lot costs.
    begun = hmac.new(secret, "".join(f"{one}:" for one in words).encode(), hashlib.sha256)

    def drawn(last: str) -> str:
        one = begun.copy()
        one.update(last.encode())
        return one.hexdigest()

    return drawn


def order(secret: bytes, bib: int, questions: Iterable[str]) -> list[str]:
    """Return the questions of a pool in the order in which the racer ``bib`` meets them."""
    return sorted(questions, key=lots(secret, "question", bib))


def following(
    secret: bytes, bib: int, questions: Collection[str], met: Collection[str]
) -> str | None:
    """Return the next question for ``bib``: the first of the own order not ``met`` before.

    Where all were met it begins again; None only for an empty pool.
    """
    return following_in(order(secret, bib, questions), met)


def following_in(drawn: Sequence[str], met: Collection[str]) -> str | None:
    """Return the question that `following` names, for whoever keeps the racer's own order."""
    fresh = (one for one in drawn if one not in met)
    return next(fresh, drawn[0] if drawn else None)


def options(secret: bytes, bib: int, task: int, ids: Iterable[str]) -> list[tuple[str, str]]:
    """Return (shown id, option id) in shown order: ids tell nothing and differ for every racer."""
    drawn = lots(secret, "option", bib, task)
    return sorted((drawn(one)[:SHOWN_DIGITS], one) for one in ids)


def place(secret: bytes, member: object) -> str:
    """Return the lot by which the start list is ordered."""
    return lot(secret, "start", member)
