"""Members of a field as browsers: signed in at once, with the requests that their pages send."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import text

from bench.fanout_servers import SECRET
from psot import clock
from psot.course.closing import close
from psot.jury import schedule
from psot.races import queries
from psot.races.stages import Stage
from psot.runtime import Runtime
from tests.services import wait_until

CSRF = "0123456789abcdef0123456789abcdef01234567"
PUBLISHED_WITHIN_S = 90.0

# The session of racer 7 has the cookie `cookie-7`; all share one token, so that it is signed once.
_SESSIONS = text(
    """
    INSERT INTO member_sessions
        (key, id_hash, member_id, data, device, created_at, last_used_at, expires_at)
    SELECT gen_random_uuid(), sha256(convert_to('cookie-' || n, 'UTF8')), m.id,
           jsonb_build_object('_user_id', m.fs_uniquifier, 'csrf_token', CAST(:csrf AS text))::text,
           'bench', :now, CAST(:now AS timestamptz) - interval '1 hour', :now + interval '1 day'
    FROM generate_series(1, :racers) AS n JOIN members m ON m.fs_uniquifier = 'racer' || n
    """
)

Told = list[Any]


def sign_in(made: Runtime, racers: int) -> None:
    """Sign everybody in, an hour ago: that a session is used again has to be noted."""
    with made.database.begin() as session:
        session.execute(_SESSIONS, {"csrf": CSRF, "now": clock.now(), "racers": racers})


def entering(race: UUID, racers: int, origin: str, *, pages: bool) -> list[list[Told]]:
    """Return what each racer's page asks for on its way to the seat.

    ``pages``: the page itself too. The ticket that comes with the seat is not used: the crowd's
    sockets show tickets of their own.
    """
    token = str(URLSafeTimedSerializer(SECRET, "wtf-csrf-token").dumps(CSRF))
    page = f"/races/{race}/run"
    found = []
    for number in range(1, racers + 1):
        cookie = {"Cookie": f"psot=cookie-{number}"}
        unsafe = {
            **cookie,
            "X-CSRFToken": token,
            "Origin": origin,
            "Referer": origin + page,
            "Content-Type": "application/json",
            "Accept": "application/json",
        }
        calls: list[Told] = [["enter", "POST", f"/races/{race}/enter", unsafe, "{}"]]
        found.append([["page", "GET", page, cookie, ""], *calls] if pages else calls)
    return found


def reading(path: str, visitors: int) -> list[list[Told]]:
    """Return what each visitor of one page asks for."""
    return [[["page", "GET", path, {}, ""]]] * visitors


def reading_members(path: str, racers: int) -> list[list[Told]]:
    """Return what each racer, signed in, asks for who opens one page."""
    cookies = ({"Cookie": f"psot=cookie-{number}"} for number in range(1, racers + 1))
    return [[["page", "GET", path, cookie, ""]] for cookie in cookies]


def write(visits: Iterable[Sequence[Told]], path: Path) -> None:
    """Write visits for `bench.visits`, a line each."""
    path.write_text("\n".join(map(json.dumps, visits)) + "\n", encoding="utf-8")


def end(made: Runtime, race: UUID) -> None:
    """Lock the race and wait until its protocol is published. Raises TimeoutError."""
    with made.database.begin() as session:
        if queries.race(session, race).stage is Stage.RUNNING:
            close(session, race, clock.now())

    def published() -> bool:
        schedule.keep(made.database, clock.now())
        with made.database.begin() as session:
            return queries.race(session, race).stage is Stage.PROVISIONAL

    wait_until(published, PUBLISHED_WITHIN_S)
