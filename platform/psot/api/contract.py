"""One declaration per operation of the API: its address, who may, what goes in and comes out.

From it come the route, the checks, the OpenAPI document and the readable page.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from typing import Any

from flask import Flask
from flask_smorest import Api as Smorest
from flask_smorest import Blueprint
from flask_smorest.blueprint import Blueprint as SmorestBlueprint
from marshmallow import Schema
from webargs.flaskparser import FlaskParser

from psot.api.groups import Group
from psot.api.schemas.error import ErrorSchema

PREFIX = "/api/v1"
NAME = "api"

TOKEN, SESSION = "token", "session"


class Parser(FlaskParser):
    """Reads arguments; unknown ones are refused in the query as they are in the body."""

    DEFAULT_UNKNOWN_BY_LOCATION = {  # noqa: RUF012 - webargs declares it so
        "query": "raise",
        "json": None,
    }


class ApiBlueprint(SmorestBlueprint):  # type: ignore[misc]  # flask-smorest is untyped
    """flask-smorest's blueprint with our parser."""

    ARGUMENTS_PARSER = Parser()


class Document(Smorest):  # type: ignore[misc]  # flask-smorest is untyped
    """The OpenAPI document, written when it is first asked for: most processes never show it.

    Errors are not told here but at the house's one door.
    """

    ERROR_SCHEMA = ErrorSchema
    # Every status an operation may answer is listed, so that none slips in unseen.
    DEFAULT_ERROR_RESPONSE_NAME = None

    def __init__(self, app: Flask, *, groups: Iterable[Group], cookie: str) -> None:
        """Serve the API from ``app``; the document has ``groups`` as its chapters.

        ``cookie`` is the name of the one that holds a browser's session.
        """
        self._groups = tuple(groups)
        self._cookie = cookie
        super().__init__(app)
        app.extensions["flask-smorest"]["blp_name_to_api"][NAME] = self
        app.register_blueprint(api)

    @cached_property
    def told(self) -> dict[str, Any]:
        """The document as JSON has it."""
        self._write()
        told: dict[str, Any] = self.spec.to_dict()
        return told

    def _write(self) -> None:
        super()._init_spec()
        components = self.spec.components
        components.security_scheme(TOKEN, {"type": "http", "scheme": "bearer"})
        components.security_scheme(
            SESSION, {"type": "apiKey", "in": "cookie", "name": self._cookie}
        )
        api.register_views_in_doc(self, self._app, self.spec, name=NAME, parameters=None)
        self.spec._tags = [{"name": one.name, "description": one.about} for one in self._groups]  # noqa: SLF001 - flask-smorest knows no other way to tell of chapters

    def _init_spec(self, **_options: Any) -> None:
        """Leave the document unwritten."""

    def _register_error_handlers(self) -> None:
        """Leave errors to the house."""

    def _register_pagination_header(self) -> None:
        """Our pages carry their cursor in the body."""


api: Blueprint = ApiBlueprint(NAME, __name__, url_prefix=PREFIX)


@dataclass(frozen=True, kw_only=True)
class Contract:
    """What an operation asks of its caller: the ``scope`` of a token, "" for none."""

    endpoint: str
    group: str
    scope: str
    reads_query: bool
    reads_body: bool


CONTRACTS: dict[str, Contract] = {}

# What any operation may answer besides its own: the token is bad, too often, a service is away.
ALWAYS = (401, 429, 503)


View = Callable[..., Any]


def operation(
    rule: str,
    *,
    group: str,
    summary: str,
    answer: type[Schema],
    about: str = "",
    method: str = "GET",
    status: int = 200,
    scope: str = "",
    query: type[Schema] | None = None,
    body: type[Schema] | None = None,
    errors: tuple[int, ...] = (),
) -> Callable[[View], View]:
    """Declare the decorated view as an operation of the API.

    ``scope`` is what a token needs for it; empty: anybody may. ``errors`` are the statuses it may
    answer besides `ALWAYS`; those of its arguments are added.
    """

    def declare(view: View) -> View:
        endpoint = view.__name__
        told = {*ALWAYS, *errors}
        if scope:
            told |= {403}
        if query or body or method == "POST":
            told |= {422}
        if method == "POST":
            told |= {400, 413, 415}
        made = api.response(status, answer)(view)
        for code in sorted(told):
            made = api.alt_response(code, response=HTTPStatus(code).name)(made)
        if query is not None:
            made = api.arguments(query, location="query")(made)
        if body is not None:
            made = api.arguments(body)(made)
        made = api.doc(
            operationId=endpoint,
            summary=summary,
            description=about,
            security=_security(scope, method),
        )(made)
        api.add_url_rule(rule, endpoint, made, methods=[method], tags=[group])
        CONTRACTS[f"{NAME}.{endpoint}"] = Contract(
            endpoint=endpoint,
            group=group,
            scope=scope,
            reads_query=query is not None,
            reads_body=body is not None,
        )
        return view

    return declare


def _security(scope: str, method: str) -> list[dict[str, list[str]]]:
    if not scope:
        return [{}, {TOKEN: []}]
    return [{TOKEN: []}, {SESSION: []}] if method == "GET" else [{TOKEN: []}]


def document(app: Flask) -> Document:
    """Return the document of ``app``."""
    made: Document = app.extensions["flask-smorest"]["apis"][""]["ext_obj"]
    return made
