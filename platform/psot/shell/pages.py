"""The shell's own pages: the first page, and the reader's look, language and time zone."""

from flask import Blueprint, current_app, redirect, render_template, request
from flask_babel import gettext, pgettext
from werkzeug.wrappers import Response

from psot.shell import home, preferences, slots, zones
from psot.shell.reader import reader

blueprint = Blueprint("shell", __name__, template_folder="templates")

FETCHED = "X-Requested-With"
"""Header our own script sends; it wants no page back."""


@blueprint.get("/", endpoint="home")
def show_home() -> str:
    """Show what PSOT is and its living figures; to a member, what to do next."""
    readers, member = home.of(current_app), reader()
    with home.asking():
        return render_template(
            "shell/home.html",
            figures=home.figures(readers),
            leaders=readers.leaders(),
            steps=slots.part() if member else "",
        )


def next_steps() -> str:
    """Return the part of the first page that is a member's own: what to do next."""
    # What every whole page is given, its template does not ask for.
    template = current_app.jinja_env.get_template("shell/steps.html")
    return template.render(steps=home.steps(home.of(current_app)))


@blueprint.route("/preferences", endpoint="preferences", methods=["GET", "POST"])
def choose_preferences() -> str | Response:
    """Show the choice of look, language and time zone; keep what was chosen."""
    return _keep_choice() if request.method == "POST" else _show_choice()


def _show_choice() -> str:
    chosen = preferences.zone()
    choices = list(zones.ZONES)
    if chosen not in {zone.name for zone in choices}:
        choices.append(zones.Zone(chosen, chosen))
    return render_template("shell/preferences.html", zones=choices, chosen_zone=chosen)


def _keep_choice() -> Response:
    """Keep it in this browser and return to the page it was chosen on."""
    if request.headers.get(FETCHED):
        response: Response = current_app.response_class(status=204)
    else:
        response = redirect(inside(request.form.get("next", "")), 303)
    chosen = {name: request.form.get(name, "") for name in ("theme", "language", "zone")}
    preferences.tell(chosen["language"], chosen["zone"])
    preferences.remember(response, secure=request.is_secure, **chosen)
    return response


def inside(target: str) -> str:
    r"""Return `target` where it is an address of this house, else the first page.

    >>> inside("/ratings?page=2"), inside("//evil.example/"), inside("/\\evil.example")
    ('/ratings?page=2', '/', '/')
    """
    plain = target.startswith("/") and not target.startswith("//")
    return target if plain and "\\" not in target and target.isprintable() else "/"


def client_strings() -> dict[str, str]:
    """Return the sentences that scripts speak, in the reader's language."""
    return {
        "live": pgettext("standings", "Live"),
        "connecting": pgettext("standings", "Connecting"),
        "reconnecting": pgettext("standings", "Reconnecting"),
        "delayed": gettext("Standings delayed"),
        "asOf": gettext("as of {time}"),
        "yourRank": gettext("Your place: {rank}, rating {rating}"),
        "climbed": pgettext("places", "up"),
        "fell": pgettext("places", "down"),
        "you": gettext("you"),
        "member": gettext("Member {number}"),
        "show": gettext("Show password"),
        "hide": gettext("Hide password"),
        "close": gettext("Close"),
        "copied": gettext("Copied"),
        "copyFailed": gettext("Could not copy: select the text and copy it yourself"),
    }
