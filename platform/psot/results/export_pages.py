"""Files of a protocol: CSV, XLSX, PDF and JSON in the reader's language, names by consent."""

from collections.abc import Callable, Mapping
from typing import Final
from uuid import UUID

from flask import Response, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from psot.database import transaction
from psot.races.stages import Stage
from psot.races.wording import FORMATS
from psot.results import asked
from psot.results.access import race_here
from psot.results.errors import NoProtocol
from psot.results.exports import csv_file, json_file, pdf_file, table, xlsx_file
from psot.results.pages import blueprint
from psot.results.protocols import Sheet, sheet
from psot.shell.formats import moment


@blueprint.get("/races/<uuid:race_id>/protocol.<any(csv, xlsx, pdf, json):kind>")
def export(race_id: UUID, kind: str) -> Response:
    """Give the protocol as a file; ``?canonical=1`` gives the very bytes of the hash as JSON."""
    with transaction() as session:
        race = race_here(session, race_id)
        found = sheet(session, race, asked.stage())
    if found is None:
        raise NoProtocol(_("There is no protocol yet."), subject=str(race_id))
    bare = kind == "json" and bool(request.args.get("canonical"))
    made = json_file.body(found) if bare else WRITERS[kind](found)
    response = Response(made, mimetype=TYPES[kind])
    name = f"psot-{race.id.hex[:8]}-{found.stage.value}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Protocol-SHA256"] = found.sha256
    return response


def _csv(found: Sheet) -> bytes:
    return csv_file.write(table.results(found))


def _xlsx(found: Sheet) -> bytes:
    return xlsx_file.write(found, (table.results(found), table.splits(found)), _about(found))


def _pdf(found: Sheet) -> bytes:
    (_title, title), *about = _about(found)
    lines = tuple(f"{name}: {value}" for name, value in about)
    cover = pdf_file.Cover(title=title, lines=lines, foot=f"SHA-256 {found.sha256}")
    return pdf_file.write(table.results(found), cover)


def _about(found: Sheet) -> tuple[tuple[str, str], ...]:
    race = found.race
    official = found.stage is Stage.OFFICIAL
    proof = f"{request.url_root.rstrip('/')}/races/{race.id}/proof"
    lines = [
        (gettext("Race"), race.title),
        (gettext("Format"), str(FORMATS[race.format])),
        (
            gettext("Status of the protocol"),
            gettext("Official results") if official else gettext("Provisional results"),
        ),
        (gettext("Published"), moment(found.published_at)),
        ("SHA-256", found.sha256),
        (gettext("How to check it"), proof),
    ]
    if race.zero_at is not None:
        lines.insert(2, (gettext("Started"), moment(race.zero_at)))
    return tuple(lines)


WRITERS: Final[Mapping[str, Callable[[Sheet], bytes]]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "pdf": _pdf,
    "json": json_file.write,
}
TYPES: Final[Mapping[str, str]] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "json": "application/json",
}
