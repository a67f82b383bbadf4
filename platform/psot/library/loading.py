"""Loading a pack: what is new comes in, what changed is a new version, what is gone is retired.

The folder and the editors can both change a document. A row that the folder has not changed since
it was loaded last leaves an editor's version alone; a row that it has changed becomes the newest
version. So loading the same folder twice changes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import insert, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from events.library import DocumentRetired
from psot.ledger import append_many
from psot.library import search
from psot.library.errors import NameTaken
from psot.library.models import Document, File, Load, Version
from psot.library.packs import Entry, PackRows, folder_sha256, read_pack
from psot.library.publishing import change, publish_versions
from psot.library.rows import digest, title

Name = tuple[str, str]
"""Kind and name of a document."""

NAMED = 5
"""Taken names told in one error."""


@dataclass(frozen=True, kw_only=True)
class LoadReport:
    """What came of a load, as (kind, name) of documents; ``kept`` were changed by editors here."""

    pack: str
    new: tuple[Name, ...] = ()
    changed: tuple[Name, ...] = ()
    same: int = 0
    retired: tuple[Name, ...] = ()
    kept: tuple[Name, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether the folder brought nothing that was not there."""
        return not (self.new or self.changed or self.retired)


@dataclass(frozen=True, kw_only=True)
class _Plan:
    new: list[tuple[int, Entry, str]]
    changed: list[tuple[Document, Entry, str]]
    same: int
    gone: list[Document]
    kept: list[Document]


def load_folder(
    session: Session, folder: Path, *, by: UUID | None, now: datetime, draft: bool = False
) -> LoadReport:
    """Load the pack in ``folder``; returns at once where this very folder was loaded last.

    Raises BadPack and NameTaken.
    """
    sha256 = folder_sha256(folder)
    loads = select(Load.pack, Load.sha256, Load.report).order_by(Load.loaded_at)
    newest = {row.pack: row for row in session.execute(loads)}
    for row in newest.values():
        if row.sha256 == sha256 and not draft:
            return LoadReport(pack=row.pack, same=int(row.report["documents"]))
    return load_pack(session, read_pack(folder), by=by, now=now, draft=draft)


def load_pack(
    session: Session, pack: PackRows, *, by: UUID | None, now: datetime, draft: bool = False
) -> LoadReport:
    """Bring the rows of ``pack`` into the library, published, or as drafts where ``draft`` says so.

    Raises NameTaken where a name belongs to another pack. Idempotent. Drafts that editors have
    under way stay; a load of drafts passes over documents that have one.
    """
    change(session)
    known = _known(session, pack)
    bodies = _bodies(session, known.values())
    plan = _plan(pack, known, bodies)
    _store_files(session, pack.entries)
    state = "draft" if draft else "published"
    versions = _new_documents(session, pack, plan, state, by=by, now=now)
    open_ = _open(session, [one.id for one, _, _ in plan.changed]) if draft else set()
    changed = [one for one in plan.changed if one[0].id not in open_]
    versions += _new_versions(session, changed, bodies, state, by=by, now=now)
    _place(pack, known)
    gone: list[Document] = []
    if not draft:
        _note_loaded(pack, known, versions)
        publish_versions(session, versions, now=now)
        gone = plan.gone
        retire_documents(session, gone, by=by, now=now)
    report = LoadReport(
        pack=pack.id,
        new=tuple((one.kind, one.name) for _, one, _ in plan.new),
        changed=tuple((one.kind, one.name) for _, one, _ in changed),
        same=plan.same,
        retired=tuple((one.kind, one.name) for one in gone),
        kept=tuple((one.kind, one.name) for one in plan.kept),
    )
    if not draft:
        _remember(session, pack, report, by=by, now=now)
    return report


def retire_documents(
    session: Session, documents: Sequence[Document], *, by: UUID | None, now: datetime
) -> None:
    """Take documents from readers and from the search; their versions stay."""
    for one in documents:
        one.retired_at = now
        one.changed_at = now
    search.remove(session, [(one.kind, one.name) for one in documents])
    facts = [
        DocumentRetired(kind=one.kind, name=one.name, version=one.published or 0, editor=by)
        for one in documents
    ]
    append_many(session, [(one, f"{one.kind}:{one.name}:{now.isoformat()}", now) for one in facts])


def _known(session: Session, pack: PackRows) -> dict[Name, Document]:
    """Return the documents that the pack names or owns. Raises NameTaken."""
    rows = list(session.scalars(select(Document).where(Document.pack == pack.id)))
    found = {(one.kind, one.name): one for one in rows}
    wanted = {(one.kind, one.name) for one in pack.entries} - found.keys()
    elsewhere = session.execute(
        select(Document.kind, Document.name, Document.pack).where(
            Document.pack != pack.id, Document.name.in_({name for _, name in wanted})
        )
    ).all()
    taken = [row for row in elsewhere if (row.kind, row.name) in wanted]
    if taken:
        first = ", ".join(f"{row.kind} {row.name} ({row.pack})" for row in taken[:NAMED])
        raise NameTaken(
            _(
                "The pack %(pack)s brings names that belong to another pack: %(names)s. "
                "Nothing was loaded.",
                pack=pack.id,
                names=first,
            ),
            subject=taken[0].name,
        )
    return found


