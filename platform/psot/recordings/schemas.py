"""What a player tells, in the vocabulary of the xAPI video profile.

Names and units are the profile's: seconds of media time, ``played-segments`` as text. One thing is
narrower: each report holds what was played *since the last one*, so that it can be judged by the
time that has passed. Their union is the profile's ``played-segments`` of the session.
"""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validate

from psot.recordings.errors import BadReport
from scoring.watch import BadSegments, Span, read_segments

VERBS = ("played", "paused", "seeked", "completed", "terminated")
"""Verbs of the profile that come with a report; ``initialized`` opens a viewing."""
MOST_REPORTS = 100_000
LONGEST_S = 100_000
_SPEED = re.compile(r"(\d{1,2})(?:\.(\d{1,2}))?x", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Told:
    """A report of a player: what it says was played, and where it stands."""

    verb: str
    number: int
    viewing: UUID
    played: tuple[Span, ...]
    speed_permille: int
    place_ms: int
    length_ms: int


class Segments(fields.String):
    """``played-segments`` as spans in the order played."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        try:
            return tuple(read_segments(super()._deserialize(value, attr, data, **kwargs)))
        except BadSegments as error:
            raise ValidationError(str(error)) from error


class Speed(fields.String):
    """``speed`` such as ``1.25x``, as permille."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        found = _SPEED.fullmatch(super()._deserialize(value, attr, data, **kwargs))
        permille = int(found[1]) * 1000 + int((found[2] or "").ljust(3, "0")) if found else 0
        if permille <= 0:
            raise ValidationError("no speed")
        return permille


def _seconds(**more: Any) -> fields.Float:
    return fields.Float(
        allow_nan=False,
        validate=validate.Range(min=0, max=LONGEST_S),
        **({"required": True} | more),
    )


class ReportSchema(Schema):
    """One report; what is not named here is refused."""

    verb = fields.String(required=True, validate=validate.OneOf(VERBS))
    number = fields.Integer(
        required=True, strict=True, validate=validate.Range(min=1, max=MOST_REPORTS)
    )
    viewing = fields.UUID(required=True, data_key="session-id")
    played = Segments(required=True, data_key="played-segments")
    speed_permille = Speed(required=True, data_key="speed")
    time_s = _seconds(data_key="time")
    time_from_s = _seconds(data_key="time-from", required=False)
    time_to_s = _seconds(data_key="time-to", required=False)
    length_s = _seconds(data_key="length")
    progress = fields.Float(required=False, allow_nan=False, validate=validate.Range(min=0, max=1))

    @post_load
    def told(self, data: dict[str, Any], **_kwargs: Any) -> Told:
        """Return the report in whole milliseconds."""
        return Told(
            verb=data["verb"],
            number=data["number"],
            viewing=data["viewing"],
            played=data["played"],
            speed_permille=data["speed_permille"],
            place_ms=round(data["time_s"] * 1000),
            length_ms=round(data["length_s"] * 1000),
        )


_REPORT = ReportSchema(unknown=RAISE)


def read_report(body: Any) -> Told:
    """Return the report in a request's JSON ``body``; raises BadReport naming the fields."""
    try:
        told: Told = _REPORT.load(body)
    except ValidationError as error:
        wrong = error.messages if isinstance(error.messages, dict) else {}
        raise BadReport(_("This is no report of a player."), fields=wrong) from error
    return told
