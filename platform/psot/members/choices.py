"""Language and time zone chosen anywhere on the site become the member's own, on every device."""

from typing import cast

from flask import Flask
from flask_login import current_user

from psot import shell
from psot.database import transaction
from psot.members import operations
from psot.members.models import Member
from psot.shell.reader import Reader


def install(app: Flask) -> None:
    """Be told of every choice of a signed-in member."""
    shell.keep_for_members(app, keep)


def keep(_reader: Reader, language: str, zone: str) -> None:
    """Write the choice to the member's record; "" leaves what is there."""
    with transaction() as session:
        member = operations.get(session, cast("Member", current_user).id)
        operations.change_details(
            session,
            member,
            operations.Details(
                display_name=member.display_name,
                region=member.region,
                organization=member.organization,
                municipality=member.municipality,
                language=language or member.language,
                timezone=zone or member.timezone,
            ),
        )
