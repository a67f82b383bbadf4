"""What may stand on the page of a lesson; everything else is dropped."""

from typing import Final

import nh3

TAGS: Final = {
    *("h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "blockquote", "div", "span"),
    *("ul", "ol", "li", "strong", "em", "s", "code", "pre", "a", "img"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES: Final = {
    "*": {"class"},
    "a": {"href", "rel"},
    "img": {"src", "alt", "loading"},
    "ol": {"start"},
    "div": {"role", "tabindex", "aria-label"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}


def clean(html: str) -> str:
    """Return ``html`` with only what a lesson may have: nothing that runs, nothing styled."""
    return nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https"}, link_rel=None
    )
