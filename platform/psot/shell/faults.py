"""Error pages: for each status one title, one sentence of help and one way on."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import make_response, render_template
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from psot.shell.reader import reader


@dataclass(frozen=True)
class Fault:
    """What a page says about a status where the error itself has no sentence of its own."""

    title: str
    text: str


FAULTS: dict[int, Fault] = {
    400: Fault(
        lazy_gettext("The request was not understood"),
        lazy_gettext("The form may have been open too long. Go back, reload the page, try again."),
    ),
    401: Fault(
        lazy_gettext("Please sign in"),
        lazy_gettext("This page is for members. After signing in you come back here."),
    ),
    403: Fault(
        lazy_gettext("This page is not open to you"),
        lazy_gettext("Your role does not include it. If you think it should, ask the organizer."),
    ),
    404: Fault(
        lazy_gettext("There is no such page"),
        lazy_gettext("The address may be mistyped, or the page has moved."),
    ),
    405: Fault(
        lazy_gettext("This address works differently"),
        lazy_gettext("Open the page from the menu and use its buttons."),
    ),
    409: Fault(
        lazy_gettext("This has already been recorded"),
        lazy_gettext("What you sent contradicts what is recorded. The first record stands."),
    ),
    413: Fault(
        lazy_gettext("Too much at once"),
        lazy_gettext("The text or file is larger than this page accepts."),
    ),
    422: Fault(
        lazy_gettext("Something in the form does not fit"),
        lazy_gettext("Go back and check the fields."),
    ),
    429: Fault(
        lazy_gettext("Too many attempts"),
        lazy_gettext("Take a short break: the next attempt will be accepted soon."),
    ),
    500: Fault(
        lazy_gettext("Something broke on our side"),
        lazy_gettext("It has been written down. What was accepted before is safe. Try again soon."),
    ),
    503: Fault(
        lazy_gettext("The service is not answering right now"),
        lazy_gettext("Nothing you sent was accepted. Repeat it in a minute: no answer is lost."),
    ),
}

_NEAREST = {4: 400, 5: 500}


def fault_page(
    status: int,
    message: str = "",
    *,
    subject: str = "",
    fields: Mapping[str, list[str]] | None = None,
    retry_after_s: int = 0,
    request_id: str = "",
) -> Response:
    """Return the HTML page for `status`; `message` replaces the general sentence of help.

    `fields` lists what does not fit by field, `retry_after_s` (seconds) also becomes the header.
    """
    reader()  # before any template asks: the fault may be that nobody can tell who reads
    fault = FAULTS.get(status) or FAULTS[_NEAREST.get(status // 100, 500)]
    response = make_response(
        render_template(
            "shell/fault.html",
            status=status,
            fault=fault,
            message=message,
            subject=subject,
            fields=fields or {},
            retry_after_s=retry_after_s,
            request_id=request_id,
        ),
        status,
    )
    if retry_after_s:
        response.headers["Retry-After"] = str(retry_after_s)
    response.headers["Cache-Control"] = "no-store"
    return response
