"""``docs/events.md``: every fact of the catalogue with its meaning and its fields.

``python -m events.handbook`` writes it anew; a test keeps it in step.
"""

import sys
from dataclasses import fields
from pathlib import Path

from events.base import CATALOGUE, FactType

PAGE = Path(__file__).parents[1] / "docs" / "events.md"

_HEAD = """# Facts

Written by `python -m events.handbook` from `events/`. Every fact is frozen; its JSON shape is in
`events/schemas/<name>.json` and is never edited: a new shape is a new version with one upcast.
"""


def handbook() -> str:
    """Return the page as Markdown."""
    return "\n".join([_HEAD, *(_entry(CATALOGUE[name]) for name in sorted(CATALOGUE))])


def _entry(entry: FactType) -> str:
    meaning = " ".join((entry.shape.__doc__ or "").split())
    hints = entry.shape.__annotations__
    rows = [
        f"| `{one.name}` | `{_type(hints[one.name])}` |"
        for one in fields(entry.shape)  # type: ignore[arg-type]  # every shape is made a dataclass by @fact
    ]
    return "\n".join(
        [f"## {entry.name}", "", meaning, "", "| field | type |", "|---|---|", *rows, ""]
    )


def _type(annotation: object) -> str:
    return annotation.__name__ if type(annotation) is type else str(annotation).replace("|", "or")


if __name__ == "__main__":  # pragma: no cover - a command for developers
    import events  # noqa: F401 - declares every fact

    PAGE.write_text(handbook(), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")
