"""The one page of the live part: where a page gets the ticket for its socket."""

from flask import Blueprint, Response, jsonify
from flask_babel import lazy_gettext as _
from redis.exceptions import RedisError

from psot.errors import Unavailable
from psot.live import tickets
from psot.live.current import new_ticket

blueprint = Blueprint("live", __name__)


@blueprint.post("/live/ticket")
def ticket() -> Response:
    """Issue a one-use ticket for this visitor; raises Unavailable without Redis."""
    try:
        text = new_ticket()
    except RedisError as error:
        raise Unavailable(_("Standings cannot be read at the moment.")) from error
    answer = jsonify(ticket=text, expires_in_s=tickets.LIFETIME_S)
    answer.headers["Cache-Control"] = "no-store"
    return answer
