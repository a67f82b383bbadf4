"""My race: own data only, and no key before the lock."""

from uuid import UUID

from flask import render_template

from psot.database import transaction
from psot.learning.queries import content_language
from psot.library import queries as library
from psot.results.access import me, race_here, veiled
from psot.results.mine import my_race
from psot.results.pages import blueprint


@blueprint.get("/races/<uuid:race_id>/mine")
def mine(race_id: UUID) -> str:
    """Show the reader's own race, every task with its key, once the race is locked."""
    viewer = me()
    with transaction() as session:
        race = race_here(session, race_id)
        found = my_race(session, race, viewer.id) if race.keys_open else None
        topics = library.topics(session)
        language = content_language(session)
    if found is None:
        return render_template("results/mine_not.html", race=race)
    return render_template(
        "results/mine.html",
        race=race,
        found=found,
        veiled=veiled(race),
        topics=topics,
        content_language=language,
    )
