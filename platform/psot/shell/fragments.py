"""Parts of pages that are the same for everybody, kept by all that they depend on.

    {% call kept("results.rows", protocol, names) %}<tr>...</tr>{% endcall %}

A part is named, and kept by its name, by what is told after it and by what every part depends on:
language, zone, the address below which the house is, the build of the front end. Whoever keeps a
part tells everything else that it shows; where that changes it is another part, so none is ever
old. A part that shows whose page it is is not kept: say ``unless=true`` then.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Final, cast

from flask import Flask, current_app, request
from flask_babel import get_timezone
from markupsafe import Markup

from psot import compact
from psot.shell import assets, slots
from psot.shell.formats import language

MOST_PARTS: Final = 512
LARGEST_CHARACTERS: Final = 64 * 1024
"""A larger part is not kept: so all of them are 64 MB at the very most, and some 5 usually."""

_KEPT = "psot.shell.fragments"


class Fragments:
    """Parts by their keys, those longest unused forgotten first."""

    def __init__(self, most: int = MOST_PARTS) -> None:
        self._most = most
        self._parts: OrderedDict[Hashable, Markup] = OrderedDict()

    def __len__(self) -> int:
        return len(self._parts)

    def get(self, key: Hashable, make: Callable[[], Markup]) -> Markup:
        """Return the part with ``key``; ``make`` makes it where there is none.

        Raises RuntimeError for one that holds what its page has of its own: the CSRF token, or a
        mark in place of something.
        """
        found = self._parts.get(key)
        if found is not None:
            self._parts.move_to_end(key)
            return found
        made = make()
        if any(one in made for one in slots.own()):
            raise RuntimeError("a part of a page with its token or a mark in it must not be kept")
        if len(made) <= LARGEST_CHARACTERS:
            self._parts[key] = made
            while len(self._parts) > self._most:
                self._parts.popitem(last=False)
        return made


def of(app: Flask) -> Fragments:
    """Return the parts that ``app`` keeps."""
    return cast("Fragments", app.extensions[_KEPT])


def kept(name: str, *shown: Hashable, caller: Callable[[], Markup], unless: bool = False) -> Markup:
    """Return what the body says, made once for each thing it shows; anew ``unless`` it may be."""
    if unless:
        return caller()
    key = (
        name,
        shown,
        language(),
        str(get_timezone()),
        request.root_path,
        assets.of(current_app).of_page().made_at_ns,
    )
    return of(current_app).get(key, caller)


def seal(value: Any) -> bytes:
    """Return what stands for a JSON ``value`` among what a part shows: the same only for equals."""
    return hashlib.blake2b(compact.dumps(value).encode(), digest_size=16).digest()


def install(app: Flask) -> None:
    """Give templates `kept` and `seal`."""
    app.extensions[_KEPT] = Fragments()
    app.add_template_global(kept, "kept")
    app.add_template_global(seal, "seal")
