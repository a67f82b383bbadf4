"""A4 to print: text in the house's typeface, which comes one file per script.

The typeface is Inter as its package brings it; the build puts it beside the other files of the
front end.
"""

from itertools import groupby
from pathlib import Path
from typing import Final, Literal, cast

from flask import current_app
from flask_babel import gettext
from fpdf import FPDF

from psot.shell.assets import Assets

LATIN, CYRILLIC = "Inter", "InterCyrillic"
MARGIN_MM: Final = 12
FOOT_MM: Final = 16
SIZE, SMALL = 9, 7
GREY: Final = (90, 105, 120)

Style = Literal["", "B"]
Orientation = Literal["portrait", "landscape"]


class Paper(FPDF):
    """A4 with ``foot`` on every page. Text is set run by run, each in its script's font."""

    def __init__(self, foot: str, *, orientation: Orientation = "landscape") -> None:
        super().__init__(orientation=orientation, format="A4")
        self.foot = foot
        self.set_margins(MARGIN_MM, MARGIN_MM)
        self.set_auto_page_break(auto=False)
        for family, name in ((LATIN, "print-latin"), (CYRILLIC, "print-cyrillic")):
            self.add_font(family, "", _font(name))
            self.add_font(family, "B", _font(f"{name}-bold"))

    def footer(self) -> None:
        """Write the foot and the number of the page."""
        y = self.h - FOOT_MM / 2
        self.set_text_color(*GREY)
        self.put(self.foot, MARGIN_MM, y, size=SMALL)
        number = gettext("Page %(number)s", number=self.page_no())
        self.put(number, self.w - MARGIN_MM, y, size=SMALL, right=True)
        self.set_text_color(0, 0, 0)

    def put(
        self,
        text: str,
        x: float,
        y: float,
        *,
        size: int = SIZE,
        style: Style = "",
        right: bool = False,
    ) -> None:
        """Write ``text`` with its base line at ``y``, from ``x`` or up to ``x``."""
        if right:
            x -= self.width(text, size=size, style=style)
        for family, run in runs(text):
            self.set_font(family, style, size)
            self.text(x, y, run)
            x += self.get_string_width(run)

    def width(self, text: str, *, size: int = SIZE, style: Style = "") -> float:
        """Return how wide ``text`` is, in mm."""
        whole = 0.0
        for family, run in runs(text):
            self.set_font(family, style, size)
            whole += self.get_string_width(run)
        return whole

    def cut(self, text: str, width_mm: float, *, size: int = SIZE, style: Style = "") -> str:
        """Return ``text`` as far as it fits."""
        if self.width(text, size=size, style=style) <= width_mm:
            return text
        while text and self.width(f"{text}…", size=size, style=style) > width_mm:
            text = text[:-1]
        return f"{text.rstrip()}…"


def runs(text: str) -> list[tuple[str, str]]:
    """Return ``text`` as runs of one script, each with its font.

    >>> runs("Участник 7")
    [('InterCyrillic', 'Участник'), ('Inter', ' 7')]
    """
    return [
        (CYRILLIC if cyrillic else LATIN, "".join(run))
        for cyrillic, run in groupby(text, lambda one: "Ѐ" <= one <= "ԯ" or one == "№")
    ]


def _font(name: str) -> Path:
    assets = cast("Assets", current_app.extensions["psot.assets"])
    return assets.folder / assets.entry(name).file
