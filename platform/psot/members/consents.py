"""Consents: one document per purpose, in versions that stay; what was agreed to can be shown."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask_babel import lazy_gettext
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from psot import clock
from psot.members.models import Consent, Member

FOLDER = Path(__file__).parent / "documents"


@dataclass(frozen=True, kw_only=True)
class Purpose:
    """Something a member agrees to. Without a ``required`` one there is no account.

    ``version`` is the newest document; a new text is a new file and a new version.
    """

    name: str
    title: str
    version: int
    required: bool = False


PERSONAL_DATA = "personal_data"
PUBLISH_NAME = "publish_name"
REGION_COUNTS = "region_counts"

PURPOSES: dict[str, Purpose] = {
    PERSONAL_DATA: Purpose(
        name=PERSONAL_DATA,
        title=lazy_gettext("Consent to the processing of personal data"),
        version=1,
        required=True,
    ),
    PUBLISH_NAME: Purpose(
        name=PUBLISH_NAME, title=lazy_gettext("Consent to publish my name"), version=1
    ),
    REGION_COUNTS: Purpose(
        name=REGION_COUNTS,
        title=lazy_gettext("Consent to be counted for the officials of my region"),
        version=1,
    ),
}
OPTIONAL = tuple(one.name for one in PURPOSES.values() if not one.required)


@dataclass(frozen=True, kw_only=True)
class Document:
    """One text in one language; ``sha256`` is of its bytes."""

    purpose: str
    version: int
    language: str
    text: str
    sha256: str

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text without its title, paragraph by paragraph."""
        return tuple(part.strip() for part in self.text.split("\n\n")[1:] if part.strip())

    @property
    def title(self) -> str:
        """The first line."""
        return self.text.split("\n", 1)[0].removeprefix("# ").strip()


@cache
def document(purpose: str, version: int, language: str) -> Document:
    """Return a text; raises LookupError where there is no such one."""
    if purpose not in PURPOSES:
        raise LookupError(purpose)
    path = FOLDER / f"{purpose}.v{version}.{language}.md"
    if not path.is_file():
        raise LookupError(path.name)
    data = path.read_bytes()
    return Document(
        purpose=purpose,
        version=version,
        language=language,
        text=data.decode(),
        sha256=hashlib.sha256(data).hexdigest(),
    )


def newest(purpose: str, language: str) -> Document:
    """Return the newest text for ``purpose``."""
    return document(purpose, PURPOSES[purpose].version, language)


def give(session: Session, member: Member, purpose: str, language: str) -> None:
    """Record that ``member`` agrees to the newest text for ``purpose``; once is enough."""
    agreed = newest(purpose, language)
    if any(
        one.purpose == purpose and one.version == agreed.version
        for one in standing(session, member.id)
    ):
        return
    session.add(
        Consent(
            member_id=member.id,
            purpose=purpose,
            version=agreed.version,
            language=language,
            text_sha256=agreed.sha256,
            given_at=clock.now(),
        )
    )
    _repeat(member, purpose, given=True)


def withdraw(session: Session, member: Member, purpose: str) -> None:
    """Record that ``member`` agrees no more to ``purpose``, from now on."""
    session.execute(
        update(Consent)
        .where(
            Consent.member_id == member.id,
            Consent.purpose == purpose,
            Consent.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=clock.now())
    )
    _repeat(member, purpose, given=False)


def standing(session: Session, member: uuid.UUID) -> Sequence[Consent]:
    """Return the consents of ``member`` that hold, the newest first."""
    return session.scalars(
        select(Consent)
        .where(Consent.member_id == member, Consent.withdrawn_at.is_(None))
        .order_by(Consent.given_at.desc())
    ).all()


def _repeat(member: Member, purpose: str, *, given: bool) -> None:
    if purpose == PUBLISH_NAME:
        member.name_public = given
    elif purpose == REGION_COUNTS:
        member.counted = given
        if not given:
            # It is asked for nothing else.
            member.municipality = ""
