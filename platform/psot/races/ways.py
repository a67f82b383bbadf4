"""Where one may go from a race, by its stage: to the line, to the stand, to the results."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import current_app
from flask_babel import gettext

from psot.races.stages import LIVE, RESULTS, Stage
from psot.races.values import RaceView
from psot.shell.navigation import exists


@dataclass(frozen=True, kw_only=True)
class Way:
    """A link from the page of a race; ``main`` is the one to take."""

    path: str
    text: str
    icon: str
    main: bool = False


def ways(race: RaceView, *, own: bool) -> list[Way]:
    """Return where the reader may go, the best way first; ``own``: with a registration.

    Ways whose page the house does not have are left out.
    """
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  url_map lives on the real app
    return [one for one in _ways(race, own=own) if exists(app, one.path)]


def _ways(race: RaceView, *, own: bool) -> Iterator[Way]:
    base = f"/races/{race.id}"
    if race.stage in LIVE:
        if own:
            text = (
                gettext("To the range") if race.stage is Stage.ZEROING else gettext("To the race")
            )
            yield Way(path=f"{base}/run", text=text, icon="target", main=True)
        yield Way(path=f"{base}/live", text=gettext("Watch"), icon="radio", main=not own)
        yield Way(path=f"{base}/screen", text=gettext("Big screen"), icon="monitor-smartphone")
    if race.stage is Stage.LOCKED:
        yield Way(
            path=f"{base}/live", text=gettext("Standings at the finish"), icon="radio", main=True
        )
    if race.stage in RESULTS:
        yield Way(path=f"{base}/protocol", text=gettext("Protocol"), icon="medal", main=True)
    if own and race.keys_open:
        yield Way(path=f"{base}/mine", text=gettext("My race"), icon="target")
    if race.stage in RESULTS:
        yield Way(path=f"{base}/splits", text=gettext("Splits"), icon="timer")
        yield Way(path=f"{base}/replay", text=gettext("Replay"), icon="play")
    if own and race.stage is Stage.PROVISIONAL:
        yield Way(path=f"{base}/protests", text=gettext("Protests"), icon="scale")
