"""Mail: written in the transaction of what it tells of, sent afterwards, at least once.

With a mail server the body is emptied when the server took it. Without one (embedded mode) every
mail becomes a file in ``<data folder>/mail`` and stays readable on the organizer's page.
"""

import smtplib
import ssl
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr
from pathlib import Path

import structlog
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.serializers import JSONSerializer
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from psot import clock
from psot.config import Settings
from psot.database import Database
from psot.members.models import Mail

QUEUE = "jobs"
JOB = "psot.jobs.send_mails"
BATCH = 20
SMTP_TIMEOUT_S = 20
# After the n-th failure the next try waits so long; the last one for ever after.
PATIENCE = tuple(timedelta(minutes=one) for one in (1, 5, 15, 60, 240))

_RUNG = "psot.members.mail.rung"
_log = structlog.get_logger()


def write(
    session: Session, *, recipient: str, subject: str, body: str, redis: Redis | None = None
) -> Mail:
    """Add a mail to the outbox; a worker is asked to send it after the commit of ``session``."""
    now = clock.now()
    mail = Mail(
        recipient=recipient,
        subject=" ".join(subject.split()),
        body=body,
        created_at=now,
        next_try_at=now,
    )
    session.add(mail)
    if redis is not None and _RUNG not in session.info:
        session.info[_RUNG] = True
        event.listen(session, "after_commit", lambda one: _ring(one, redis), once=True)
    return mail


def send_waiting(database: Database, settings: Settings) -> int:
    """Send the mails that wait, and return how many were sent. Any number may run at once."""
    sent = 0
    while batch := _send_batch(database, settings):
        sent += batch
    return sent


def _send_batch(database: Database, settings: Settings) -> int:
    sent = 0
    with database.begin() as session:
        now = clock.now()
        waiting = session.scalars(
            select(Mail)
            .where(Mail.sent_at.is_(None), Mail.next_try_at <= now)
            .order_by(Mail.next_try_at)
            .limit(BATCH)
            .with_for_update(skip_locked=True)
        ).all()
        for mail in waiting:
            sent += _send_one(mail, settings, now)
    return sent


def _send_one(mail: Mail, settings: Settings, now: datetime) -> int:
    mail.tries += 1
    try:
        if settings.smtp_host:
            _by_server(_message(mail, settings), settings)
            mail.body = ""
        else:
            _into_folder(_message(mail, settings), mail, settings)
    except (OSError, smtplib.SMTPException) as error:
        mail.error = f"{type(error).__name__}: {error}"[:300]
        mail.next_try_at = now + PATIENCE[min(mail.tries, len(PATIENCE)) - 1]
        _log.warning(
            "mail_not_sent", mail=str(mail.id), tries=mail.tries, error=type(error).__name__
        )
        return 0
    mail.sent_at, mail.error = now, ""
    return 1


def folder(settings: Settings) -> Path:
    """Return where mails land without a mail server."""
    return settings.data_dir / "mail"


def _message(mail: Mail, settings: Settings) -> EmailMessage:
    message = EmailMessage()
    message["From"] = settings.mail_from
    message["To"] = mail.recipient
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.created_at)
    _name, address = parseaddr(settings.mail_from)
    # The same id at every try, so that a mail sent twice is shown once.
    message["Message-ID"] = f"<{mail.id}@{address.rpartition('@')[2] or make_msgid()}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body)
    return message


def _by_server(message: EmailMessage, settings: Settings) -> None:
    with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=SMTP_TIMEOUT_S) as server:
        if settings.smtp_tls:
            server.starttls(context=ssl.create_default_context())
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password)
        server.send_message(message)


def _into_folder(message: EmailMessage, mail: Mail, settings: Settings) -> None:
    place = folder(settings)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{mail.created_at:%Y%m%d-%H%M%S}-{mail.id}.eml"
    unfinished = place / f".{name}"
    unfinished.write_bytes(bytes(message))
    unfinished.replace(place / name)


def _ring(session: Session, redis: Redis) -> None:
    session.info.pop(_RUNG, None)
    try:
        Queue(QUEUE, connection=redis, serializer=JSONSerializer).enqueue(
            JOB, result_ttl=0, failure_ttl=3600, job_timeout=120
        )
    except RedisError as error:
        _log.warning("mail_not_rung", error=type(error).__name__)
