"""What every parameter of the rating is called, what it means, and in what it is measured."""

from dataclasses import dataclass
from typing import Any, Final

from flask_babel import lazy_gettext as _


@dataclass(frozen=True, kw_only=True)
class Words:
    """A parameter in the reader's words."""

    label: Any
    meaning: Any
    unit: Any


_MINUTES = _("minutes")
_WEEKS = _("weeks")
_ANSWERS = _("first attempts")
_MEMBERS = _("members")
_PPM = _("millionths, 500000 is one half")
_PERCENT = _("percent")

PARAMETERS: Final[dict[str, Words]] = {
    "weeks": Words(
        label=_("Weeks of a season"),
        meaning=_("A quarter has thirteen; the calendar cannot be changed."),
        unit=_WEEKS,
    ),
    "best_weeks": Words(
        label=_("Best weeks"),
        meaning=_("So many of a member's best weeks count; the others may be missed."),
        unit=_WEEKS,
    ),
    "full_week_min": Words(
        label=_("Full week"),
        meaning=_("Credited minutes that make a week full; more earns nothing."),
        unit=_MINUTES,
    ),
    "minutes_per_question": Words(
        label=_("For a question"),
        meaning=_("Credited for a question answered for the first time with effort."),
        unit=_MINUTES,
    ),
    "rushed_below_percent": Words(
        label=_("Rushed answer"),
        meaning=_("An answer faster than this share of the usual time earns no minutes."),
        unit=_PERCENT,
    ),
    "minutes_per_approved_question": Words(
        label=_("For an approved question"),
        meaning=_("Credited for a question of one's own that an editor approved."),
        unit=_MINUTES,
    ),
    "minutes_per_accepted_answer": Words(
        label=_("For an accepted answer"),
        meaning=_("Credited for an answer to a colleague that an expert accepted."),
        unit=_MINUTES,
    ),
    "contributions_per_week": Words(
        label=_("Contributions a week"),
        meaning=_("So many approved questions, and as many accepted answers, count in a week."),
        unit=_("pieces"),
    ),
    "prior_weight": Words(
        label=_("Pull to the mean"),
        meaning=_("Few answers are pulled to the season's mean as if so many stood at it."),
        unit=_ANSWERS,
    ),
    "base_weight_ppm": Words(
        label=_("Least weight of a question"),
        meaning=_("Weight of a question everybody gets right; the share of wrong ones is added."),
        unit=_PPM,
    ),
    "unknown_facility_ppm": Words(
        label=_("Difficulty not known yet"),
        meaning=_("Share of right answers assumed until a question is calibrated."),
        unit=_PPM,
    ),
    "facility_ceiling_ppm": Words(
        label=_("Too easy above"),
        meaning=_("A question with a higher share of right answers leaves effectiveness."),
        unit=_PPM,
    ),
    "initial_mean_ppm": Words(
        label=_("Mean of the first season"),
        meaning=_("Mean score assumed until the first calibration."),
        unit=_PPM,
    ),
    "calibration_min_attempts": Words(
        label=_("Answers for a calibration"),
        meaning=_("First answers that a question needs before its difficulty is believed."),
        unit=_ANSWERS,
    ),
    "region_prior_members": Words(
        label=_("Average members of a region"),
        meaning=_("Added to every region, so that a small one is not decided by luck."),
        unit=_MEMBERS,
    ),
    "region_min_attempts": Words(
        label=_("Answers for a region"),
        meaning=_("From so many first answers on a member counts for the region's effectiveness."),
        unit=_ANSWERS,
    ),
    "small_region_below": Words(
        label=_("Small region below"),
        meaning=_("Regions with fewer members play in the league of small ones."),
        unit=_MEMBERS,
    ),
    "large_region_above": Words(
        label=_("Large region above"),
        meaning=_("Regions with more members play in the league of large ones."),
        unit=_MEMBERS,
    ),
    "league_edges_percent": Words(
        label=_("Edges of the leagues"),
        meaning=_("Lower edges of the first four leagues, counted from the top."),
        unit=_PERCENT,
    ),
    "career_percent": Words(
        label=_("Shares of the career"),
        meaning=_("What this season, the last one and the one before count."),
        unit=_PERCENT,
    ),
}
