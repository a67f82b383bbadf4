"""A web process with two pages on PSOT's own server: its number, and one slow answer."""

import os
import sys

from gevent import monkey

monkey.patch_all()

import gevent  # noqa: E402

from psot.config import Settings  # noqa: E402
from psot.server import listener, serve  # noqa: E402


def application(environ, start_response):  # noqa: ANN001, ANN201 - WSGI says it
    """``/slow`` answers only after the file named in the query has appeared."""
    if environ["PATH_INFO"] == "/slow":
        print("slow request open", flush=True)  # noqa: T201
        while not os.path.exists(environ["QUERY_STRING"]):  # noqa: PTH110
            gevent.sleep(0.01)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(os.getpid()).encode()]


print("web is", os.getpid(), flush=True)  # noqa: T201
serve(application, listener(Settings.from_environment(os.environ)))
print("web has finished", flush=True)  # noqa: T201
sys.exit(0)
