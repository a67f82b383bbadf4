"""Every setting: one table with name, default, unit and meaning, read from the environment.

A secret may also be given as a file: ``SECRET_KEY_FILE=/run/secrets/key`` is read for
``SECRET_KEY``, and so for every name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

SHORTEST_SECRET = 32


class BadSetting(ValueError):  # noqa: N818 - read as a sentence: raise BadSetting(...)
    """A setting whose value cannot be used; says which and why."""


def _flag(text: str) -> bool:
    known = {
        "1": True,
        "true": True,
        "yes": True,
        "0": False,
        "false": False,
        "no": False,
        "": False,
    }
    if text.lower() not in known:
        raise ValueError("expected 1 or 0")
    return known[text.lower()]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").split())


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One row: the environment ``name``, ``default`` as text, ``unit`` and ``meaning``."""

    name: str
    default: str
    unit: str
    meaning: str
    parse: Callable[[str], Any] = str

    @property
    def field(self) -> str:
        """Return the attribute of `Settings` that holds it."""
        return self.name.removeprefix("PSOT_").lower()


def _row(
    name: str, default: str, unit: str, meaning: str, parse: Callable[[str], Any] = str
) -> Setting:
    return Setting(name=name, default=default, unit=unit, meaning=meaning, parse=parse)


SETTINGS: tuple[Setting, ...] = (
    _row("DATABASE_URL", "", "URL", "PostgreSQL; empty: the embedded one"),
    _row("REDIS_URL", "", "URL", "Redis; empty: the embedded one"),
    _row("PSOT_DATA_DIR", ".data", "path", "embedded databases, mails and logs", Path),
    _row("PSOT_HOST", "127.0.0.1", "address", "where the web process listens"),
    _row("PSOT_PORT", "8000", "TCP port", "where the web process listens", int),
    _row("PSOT_BASE_URL", "", "URL", "address members see; empty: http://localhost:PORT"),
    _row("PSOT_DEMO", "", "0 or 1", "demo community; relaxes MFA and the secret check", _flag),
    _row("SECRET_KEY", "", "text ≥ 32", "signs cookies and links; required outside demo mode"),
    _row("PSOT_ALLOWED_ORIGINS", "", "URLs", "origins of sockets; empty: PSOT_BASE_URL", _words),
    _row("PSOT_PROXY_HOPS", "0", "proxies", "exact number of trusted proxies in front", int),
    _row("PSOT_DATABASE_POOL", "8", "connections", "per process, at most", int),
    _row("PSOT_SESSION_DAYS", "14", "days", "a session unused for so long ends", int),
    _row("PSOT_SWEEP_EVERY_S", "1", "s", "how often undelivered facts are looked for", int),
    _row(
        "PSOT_CALIBRATE_EVERY_S", "3600", "s", "how often facility and season mean are taken", int
    ),
    _row("PSOT_EMBED_HOSTS", "", "hosts", "whose players recordings may show; empty: none", _words),
    _row("PSOT_UPLOAD_MOST_MB", "4000", "MB", "largest file of a recording", int),
    _row("PSOT_LOG_LEVEL", "INFO", "level", "least severe log line written"),
    _row("PSOT_METRICS_TOKEN", "", "text", "bearer token of /metrics; empty: loopback only"),
    _row("PSOT_MAIL_FROM", "psot@localhost", "address", "sender of every mail"),
    _row("SMTP_HOST", "", "host", "mail server; empty: mails land in the data folder"),
    _row("SMTP_PORT", "587", "TCP port", "mail server", int),
    _row("SMTP_USER", "", "text", "mail server account"),
    _row("SMTP_PASSWORD", "", "text", "mail server account"),
    _row("SMTP_TLS", "1", "0 or 1", "STARTTLS with the mail server", _flag),
    _row("OIDC_ISSUER", "", "URL", "outside sign-in; empty: none"),
    _row("OIDC_CLIENT_ID", "", "text", "outside sign-in"),
    _row("OIDC_CLIENT_SECRET", "", "text", "outside sign-in"),
    _row("OIDC_LABEL", "", "text", "name of the outside sign-in on its button"),
)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of one process; build it with `from_environment` or, in tests, by hand."""

    database_url: str
    redis_url: str
    data_dir: Path
    host: str = "127.0.0.1"
    port: int = 8000
    base_url: str = ""
    demo: bool = False
    secret_key: str = ""
    allowed_origins: tuple[str, ...] = ()
    proxy_hops: int = 0
    database_pool: int = 8
    session_days: int = 14
    sweep_every_s: int = 1
    calibrate_every_s: int = 3600
    embed_hosts: tuple[str, ...] = ()
    upload_most_mb: int = 4000
    log_level: str = "INFO"
    metrics_token: str = ""
    mail_from: str = "psot@localhost"
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_tls: bool = True
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_label: str = ""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Settings":
        """Read every row of `SETTINGS`; raises BadSetting naming the one that does not fit."""
        values: dict[str, Any] = {}
        for row in SETTINGS:
            text = _read(row, environ)
            try:
                values[row.field] = row.parse(text)
            except ValueError as error:
                raise BadSetting(f"{row.name}={text!r}: {error} ({row.unit})") from error
        here = tuple(f"http://{name}:{values['port']}" for name in ("localhost", "127.0.0.1"))
        origins = (values["base_url"],) if values["base_url"] else here
        values["base_url"] = values["base_url"] or here[0]
        values["allowed_origins"] = values["allowed_origins"] or origins
        return cls(**values)

    def require_secret(self) -> None:
        """Refuse a missing or short secret outside demo mode; raises BadSetting."""
        if not self.demo and len(self.secret_key) < SHORTEST_SECRET:
            raise BadSetting(f"SECRET_KEY needs at least {SHORTEST_SECRET} characters")

    @property
    def secure(self) -> bool:
        """Whether members come over TLS; then cookies are Secure and named ``__Host-``."""
        return self.base_url.startswith("https://")


def _read(row: Setting, environ: Mapping[str, str]) -> str:
    path = environ.get(f"{row.name}_FILE", "")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise BadSetting(f"{row.name}_FILE={path!r}: {error.strerror}") from error
    return environ.get(row.name, row.default)


FIELDS = tuple(one.name for one in fields(Settings))
