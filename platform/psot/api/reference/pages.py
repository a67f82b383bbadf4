"""The document for programs and the page for people."""

import json
from functools import cache
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response

from psot.api import contract
from psot.api.reference import reading
from psot.config import Settings

blueprint = Blueprint("api_reference", __name__, template_folder="../templates")

DOCUMENT_MAX_AGE_S = 300


@blueprint.get("/api/v1/openapi.json")
def openapi() -> Response:
    """Give the OpenAPI document."""
    return current_app.response_class(
        _text(current_app._get_current_object()),  # type: ignore[attr-defined]  # noqa: SLF001 - the proxy's documented way out
        mimetype="application/json",
        headers={"Cache-Control": f"public, max-age={DOCUMENT_MAX_AGE_S}"},
    )


@blueprint.get("/api/v1/")
def root() -> Response:
    """Lead people to the page."""
    return redirect(url_for("api_reference.page"))


@blueprint.get("/api/v1/docs")
def page() -> str:
    """Show the API in words."""
    settings: Settings = current_app.extensions["psot.settings"]
    spec = contract.document(current_app).told
    return render_template(
        "api/reference.html",
        chapters=reading.chapters(spec, settings.base_url),
        shapes=reading.shapes(spec),
        base_url=settings.base_url,
        prefix=contract.PREFIX,
    )


@cache
def _text(app: Any) -> str:
    return json.dumps(contract.document(app).told, ensure_ascii=False, indent=1)
