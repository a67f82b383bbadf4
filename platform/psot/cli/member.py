"""``psot member``: see members, give and take roles, end sessions, invite an administrator."""

from contextlib import closing

import click
from redis.exceptions import RedisError

from psot.cli.settings import load
from psot.errors import NotFound
from psot.live import orders
from psot.members import invitations, operations, queries, session_store
from psot.policies import ROLES
from psot.runtime import Runtime, connect

_who = click.argument("who", metavar="EMAIL_OR_ID")
_role = click.argument("role", type=click.Choice(ROLES))


@click.group
def command() -> None:
    """Members, their roles and their sessions.

    Example: psot member list --role organizer
    """


@command.command("list")
@click.option("--role", type=click.Choice(ROLES), help="Only those who hold this role.")
@click.option("--limit", default=50, show_default=True, help="At most so many, the newest first.")
def show_list(role: str | None, limit: int) -> None:
    """List members: id, address, region, roles.

    Example: psot member list --role administrator
    """
    with closing(connect(load())) as made, made.database.begin() as session:
        for member in queries.newest(session, role=role or "", at_most=limit):
            roles = ",".join(sorted(one.name for one in member.roles)) or "-"
            click.echo(f"{member.id}  {member.email:<40} {member.region:<8} {roles}")
        total = queries.members_count(session)
    click.echo(f"{total} confirmed in all", err=True)


@command.command
@_who
def show(who: str) -> None:
    """Show one member.

    Example: psot member show anna@example.org
    """
    with closing(connect(load())) as made, made.database.begin() as session:
        member = operations.find(session, who)
        roles = (f"{one.name} {one.region}".strip() for one in member.roles)
        for name, value in (
            ("id", member.id),
            ("number", member.number),
            ("e-mail", member.email),
            ("name", f"{member.display_name} ({'public' if member.name_public else 'not public'})"),
            ("region", member.region),
            ("language", member.language),
            ("time zone", member.timezone),
            ("confirmed", member.confirmed_at or "no"),
            ("active", "yes" if member.active else "no"),
            ("second factor", "set up" if member.tf_totp_secret else "not set up"),
            ("roles", ", ".join(sorted(roles)) or "none"),
            ("sessions", len(session_store.of_member(session, member.id))),
        ):
            click.echo(f"{name:<14} {value}")


@command.command
@_who
@_role
@click.option("--region", default="", help="Code of the region of an official, such as RU-TYU.")
def grant(who: str, role: str, region: str) -> None:
    """Give a member a role; their sessions end, so that nothing old lives on.

    Example: psot member grant anna@example.org official --region RU-TYU
    """
    with closing(connect(load())) as made:
        with made.database.begin() as session:
            member = operations.find(session, who)
            operations.grant(session, member, role, region=region)
            ended = operations.end_sessions(session, member.id)
            email = member.email
        _cut(made, ended)
    click.echo(f"{email} is now {role}{f' of {region}' if region else ''}")


@command.command
@_who
@_role
def revoke(who: str, role: str) -> None:
    """Take a role from a member; their sessions end.

    Example: psot member revoke anna@example.org jury
    """
    with closing(connect(load())) as made:
        with made.database.begin() as session:
            member = operations.find(session, who)
            if not operations.revoke(session, member, role):
                raise NotFound(f"{member.email} is not {role}")
            ended = operations.end_sessions(session, member.id)
            email = member.email
        _cut(made, ended)
    click.echo(f"{email} is no longer {role}")


@command.command("end-sessions")
@_who
def end_sessions(who: str) -> None:
    """Sign a member out everywhere.

    Example: psot member end-sessions anna@example.org
    """
    with closing(connect(load())) as made:
        with made.database.begin() as session:
            ended = operations.end_sessions(session, operations.find(session, who).id)
        _cut(made, ended)
    click.echo(f"{len(ended)} sessions ended")


@command.command("invite-admin")
@click.argument("email")
def invite_admin(email: str) -> None:
    """Print a one-time link that makes the owner of EMAIL an administrator; good for two days.

    Example: psot member invite-admin anna@example.org
    """
    if "@" not in email:
        raise click.BadParameter("this is not an e-mail address", param_hint="EMAIL")
    settings = load()
    with closing(connect(settings)) as made, made.database.begin() as session:
        token = invitations.invite(session, email, "administrator")
    click.echo(f"{settings.base_url}/invitation/{token}")


def _cut(made: Runtime, ended: list[session_store.Ended]) -> None:
    """Cut the sockets of ``ended`` sessions; without Redis they find out by themselves."""
    for one in ended:
        try:
            orders.cut_session(made.redis, str(one.key))
        except RedisError as error:
            click.echo(f"Open pages will notice within a minute: {error}", err=True)
            return
