"""The application for any WSGI server: ``gunicorn --worker-class gevent wsgi:app``.

`psot web` is the way PSOT itself serves; this file is for those who bring their own server.
"""

import os

from psot.app import create_app
from psot.config import Settings

app = create_app(Settings.from_environment(os.environ))
