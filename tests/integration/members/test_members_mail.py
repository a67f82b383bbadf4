"""Mails: written with what they tell of, sent once, read by those who may."""

import email
import socketserver
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import cast

import pytest
from flask import Flask
from sqlalchemy import select

from psot import clock
from psot.config import Settings
from psot.database import Database
from psot.members import mail
from psot.members.models import Mail
from tests.web import database_of, make_app, make_settings, sign_in


class _Conversation(socketserver.StreamRequestHandler):
    """One SMTP conversation (RFC 5321), as far as a sender needs it."""

    def handle(self) -> None:
        server = cast("MailServer", self.server)
        self._say("220 ready")
        while line := self.rfile.readline():
            word = line.split()[0].upper() if line.split() else b""
            if word == b"DATA":
                self._say("354 go on")
                self._take(server)
            elif word == b"QUIT":
                self._say("221 bye")
                return
            elif word == b"RCPT" and server.full:
                self._say("452 the mailbox is full")
            else:
                self._say("250 fine")

    def _take(self, server: "MailServer") -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        message = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        server.taken.append(cast("EmailMessage", message))
        self._say("250 taken")

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


class MailServer(socketserver.ThreadingTCPServer):
    """A mail server on loopback that keeps what it takes; ``full`` refuses everybody."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.taken: list[EmailMessage] = []
        self.full = False


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield made
        made.shutdown()
        thread.join()


@pytest.fixture
def settings(database_url: str, redis_url: str, tmp_path: Path) -> Settings:
    return make_settings(database_url, redis_url, tmp_path / "data")


def by(server: MailServer, settings: Settings) -> Settings:
    """Settings that send through ``server``."""
    return replace(
        settings, smtp_host="127.0.0.1", smtp_port=server.server_address[1], smtp_tls=False
    )


def written(database: Database, count: int = 1) -> None:
    with database.begin() as session:
        for number in range(count):
            mail.write(
                session,
                recipient=f"member{number}@example.org",
                subject="Подтвердите адрес",
                body=f"Откройте ссылку {number}\n",
            )


def rows(database: Database) -> list[Mail]:
    with database.begin() as session:
        return list(session.scalars(select(Mail).order_by(Mail.created_at)))


def test_without_a_server_a_mail_becomes_a_file(database: Database, settings: Settings) -> None:
    written(database)

    assert mail.send_waiting(database, settings) == 1
    assert mail.send_waiting(database, settings) == 0

    (file,) = mail.folder(settings).iterdir()
    read = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert (read["To"], read["Subject"]) == ("member0@example.org", "Подтвердите адрес")
    assert read.get_content().strip() == "Откройте ссылку 0"


def test_a_server_takes_it_and_its_links_are_forgotten(
    database: Database, settings: Settings, server: MailServer
) -> None:
    written(database)

    mail.send_waiting(database, by(server, settings))

    (taken,) = server.taken
    assert taken.get_content().strip() == "Откройте ссылку 0"
    (row,) = rows(database)
    assert (row.body, row.sent_at is not None) == ("", True)


def test_what_fails_is_tried_later_and_ever_more_rarely(
    database: Database, settings: Settings, server: MailServer
) -> None:
    written(database)
    through, start = by(server, settings), clock.now()
    server.full = True

    with clock.fixed(start):
        assert mail.send_waiting(database, through) == 0
        assert mail.send_waiting(database, through) == 0
    (row,) = rows(database)
    assert (row.tries, row.next_try_at - start) == (1, timedelta(minutes=1))
    assert "full" in row.error

    server.full = False
    with clock.fixed(start + timedelta(minutes=2)):
        assert mail.send_waiting(database, through) == 1


def test_many_senders_at_once_send_each_mail_once(
    database: Database, settings: Settings, server: MailServer
) -> None:
    written(database, count=50)
    through = by(server, settings)

    with ThreadPoolExecutor(4) as pool:
        sent = sum(pool.map(lambda _: mail.send_waiting(database, through), range(4)))

    assert sent == 50
    assert sorted(one["To"] for one in server.taken) == sorted(
        f"member{number}@example.org" for number in range(50)
    )


def test_a_mail_of_an_undone_change_is_never_written(database: Database) -> None:
    session = database.session()
    mail.write(session, recipient="a@example.org", subject="s", body="b")
    session.flush()
    session.rollback()
    session.close()

    assert rows(database) == []


def test_a_subject_cannot_smuggle_headers(database: Database, settings: Settings) -> None:
    with database.begin() as session:
        mail.write(session, recipient="a@example.org", subject="s\r\nBcc: all@x.org", body="b")

    mail.send_waiting(database, settings)

    (file,) = mail.folder(settings).iterdir()
    assert email.message_from_bytes(file.read_bytes())["Bcc"] is None


def test_a_worker_is_asked_to_send_after_the_commit(app: Flask) -> None:
    app.test_client().post("/confirm", data={"email": "nobody@example.org"})
    client = sign_in(app)
    redis = app.extensions["psot.redis"]
    assert redis.llen("rq:queue:jobs") == 0

    client.post("/me/email", data={"email": "new@example.org"})

    assert redis.llen("rq:queue:jobs") == 1


def test_the_organizer_reads_mails_to_members_but_none_that_opens_a_higher_account(
    app: Flask,
) -> None:
    sign_in(app, roles=("administrator",), email="chief@example.org")
    with database_of(app).begin() as session:
        for recipient in ("chief@example.org", "ivan@example.org"):
            mail.write(session, recipient=recipient, subject="s", body="http://localhost/reset/x")
    ids = {one.recipient: one.id for one in rows(database_of(app))}
    organizer = sign_in(app, roles=("organizer",))

    def shown(recipient: str) -> bool:
        page = organizer.get(f"/organizer/mails/{ids[recipient]}").get_data(as_text=True)
        return "/reset/x" in page

    assert "chief@example.org" in organizer.get("/organizer/mails").get_data(as_text=True)
    assert [shown("ivan@example.org"), shown("chief@example.org")] == [True, False]


def test_with_a_mail_server_nobody_reads_the_text(
    database_url: str, redis_url: str, tmp_path: Path
) -> None:
    app = make_app(make_settings(database_url, redis_url, tmp_path, smtp_host="127.0.0.1"))
    with database_of(app).begin() as session:
        row = mail.write(session, recipient="a@example.org", subject="s", body="/reset/x")

    page = sign_in(app, roles=("administrator",)).get(f"/organizer/mails/{row.id}")
    database_of(app).close()

    assert "/reset/x" not in page.get_data(as_text=True)
