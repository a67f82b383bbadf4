"""The replay of a race: a page with a moment, and its frames for the script."""

from typing import Any
from uuid import UUID

from flask import Response, jsonify, render_template, url_for

from psot.database import transaction
from psot.members.queries import current_member
from psot.races.values import RaceView
from psot.results import asked, picture, replays
from psot.results.access import need_lock, race_here, veiled
from psot.results.pages import blueprint
from psot.results.people import Person, people, somebody
from psot.results.words import point_name, region_names, team_name

SPEEDS = (1, 5, 10, 30, 60)
_KEPT_BY_BROWSERS_S = 300


@blueprint.get("/races/<uuid:race_id>/replay")
def replay(race_id: UUID) -> str:
    """Show the race at a moment; ``?t=`` is in seconds after the race's zero."""
    with transaction() as session:
        race = race_here(session, race_id)
        if not race.keys_open or veiled(race):
            return render_template("results/none_yet.html", race=race, veiled=veiled(race))
        viewer = current_member()
        everybody = people(session, race_id, viewer.id if viewer else None, [])
        tape = replays.tape(session, race)
    frame = replays.frame(tape, asked.whole("t", tape.last_ms // 1000 + 1) * 1000)
    return render_template(
        "results/replay.html",
        race=race,
        frame=_told(race, frame, everybody),
        frames=url_for("results.replay_frame", race_id=race_id),
        outline=picture.outline(),
        marks=picture.marks(race.rules.stations),
        loop=race.rules.penalty.kind.value == "loop",
        picture=picture,
        speeds=SPEEDS,
    )


@blueprint.get("/races/<uuid:race_id>/replay.json")
def replay_frame(race_id: UUID) -> Response:
    """Give the race at ``?until_ms=`` after its zero."""
    with transaction() as session:
        race = race_here(session, race_id)
        need_lock(race)
        viewer = current_member()
        everybody = people(session, race_id, viewer.id if viewer else None, [])
        tape = replays.tape(session, race)
    frame = replays.frame(tape, asked.whole("until_ms", tape.last_ms))
    response = jsonify(_told(race, frame, everybody))
    response.cache_control.private = True
    response.cache_control.max_age = _KEPT_BY_BROWSERS_S
    return response


def _told(race: RaceView, frame: dict[str, Any], everybody: dict[int, Person]) -> dict[str, Any]:
    """Return the part of a frame that is shown, in the reader's words."""
    own = [bib for bib, one in everybody.items() if one.own]
    part = replays.shown(frame, own)
    regions = region_names()
    for row in part["rows"]:
        who = somebody(everybody, row["bib"])
        row["name"] = team_name(row["team"]) if race.rules.relay else who.label
        row["region"] = who.label if race.rules.relay else regions.get(who.region, "")
        row["own"] = who.own
        row["at"] = point_name(row["point"]) if row["point"] else ""
    return part
