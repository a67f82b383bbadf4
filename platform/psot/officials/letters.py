"""The letter that goes with an invitation: its text, and the link as a code to scan."""

import qrcode
from flask import render_template
from flask_babel import force_locale
from markupsafe import Markup
from qrcode.image.svg import SvgPathFillImage

from content.regions import Region
from psot.officials.queries import Invitation

LANGUAGES = ("ru", "en")


def letter(invitation: Invitation, region: Region, link: str, language: str) -> str:
    """Return the text of the letter in ``language``: what it is about, and where to go."""
    with force_locale(language):
        return render_template(
            "officials/letter.txt", invitation=invitation, region=region.name(language), link=link
        ).strip()


def qr(link: str) -> Markup:
    """Return the link as a code to scan, as markup: part of the page, so no image is fetched."""
    made = qrcode.make(link, image_factory=SvgPathFillImage, border=2)
    return Markup(made.to_string(encoding="unicode"))  # noqa: S704 - drawn by us from our own link
