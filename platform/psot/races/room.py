"""What races bring into the app."""

from flask import Flask, current_app
from flask_babel import gettext

from psot import shell
from psot.database import transaction
from psot.members.queries import current_member
from psot.races import listing, pages
from psot.races.desk import classes, door, editing, entries, overview, tasks
from psot.races.desk.closing import closes_by
from psot.races.listing import NOW, Wanted
from psot.races.stages import Stage
from psot.shell.navigation import exists

# Importing the desk's pages puts them on its blueprint.
__all__ = ["classes", "closes_by", "editing", "entries", "install", "overview", "tasks"]


def install(app: Flask) -> None:
    """Bring the pages of races and of the organizer's desk, and what the first page says."""
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(door.blueprint)
    shell.show(app, steps=_steps)


def _steps() -> list[shell.Step]:
    """Propose the race one is in, else one to watch, else one to register for."""
    viewer = current_member()
    member = viewer.id if viewer else None
    wanted = Wanted(members=viewer is not None)
    with transaction() as session:
        now_on = listing.listed(session, wanted, NOW, member=member, limit=20)
        open_ = (
            []
            if now_on
            else listing.listed(session, wanted, {Stage.REGISTRATION}, member=member, limit=20)
        )
    own = next((one for one in now_on if one.bib), None)
    if own is not None:
        path, title, icon = f"/races/{own.race.id}/run", gettext("To your race"), "target"
        return [_step(own.race.title, path, f"/races/{own.race.id}", title, icon)]
    if now_on:
        one = now_on[0]
        path, title = f"/races/{one.race.id}/live", gettext("A race is on now")
        return [_step(one.race.title, path, f"/races/{one.race.id}", title, "radio")]
    fresh = next((one for one in open_ if not one.mine), None)
    if fresh is None:
        return []
    path = f"/races/{fresh.race.id}"
    return [_step(fresh.race.title, path, path, gettext("Register for a race"), "flag")]


def _step(text: str, path: str, other: str, title: str, icon: str) -> shell.Step:
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  url_map lives on the real app
    return shell.Step(path=path if exists(app, path) else other, title=title, text=text, icon=icon)
