"""Files that come in parts: each part is written where the last one ended, the last one moves it.

Nothing of an upload is in memory but its part. A connection lost in between costs one part: the
answer tells how many bytes are here, and the page goes on from there.
"""

import os
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from psot.database import new_id
from psot.recordings import files
from psot.recordings.errors import BadFile, OutOfStep, UnknownUpload
from psot.recordings.models import Upload

LARGEST_PART_BYTES = 8_000_000
KEPT = timedelta(days=2)
"""An upload that nobody goes on with is removed after so long."""
_MEGABYTE = 1_000_000


def begin(
    session: Session, *, member: UUID, name: str, size: int, most_mb: int, now: datetime
) -> Upload:
    """Begin an upload; the same member's unfinished one of the same file goes on.

    Raises BadFile for a name or a size that cannot be, or a file that is there already.
    """
    _clear(session, now)
    known = files.safe_name(name)
    if not 0 < size <= most_mb * _MEGABYTE:
        raise BadFile(_("A file may hold up to %(most)s MB.", most=most_mb), subject=known)
    if (files.folder("own") / known).exists():
        raise BadFile(_("A file with this name is there already."), subject=known)
    going = session.scalar(
        select(Upload).where(Upload.member == member, Upload.name == known, Upload.size == size)
    )
    if going is not None and _part(going).exists():
        return going
    made = Upload(id=new_id(), member=member, name=known, size=size, received=0, started_at=now)
    session.add(made)
    session.flush()
    _part(made).parent.mkdir(parents=True, exist_ok=True)
    _part(made).touch()
    return made


def add(session: Session, *, member: UUID, upload: UUID, offset: int, part: bytes) -> Upload:
    """Write a part at ``offset``; a part that is here already changes nothing.

    The last part puts the file into the folder. Raises UnknownUpload, OutOfStep, BadFile.
    """
    row = session.scalar(
        select(Upload).where(Upload.id == upload, Upload.member == member).with_for_update()
    )
    if row is None or not _part(row).exists():
        raise UnknownUpload(_("There is no such upload."), subject=str(upload))
    if offset + len(part) <= row.received:
        return row
    if offset != row.received or offset + len(part) > row.size or not part:
        raise OutOfStep(_("This part does not follow the last one."))
    path = _part(row)
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(part)
        file.truncate()
        file.flush()
        os.fsync(file.fileno())
    row.received = offset + len(part)
    if row.received == row.size:
        _finish(session, row, path)
    session.flush()
    return row


def _finish(session: Session, row: Upload, path: Path) -> None:
    target = files.folder("own") / row.name
    session.delete(row)
    try:
        files.check_content(path, row.name)
        os.link(path, target)  # fails where somebody else's file came first
    except FileExistsError as error:
        raise BadFile(_("A file with this name is there already."), subject=row.name) from error
    finally:
        path.unlink()


def _clear(session: Session, now: datetime) -> None:
    for row in session.scalars(select(Upload).where(Upload.started_at < now - KEPT)):
        _part(row).unlink(missing_ok=True)
        session.delete(row)


def _part(row: Upload) -> Path:
    return files.folder("own") / files.PARTS / str(row.id)
