"""The own rating to take along: a table of everything that counted, and the whole derivation."""

import json
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from psot.ratings.derivations import AnswerLine, Opened
from psot.ratings.diary import Item
from psot.ratings.queries import MemberRating, OpenSeason
from psot.shell.spreadsheets import Cell

PPM = 1_000_000


def table(season: OpenSeason, told: Sequence[Item]) -> tuple[list[str], list[list[Cell]]]:
    """Return the head and the rows of everything that counted, the latest first."""
    head = [
        _("Season"),
        _("Week"),
        _("Moment (UTC)"),
        _("What"),
        _("Where"),
        _("Minutes"),
        _("Seconds watched"),
        _("Score"),
        _("Right in the community"),
        _("Weight"),
        _("Facts"),
    ]
    return head, [
        [
            season.name,
            one.week + 1,
            one.at.strftime("%Y-%m-%d %H:%M:%S") if one.at else None,
            one.title,
            one.note or None,
            one.minutes,
            one.watched_s or None,
            *_figures(one.answer),
            " ".join(str(seq) for seq in one.seqs),
        ]
        for one in told
    ]


def document(season: OpenSeason, rating: MemberRating, opened: Opened, told: Sequence[Item]) -> str:
    """Return the derivation as JSON: exact integers, so that anybody can count it again."""
    made = opened.derivation
    return json.dumps(
        {
            "season": season.name,
            "rules": made.parameters,
            "weeks_elapsed": opened.weeks_elapsed,
            "weeks_averaged": made.weeks_averaged,
            "full_week_min": season.parameters.full_week_min,
            "mean_ppb": made.mean_ppb,
            "prior_weight": made.prior_weight,
            "rating_milli": rating.rating_milli,
            "activity_ppb": made.activity_ppb,
            "effectiveness_ppb": made.effectiveness_ppb,
            "weeks": [
                {
                    "week": one.index + 1,
                    "minutes": str(one.minutes),
                    "share_ppb": one.share_ppb,
                    "counted": one.counted,
                }
                for one in made.weeks
            ],
            "items": [_item(one) for one in told],
        },
        ensure_ascii=False,
        indent=1,
    )


def _item(one: Item) -> dict[str, Any]:
    told: dict[str, Any] = {
        "kind": one.kind,
        "week": one.week + 1,
        "at": one.at.isoformat() if one.at else None,
        "title": one.title,
        "path": one.path,
        "minutes": one.minutes,
        "watched_s": one.watched_s,
        "facts": list(one.seqs),
    }
    answer = one.answer
    if answer is not None:
        told["answer"] = {
            "question": answer.question,
            "version": answer.version,
            "score_ppm": answer.score_ppm,
            "facility_ppm": answer.facility_ppm,
            "weight_ppm": answer.weight_ppm,
        }
    return told


def _figures(answer: AnswerLine | None) -> tuple[float | None, float | None, float | None]:
    if answer is None:
        return None, None, None
    known = answer.facility_ppm
    return (
        answer.score_ppm / PPM,
        None if known is None else known / PPM,
        answer.weight_ppm / PPM,
    )
