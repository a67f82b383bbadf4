"""Places over the weeks: one's own, and those of members whose name is public."""

from collections.abc import Sequence
from uuid import UUID

from flask import abort, render_template, request
from flask_babel import lazy_gettext

from psot.database import transaction
from psot.members.boards import named_member
from psot.members.queries import PublicName, current_member
from psot.rankings.chart import chart
from psot.rankings.errors import NoHistory
from psot.rankings.pages import blueprint
from psot.rankings.queries import Week, weeks_of
from psot.ratings.rules import season_named


@blueprint.get("/ratings/me/history")
def own_history() -> str:
    """Show the own places, week by week: whoever opens this page asks for them."""
    viewer = current_member()
    if viewer is None:  # the door lets members only in; this is its second bolt
        abort(401)
    return _history(viewer.id, None)


@blueprint.get("/ratings/members/<int:number>")
def history(number: int) -> str:
    """Show the places of a member who stands on boards under the own name; nobody else's."""
    with transaction() as session:
        found = named_member(session, number)
    if found is None:
        raise NoHistory(
            lazy_gettext("There is no member whose places are for others here."),
            subject=str(number),
        )
    member, who = found
    return _history(member, who)


def _history(member: UUID, who: PublicName | None) -> str:
    with transaction() as session:
        noted = weeks_of(session, member)
    seasons = sorted({one.season for one in noted}, reverse=True)
    asked = request.args.get("season", "")
    season = asked if asked in seasons else next(iter(seasons), "")
    weeks = _of_season(noted, season)
    return render_template(
        "rankings/history.html",
        who=who,
        seasons=seasons,
        season=season,
        weeks=weeks,
        chart=chart(weeks, season_named(season).weeks) if weeks else None,
    )


def _of_season(noted: Sequence[Week], season: str) -> list[Week]:
    return [one for one in noted if one.season == season]
