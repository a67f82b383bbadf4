"""The search through everything that is learned, with the place found shown."""

from flask import render_template, request
from flask_babel import lazy_gettext

from psot.database import transaction
from psot.library import queries as library
from psot.library import search as searching
from psot.reading.pages import LONGEST_SEARCH, blueprint
from psot.reading.places import address

__all__: list[str] = []

ON_A_PAGE = 20
KINDS = {
    "lesson": lazy_gettext("Lessons"),
    "norm": lazy_gettext("Norms"),
    "act": lazy_gettext("Acts"),
    "memo": lazy_gettext("Memos"),
    "term": lazy_gettext("Glossary"),
    "question": lazy_gettext("Questions"),
    "recording": lazy_gettext("Recordings"),
    "scenario": lazy_gettext("Scenarios"),
}


@blueprint.get("/library/search")
def search() -> str:
    """Find words in all that is published; every hit says where and shows the place."""
    q = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    kind = request.args.get("kind", "")
    page = request.args.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and 0 < len(page) < 4 else 1  # noqa: PLR2004 - three digits are pages enough
    with transaction() as session:
        topics = library.topics(session)
        topic = request.args.get("topic", "")
        topic = topic if topic in topics else ""
        kind = kind if kind in KINDS else ""
        found = searching.find(
            session,
            q,
            kinds=(kind,) if kind else tuple(KINDS),
            topics=(topic,) if topic else (),
            limit=ON_A_PAGE,
            offset=(number - 1) * ON_A_PAGE,
        )
    hits = [
        (one, path)
        for one in found.hits
        if (path := address(one.kind, one.name, topic=one.topic, anchor=one.anchor))
    ]
    return render_template(
        "reading/search.html",
        q=q,
        kind=kind,
        topic=topic,
        kinds=KINDS,
        topics=topics,
        found=found,
        hits=hits,
        page=number,
        first=(number - 1) * ON_A_PAGE,
        on_a_page=ON_A_PAGE,
    )
