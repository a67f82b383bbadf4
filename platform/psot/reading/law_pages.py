"""The law that the library rests on: acts, single norms, the words of the trade, pictures."""

from flask import abort, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.http import generate_etag

from psot import clock
from psot.database import transaction
from psot.errors import NotFound
from psot.library import queries as library
from psot.members.queries import current_member
from psot.reading import queries
from psot.reading.pages import blueprint

__all__: list[str] = []

PICTURE_CSP = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@blueprint.get("/library/acts")
def acts() -> str:
    """List the acts, those in force first, with how many norms rest on each."""
    search = request.args.get("q", "").strip()[:200].casefold()
    today = clock.now().date()
    with transaction() as session:
        known = library.acts(session)
        norms = list(library.norms(session).values())
    rests = {one: sum(norm.act == one for norm in norms) for one in known}
    found = [
        one
        for one in known.values()
        if all(
            word in f"{one.title.ru} {one.title.en} {one.short} {one.number}".casefold()
            for word in search.split()
        )
    ]
    found.sort(key=lambda one: (one.is_past(today), one.title.ru))
    return render_template(
        "reading/acts.html", acts=found, rests=rests, today=today, search=search, all=len(known)
    )


@blueprint.get("/library/acts/<name>")
def act(name: str) -> str:
    """Show one act: how long it holds, when it was checked, and every norm taken from it."""
    viewer = current_member()
    with transaction() as session:
        found = library.acts(session).get(name)
        if found is None:
            raise NotFound(gettext("There is no such act."), subject=name)
        norms = [one for one in library.norms(session).values() if one.act == name]
        return render_template(
            "reading/act.html",
            act=found,
            norms=norms,
            topics=library.topics(session),
            today=clock.now().date(),
            marked=queries.marked(session, viewer.id, "act", name) if viewer else set(),
            signed_in=viewer is not None,
        )


@blueprint.get("/library/norms/<name>")
def norm(name: str) -> str:
    """Show one legal statement: where it stands, who confirms it, when it was checked."""
    viewer = current_member()
    with transaction() as session:
        found = library.norms(session).get(name)
        if found is None:
            raise NotFound(gettext("There is no such norm."), subject=name)
        return render_template(
            "reading/norm.html",
            norm=found,
            act=library.acts(session).get(found.act),
            topic=library.topics(session).get(found.topic),
            today=clock.now().date(),
            marked=queries.marked(session, viewer.id, "norm", name) if viewer else set(),
            signed_in=viewer is not None,
        )


@blueprint.get("/library/glossary")
def glossary() -> str:
    """List the words of the trade by the alphabet."""
    with transaction() as session:
        terms = sorted(library.glossary(session).values(), key=lambda one: one.term.ru.casefold())
        norms = library.norms(session)
    letters: dict[str, list[object]] = {}
    for one in terms:
        letters.setdefault(one.term.ru[:1].upper(), []).append(one)
    return render_template("reading/glossary.html", letters=letters, norms=norms, count=len(terms))


@blueprint.get("/library/pictures/<name>")
def picture(name: str) -> ResponseReturnValue:
    """Give a picture of a lesson or a question; nothing in it may run."""
    with transaction() as session:
        found = library.file(session, name)
    if found is None:
        abort(404)
    response = current_app.response_class(found.data, mimetype=found.media_type)
    response.set_etag(generate_etag(found.sha256.encode()))
    response.cache_control.public = True
    response.cache_control.max_age = 300
    response.headers["Content-Security-Policy"] = PICTURE_CSP
    return response.make_conditional(request)
