"""The web app in tests, members to sign in with, and a browser that is one of them.

``client = sign_in(app, roles=("organizer",))`` gives a client that is signed in; it sends the CSRF
token by itself, as a page's form would (``client.careless = True`` stops that).
"""

import itertools
import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar, cast

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from psot.app import create_app
from psot.config import Settings
from psot.database import Database
from psot.members import operations, session_store
from psot.members.models import Member
from psot.members.sessions import DatabaseSessions, _json

SECRET = "a throw-away secret that is long enough"
TOKEN = "c5a1f0d2e3b4a5968778695a4b3c2d1e0f102030"
PASSWORD = "верный конь скачет галопом"

_numbers = itertools.count(1)


def make_settings(database_url: str, redis_url: str, data_dir: Path, **other: Any) -> Settings:
    """Settings of a production-like app on throw-away services."""
    plain = Settings(
        database_url=database_url,
        redis_url=redis_url,
        data_dir=data_dir,
        secret_key=SECRET,
        base_url="http://localhost",
        allowed_origins=("http://localhost",),
        database_pool=4,
    )
    return replace(plain, **other)


class _Compiled(BytecodeCache):
    """Templates compiled once in this process, however many apps its tests make."""

    def __init__(self) -> None:
        self.codes: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        code = self.codes.get(bucket.key + bucket.checksum)
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.codes[bucket.key + bucket.checksum] = bucket.bytecode_to_string()


_compiled = _Compiled()


class _Known(Rule):
    """An address whose builder was compiled before, by another app of this process.

    A builder is made of the rule's parts and keeps nothing of its app; compiling those of all
    addresses is most of what making an app takes.
    """

    builders: ClassVar[dict[object, Callable[..., tuple[str, str]]]] = {}

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:  # noqa: FBT001, FBT002 - werkzeug's own signature
        key = (self.rule, append_unknown, tuple(self._trace), repr(self.defaults))
        if key not in self.builders:
            self.builders[key] = super()._compile_builder(append_unknown)
        return self.builders[key]


Flask.url_rule_class = _Known


def make_app(settings: Settings) -> Flask:
    """The whole application, as a server would run it."""
    app = create_app(settings)
    app.testing = True
    app.jinja_env.bytecode_cache = _compiled
    app.test_client_class = Browser
    return app


def database_of(app: Flask) -> Database:
    """The database of ``app``; its sessions can append facts."""
    return cast("Database", app.extensions["psot.database"])


def a_member(
    session: Session,
    *,
    roles: tuple[str, ...] = (),
    region: str = "RU-TYU",
    official_region: str = "RU-TYU",
    display_name: str = "Анна Петрова",
    name_public: bool = False,
    email: str = "",
    second_factor: bool = True,
    **details: Any,
) -> Member:
    """Add a confirmed member without a password; staff have a second factor unless told not to."""
    number = next(_numbers)
    member = operations.create(
        session,
        operations.Details(display_name=display_name, region=region, **details),
        email=email or f"member{number}.{uuid.uuid4().hex[:8]}@example.org",
    )
    member.name_public = name_public
    operations.confirm(session, member)
    for role in roles:
        operations.grant(
            session, member, role, region=official_region if role == "official" else ""
        )
    if second_factor and roles:
        member.tf_primary_method = "authenticator"
        member.tf_totp_secret = "set up elsewhere"
    session.flush()
    return member


class Browser(FlaskClient):
    """A client that adds the CSRF token of its session to unsafe requests."""

    member_id: uuid.UUID | None = None
    careless = False

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Send a request as a page of ours would."""
        method = kwargs.get("method", "GET")
        if method not in {"GET", "HEAD", "OPTIONS"} and not self.careless:
            headers = dict(kwargs.pop("headers", None) or {})
            headers.setdefault("X-CSRFToken", self.csrf_token(kwargs.get("base_url")))
            kwargs["headers"] = headers
        return super().open(*args, **kwargs)

    def csrf_token(self, base_url: str | None = None) -> str:
        """The token a form of this session would carry."""
        with self.session_transaction(base_url=base_url) as session:
            raw = session.setdefault("csrf_token", TOKEN)
            session["csrf_token"] = raw
        signer = URLSafeTimedSerializer(cast("str", self.application.secret_key), "wtf-csrf-token")
        return cast("str", signer.dumps(raw))


def sign_in(
    app: Flask,
    *,
    roles: tuple[str, ...] = (),
    region: str = "RU-TYU",
    member: uuid.UUID | None = None,
    **details: Any,
) -> Browser:
    """A browser signed in as ``member``, or as a new one with ``roles`` in ``region``."""
    database = database_of(app)
    browser = cast("Browser", app.test_client())
    with database.begin() as session:
        who = (
            operations.get(session, member)
            if member is not None
            else a_member(session, roles=roles, region=region, **details)
        )
        browser.member_id = who.id
        _row, secret = session_store.create(
            session,
            member=who.id,
            data=_json.dumps(
                {"_user_id": who.fs_uniquifier, "fs_paa": time.time(), "csrf_token": TOKEN}
            ),
            device="Firefox, Linux",
            unused_for=timedelta(days=14),
        )
    interface = cast("DatabaseSessions", app.session_interface)
    browser.set_cookie(interface.cookie, secret, secure=interface.secure)
    return browser
