"""``psot web``: one web process."""

import click


@click.command
def command() -> None:
    """Serve pages, API and sockets until SIGTERM; then finish what is open and end.

    Start as many as you like behind a proxy. PSOT_HOST and PSOT_PORT say where it listens.

    Example: PSOT_PORT=8001 psot web
    """
    from gevent import monkey  # noqa: PLC0415 - only this command is cooperative

    monkey.patch_all()  # before psycopg, redis and ssl are imported by the lines below

    from psot.cli.settings import load  # noqa: PLC0415
    from psot.observability import logs  # noqa: PLC0415
    from psot.web import serve  # noqa: PLC0415

    settings = load()
    logs.configure(settings.log_level)
    serve(settings)
