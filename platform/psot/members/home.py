"""What members bring to the first page: how many they are, and from how many regions."""

from flask import Flask

from psot import shell
from psot.database import transaction
from psot.members import queries


def install(app: Flask) -> None:
    """Put the figures on the first page."""
    shell.show(app, figures={"members": _members, "regions": _regions})


def _members() -> int:
    with transaction() as session:
        return queries.members_count(session)


def _regions() -> int:
    with transaction() as session:
        return queries.regions_count(session)
