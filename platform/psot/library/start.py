"""The pack that comes with PSOT: in the library before anybody enters."""

from content.quiz.loader import PACKS
from psot import clock
from psot.database import Database
from psot.library.loading import LoadReport, load_folder

START = PACKS / "start"


def load_start(database: Database) -> LoadReport:
    """Load the start pack, at once where this very one is there already."""
    with database.begin() as session:
        return load_folder(session, START, by=None, now=clock.now())


def described(report: LoadReport) -> str:
    """Return what came of a load, on one line for a terminal."""
    if report.nothing:
        return f"pack {report.pack}: {report.same} documents, nothing new"
    counts = {
        "new": len(report.new),
        "changed": len(report.changed),
        "retired": len(report.retired),
        "the same": report.same,
        "changed by editors and left": len(report.kept),
    }
    told = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
    return f"pack {report.pack}: {told}"
