"""What each button of the remote control does to what the screen shows: values in, value out."""

from collections.abc import Mapping
from dataclasses import replace

from flask_babel import lazy_gettext as _

from psot.standings.screens import REVEALED_PLACES, Shown
from psot.standings.wishes import LARGEST, WishInvalid


def pressed(before: Shown, form: Mapping[str, str]) -> Shown:
    """Return what the screen shows after the fields of ``form``; what is not named stays.

    ``reveal`` is ``next``, ``back`` or ``start``; ``bib`` empty takes the lower third away. Raises
    WishInvalid for a bib that is not a number.

    >>> pressed(Shown(panel="reveal", revealed=2), {"reveal": "next"}).revealed
    3
    >>> pressed(Shown(bib=7), {"bib": ""}).bib is None
    True
    """
    after = before
    if "panel" in form:
        after = replace(after, panel=form["panel"])
    if "class" in form:
        code = form["class"]
        after = replace(after, class_code=code, panel="class" if code else after.panel)
    if "bib" in form:
        after = replace(after, bib=_bib(form["bib"]))
    if "reveal" in form:
        after = replace(after, panel="reveal", revealed=_step(before, form["reveal"]))
    return after


def _step(before: Shown, wish: str) -> int:
    if wish == "start":
        return 0
    step = {"next": 1, "back": -1}.get(wish)
    if step is None:
        raise WishInvalid(_("There is no such button."), subject=wish[:40])
    return max(0, min(REVEALED_PLACES, before.revealed + step))


def _bib(text: str) -> int | None:
    plain = text.strip()
    if not plain:
        return None
    if not (plain.isascii() and plain.isdecimal()) or not 0 < int(plain[:9]) <= LARGEST:
        raise WishInvalid(_("A racer is named by the number on the bib."), subject=plain[:40])
    return int(plain)
