"""How static files travel: packed where the build packed them, kept as long as they may be.

The build lays `NAME.br` and `NAME.gz` beside a file that they make smaller; nothing is packed while
somebody waits.
"""

import mimetypes
import re
from pathlib import Path

from flask import Flask, request, send_from_directory
from werkzeug.security import safe_join
from werkzeug.wrappers import Response

PACKED = {"br": ".br", "gzip": ".gz"}
"""Encodings with the names of their files, the smallest first."""

HASHED = re.compile(r"-[0-9A-Z]{8}\.")
"""In the name of a file whose content never changes: the build puts the content's hash there."""

FOREVER_S = 365 * 24 * 3600
SOON_S = 60
"""For so long a file may be kept whose content may change under its name."""


def install(app: Flask) -> None:
    """Send the static files of ``app`` so. The route stays Flask's own."""
    folder = Path(app.static_folder or "static")
    app.view_functions["static"] = lambda filename: send(folder, filename)


def send(folder: Path, name: str) -> Response:
    """Return the file ``name`` of ``folder`` as this client takes it. Raises NotFound."""
    encoding = _encoding(folder, name)
    hashed = HASHED.search(name) is not None
    response = send_from_directory(
        folder,
        name + PACKED.get(encoding, ""),
        mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream",
        # Each form of a file is a representation with a tag of its own.
        etag=f"{Path(name).name}-{encoding or 'plain'}" if hashed else True,
        max_age=FOREVER_S if hashed else SOON_S,
    )
    response.cache_control.no_cache = None
    response.cache_control.public = True
    if hashed:
        response.cache_control.immutable = True
    if encoding:
        response.headers["Content-Encoding"] = encoding
    if encoding or _forms(folder, name):
        response.vary.add("Accept-Encoding")
    return response


def _encoding(folder: Path, name: str) -> str:
    """Return what this client likes best of the forms that the file has; "" for the plain one."""
    taken = request.accept_encodings
    liked = [one for one in _forms(folder, name) if taken[one] > 0]
    return max(liked, key=lambda one: taken[one], default="")


def _forms(folder: Path, name: str) -> list[str]:
    place = safe_join(str(folder), name)
    if place is None:
        return []
    return [one for one, suffix in PACKED.items() if Path(place + suffix).is_file()]