def _bodies(session: Session, documents: Iterable[Document]) -> dict[UUID, str]:
    """Return the digest of what readers get of each document."""
    rows = session.execute(
        select(Version.document_id, Version.sha256)
        .join(Document, Document.id == Version.document_id)
        .where(Version.number == Document.published)
    ).all()
    wanted = {one.id for one in documents}
    return {row.document_id: row.sha256 for row in rows if row.document_id in wanted}


def _plan(pack: PackRows, known: Mapping[Name, Document], published: Mapping[UUID, str]) -> _Plan:
    plan = _Plan(new=[], changed=[], same=0, gone=[], kept=[])
    same = 0
    for position, entry in enumerate(pack.entries):
        sha256 = digest(entry.body)
        document = known.get((entry.kind, entry.name))
        if document is None:
            plan.new.append((position, entry, sha256))
        elif document.loaded_sha256 == sha256:
            same += 1
            if published.get(document.id) != sha256 or document.retired_at is not None:
                plan.kept.append(document)
        elif published.get(document.id) == sha256 and document.retired_at is None:
            same += 1
        else:
            plan.changed.append((document, entry, sha256))
    named = {(one.kind, one.name) for one in pack.entries}
    gone = [
        one
        for name, one in known.items()
        if name not in named and one.loaded_sha256 is not None and one.retired_at is None
    ]
    return _Plan(new=plan.new, changed=plan.changed, same=same, gone=gone, kept=plan.kept)


def _new_documents(
    session: Session,
    pack: PackRows,
    plan: _Plan,
    state: str,
    *,
    by: UUID | None,
    now: datetime,
) -> list[tuple[Document, Version]]:
    made = []
    for position, entry, sha256 in plan.new:
        document = Document(
            kind=entry.kind,
            name=entry.name,
            pack=pack.id,
            topic=entry.topic,
            position=position,
            published=None,
            newest=1,
            title=title(entry.kind, entry.name, entry.body),
            loaded_sha256=None,
            changed_at=now,
            retired_at=None,
        )
        made.append((document, entry, sha256))
    session.add_all([one for one, _, _ in made])
    session.flush()
    versions = [
        (one, _version(one, entry, sha256, state, by=by, now=now)) for one, entry, sha256 in made
    ]
    session.add_all([version for _, version in versions])
    session.flush()
    return versions


def _new_versions(
    session: Session,
    changed: Sequence[tuple[Document, Entry, str]],
    published: Mapping[UUID, str],
    state: str,
    *,
    by: UUID | None,
    now: datetime,
) -> list[tuple[Document, Version]]:
    made = []
    for document, entry, sha256 in changed:
        if published.get(document.id) == sha256 and document.published is not None:
            # It comes back as it was: the same words keep their number.
            kept = session.get_one(Version, (document.id, document.published))
            made.append((document, kept))
            continue
        document.newest += 1
        if state == "published":
            document.title = title(entry.kind, entry.name, entry.body)
        version = _version(document, entry, sha256, state, by=by, now=now)
        session.add(version)
        made.append((document, version))
    session.flush()
    return made


def _version(
    document: Document, entry: Entry, sha256: str, state: str, *, by: UUID | None, now: datetime
) -> Version:
    return Version(
        document_id=document.id,
        number=document.newest,
        body=entry.body,
        sha256=sha256,
        state=state,
        base=document.published,
        author=by,
        reviewer=None,
        note="",
        made_at=now,
        published_at=now if state == "published" else None,
    )


def _place(pack: PackRows, known: Mapping[Name, Document]) -> None:
    for position, entry in enumerate(pack.entries):
        document = known.get((entry.kind, entry.name))
        if document is not None and document.position != position:
            document.position = position


def _note_loaded(
    pack: PackRows,
    known: Mapping[Name, Document],
    versions: Sequence[tuple[Document, Version]],
) -> None:
    fresh = {(one.kind, one.name): one for one, _ in versions}
    for entry in pack.entries:
        name = (entry.kind, entry.name)
        document = fresh.get(name) or known[name]
        sha256 = digest(entry.body)
        if document.loaded_sha256 != sha256:
            document.loaded_sha256 = sha256
    named = {(one.kind, one.name) for one in pack.entries}
    for name, document in known.items():
        if name not in named and document.loaded_sha256 is not None:
            document.loaded_sha256 = None


def _open(session: Session, documents: Sequence[UUID]) -> set[UUID]:
    rows = session.scalars(
        select(Version.document_id).where(
            Version.state.in_(("draft", "review")), Version.document_id.in_(documents)
        )
    )
    return set(rows)


def _store_files(session: Session, entries: Sequence[Entry]) -> None:
    for one in entries:
        if one.data is not None:
            store_file(session, one)


def store_file(session: Session, entry: Entry) -> None:
    """Keep the bytes of a picture; the same bytes are kept once."""
    values = {
        "sha256": entry.body["sha256"],
        "name": entry.name,
        "media_type": entry.body["media_type"],
        "data": entry.data,
    }
    session.execute(upsert(File).values(values).on_conflict_do_nothing())


def _remember(
    session: Session, pack: PackRows, report: LoadReport, *, by: UUID | None, now: datetime
) -> None:
    counts = {
        name: len(value) if isinstance(value, tuple) else value
        for name, value in asdict(report).items()
    }
    session.execute(
        insert(Load),
        {
            "pack": pack.id,
            "sha256": pack.sha256,
            "loaded_at": now,
            "loaded_by": by,
            "report": {**counts, "documents": len(pack.entries)},
        },
    )
