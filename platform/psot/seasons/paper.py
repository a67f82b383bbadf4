"""The closing protocol on paper: the regions, the first members, and the hash on every page."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext

from psot.results.exports.pdf_file import Cover
from psot.results.exports.pdf_file import write as print_table
from psot.results.exports.table import Cell, Table
from psot.seasons.protocol import Protocol
from psot.seasons.queries import Place
from psot.shell.formats import moment, number
from scoring.rating import points

SHARE_DIGITS = 3
PPB = 1_000_000_000


def write(
    sealed: Protocol,
    closed_at: datetime,
    leaders: Sequence[Place],
    region_names: Mapping[str, str],
    address: str,
) -> bytes:
    """Return the protocol of a season as a PDF: its regions by place, names by today's consent."""
    told = sealed.document
    cover = Cover(
        title=gettext("Season %(name)s: closing protocol", name=told["season"]),
        lines=(
            gettext(
                "Closed %(moment)s, rules %(rules)s, ledger up to entry %(seq)s",
                moment=moment(closed_at),
                rules=told["rules"]["version"],
                seq=number(told["ledger_seq"]),
            ),
            gettext("Members with a place: %(members)s", members=number(sealed.members)),
            gettext("First members: %(names)s", names=", ".join(_leader(one) for one in leaders)),
            gettext("How to check it: %(address)s", address=address),
        ),
        foot=f"SHA-256 {sealed.sha256}",
    )
    return print_table(_regions(told["regions"], region_names), cover)


def place_word(place: Mapping[str, int]) -> str:
    """Return a place, or the places that several regions share.

    >>> place_word({"first": 3, "last": 5}), place_word({"first": 1, "last": 1})
    ('3–5', '1')
    """
    first, last = place["first"], place["last"]
    return str(first) if first == last else f"{first}–{last}"


def _leader(one: Place) -> str:
    return f"{one.place}. {one.who} ({number(one.points)})"


def _interval(interval: Mapping[str, int]) -> str:
    low, high = points(interval["low_milli"]), points(interval["high_milli"])
    return f"{number(low)}–{number(high)}"


def _regions(regions: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            place_word(one["place"]),
            names.get(one["region"], one["region"]),
            number(points(one["score_milli"])),
            _interval(one["interval"]),
            number(one["activity_ppb"] / PPB, SHARE_DIGITS),
            number(one["effectiveness_ppb"] / PPB, SHARE_DIGITS),
            number(one["sums"]["members"]),
            number(one["sums"]["active"]),
        )
        for one in regions
    ]
    head = (
        gettext("Place"),
        gettext("Region"),
        gettext("Score"),
        gettext("Likely interval"),
        gettext("Activity"),
        gettext("Effectiveness"),
        gettext("Roster"),
        gettext("Active"),
    )
    return Table(title=gettext("Regions"), head=head, rows=tuple(rows), wide=frozenset({1}))
