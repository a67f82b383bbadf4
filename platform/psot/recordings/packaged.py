"""The recordings that come with PSOT: `recordings.yaml` beside their files."""

from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy.orm import Session

from psot.recordings import editing, files
from psot.recordings.editing import Draft
from psot.recordings.models import Recording
from psot.recordings.values import Chapter, Words


def load_packaged(session: Session, *, now: datetime, folder: Path = files.PACK) -> list[str]:
    """Publish every recording of ``folder`` that is not there yet; returns their names.

    One that is there stays as its editors left it.
    """
    listed = yaml.safe_load((folder / "recordings.yaml").read_text(encoding="utf-8"))
    fresh = [one for one in listed if session.get(Recording, one["slug"]) is None]
    for one in fresh:
        editing.save(session, _draft(one, folder), editor=None, now=now)
        editing.publish(session, slug=one["slug"], editor=None, now=now)
    return [one["slug"] for one in fresh]


def _draft(row: dict[str, Any], folder: Path) -> Draft:
    return Draft(
        slug=row["slug"],
        title=Words(texts=row["title"]),
        about=Words(texts=row["about"]),
        speaker=Words(texts=row["speaker"]),
        topics=tuple(row["topics"]),
        language=row["language"],
        recorded_on=row["recorded_on"],
        length_ms=row["length_ms"],
        root="pack",
        file=row["file"],
        poster=row.get("poster", ""),
        chapters=tuple(
            Chapter(at_ms=one["at_ms"], title=Words(texts=one["title"])) for one in row["chapters"]
        ),
        subtitles={
            language: (folder / name).read_text(encoding="utf-8")
            for language, name in row["subtitles"].items()
        },
    )
