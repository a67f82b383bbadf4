"""The proof of a race as plain data: commitment, protocols with their hashes, later every draw.

No name and no member is in it. Right options and the secret come with the official protocol, never
before; with them anybody can repeat what the server drew (`psot.jury.checking`).
"""

from typing import Any

from sqlalchemy.orm import Session

from psot.course import queries as course
from psot.jury import queries
from psot.races import queries as races
from psot.races.proof import questions_document, rules_document
from psot.races.stages import Stage
from psot.races.values import RaceView

FORM = "psot.race.proof.v1"


def document(session: Session, view: RaceView) -> dict[str, Any]:
    """Return what can be known of a race's draws at its stage."""
    found: dict[str, Any] = {
        "form": FORM,
        "race": {
            "id": str(view.id),
            "title": view.title,
            "format": view.format,
            "options": dict(view.options),
            "stage": view.stage.value,
        },
        "commitment": {
            "secret_sha256": view.secret_sha256,
            "questions_sha256": view.questions_sha256,
            "rules_sha256": view.rules_sha256,
        },
        "rules": rules_document(view.rules),
        "protocols": [
            {
                "stage": one.stage,
                "sha256": one.sha256,
                "published_at": one.published_at.isoformat(),
                "body": one.body,
            }
            for stage in (Stage.PROVISIONAL, Stage.OFFICIAL)
            if (one := queries.published(session, view.id, stage.value)) is not None
        ],
    }
    if view.stage is Stage.OFFICIAL:
        found |= _revealed(session, view)
    return found


def _revealed(session: Session, view: RaceView) -> dict[str, Any]:
    return {
        "secret": races.secret(session, view.id).hex(),
        "questions": questions_document(races.question_set(session, view.id)),
        "tasks": [
            {
                "bib": one.bib,
                "number": one.number,
                "kind": one.kind,
                "question": one.question,
                "options": [list(pair) for pair in one.options],
            }
            for one in course.tasks(session, view.id)
        ],
    }
