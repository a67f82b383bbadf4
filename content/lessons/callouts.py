"""Callouts: a quotation that begins with ``[!NOTE]`` is something to look at."""

from typing import Final

from markdown_it.token import Token

CALLOUTS: Final = {
    "NOTE": {"ru": "Примечание", "en": "Note"},
    "TIP": {"ru": "Совет", "en": "Tip"},
    "IMPORTANT": {"ru": "Важно", "en": "Important"},
    "WARNING": {"ru": "Внимание", "en": "Warning"},
    "CAUTION": {"ru": "Опасно", "en": "Caution"},
}
"""What stands over each, in either language."""


def name_callouts(tokens: list[Token], language: str) -> None:
    """Give the callouts that the parser found their names in ``language``, in place."""
    for number, token in enumerate(tokens):
        if token.type != "alert_open":
            continue
        kind = str(token.meta["kind"])
        token.attrs = {"class": f"callout callout-{kind.lower()}", "role": "note"}
        start, title = tokens[number + 1], tokens[number + 2]
        start.attrs = {"class": "callout-title"}
        title.content = CALLOUTS[kind]["en" if language == "en" else "ru"]
        title.children = [Token("text", "", 0, content=title.content)]
