"""The choice to stand on no board, beside the consents."""

from flask import flash, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from psot.database import transaction
from psot.members import operations
from psot.members.pages import blueprint, own, to


@blueprint.post("/me/consents/boards")
def choose_boards() -> Response:
    """Take the member off all boards, or put them back."""
    off = request.form.get("off_boards") == "yes"
    with transaction() as session:
        operations.set_off_boards(session, own(session), off=off)
    flash(
        gettext("You leave all boards within a minute.")
        if off
        else gettext("You stand on boards again within a minute."),
        "success",
    )
    return to("members.own_consents")
