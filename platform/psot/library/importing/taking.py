"""Published questions in a format of other systems."""

from sqlalchemy.orm import Session

from content.exchange import Exported, Format, export_gift, export_moodle_xml
from content.quiz import write_question
from psot.library import queries
from psot.library.rows import Row


def exported(session: Session, format_: str, *, topic: str = "") -> Exported:
    """Return a file of all published questions, or of those whose own topic is ``topic``."""
    found = queries.questions(session, topics=[topic] if topic else [])
    rows = [write_question(one) for one in found if not topic or one.topic == topic]
    if format_ == Format.GIFT:
        return export_gift(rows)
    return export_moodle_xml(rows, _pictures(session, rows))


def _pictures(session: Session, rows: list[Row]) -> dict[str, bytes]:
    names = {row["picture"]["file"] for row in rows if "picture" in row}
    found = {name: queries.file(session, name) for name in sorted(names)}
    return {name: one.data for name, one in found.items() if one is not None}
