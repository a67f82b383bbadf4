"""Loading packs and searching passages, for `bench/content.py`."""

import time
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import text

from bench.content_corpus import Words, change_questions, documents, queries, write_pack
from bench.content_figures import Step, Times, beside, taken_s, times_of
from psot import clock
from psot.database import Database
from psot.library import search
from psot.library.loading import load_folder

CHANGED = 100


def loads(database: Database, folder: Path, words: Words, count: int) -> list[Step]:
    """Load a pack, load it again, and load it with a hundred questions changed."""
    write_pack(folder, words, count)
    reading_s = taken_s(lambda: _read_plainly(folder))

    def load() -> None:
        with database.begin() as session:
            load_folder(session, folder, by=None, now=clock.now())

    first_s = taken_s(load)
    copy_s = taken_s(lambda: _copied(database))
    again_s = taken_s(load)
    change_questions(folder, CHANGED)
    changed_s = taken_s(load)

    def step(what: str, seconds: float, questions: int, peer: str, peer_s: float) -> Step:
        return Step(
            what=what,
            seconds=seconds,
            per_s=questions / seconds,
            peer=peer,
            ratio=seconds / peer_s,
        )

    print(f"{count:,} questions loaded in {first_s:.1f} s", flush=True)
    copied = "COPY of the same rows"
    libyaml = "libyaml reads the files"
    return [
        step(f"load {count:,} questions", first_s, count, copied, copy_s),
        step("the same", first_s, count, libyaml, reading_s),
        step("load the same folder again", again_s, count, libyaml, reading_s),
        step(f"load with {CHANGED} changed", changed_s, count, libyaml, reading_s),
    ]


def _read_plainly(folder: Path) -> None:
    for path in folder.rglob("*.yaml"):
        yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)


def _copied(database: Database) -> None:
    """Copy what was stored of the questions into tables alike: rows, versions, search."""
    with database.begin() as session:
        connection: Any = session.connection().connection.driver_connection
        cursor = connection.cursor()
        for table in ("library_documents", "library_versions", "library_passages"):
            cursor.execute(f"CREATE TABLE peer_{table} (LIKE {table} INCLUDING ALL)")
            generated = "titles, search, id" if table == "library_passages" else ""
            columns = cursor.execute(
                "SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute"
                " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
                " AND attname <> ALL (string_to_array(%s, ', '))",
                (table, generated),
            ).fetchone()[0]
            with cursor.copy(f"COPY {table} ({columns}) TO STDOUT") as told:
                rows = b"".join(told)
            with cursor.copy(f"COPY peer_{table} ({columns}) FROM STDIN") as taken:
                taken.write(rows)


def searches(database: Database, words: Words, passages: int, count: int) -> list[Times]:
    """Fill the search and ask it ``count`` different things, class by class."""
    texts: list[str] = []
    began = time.perf_counter()
    made = documents(words, passages)
    while some := list(islice(made, 5_000)):
        texts += [passage.text for *_, (passage,) in some[:50]]
        with database.begin() as session:
            search.index_many(session, some)
    print(f"{passages:,} passages indexed in {time.perf_counter() - began:.1f} s", flush=True)
    with database.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(
            text("VACUUM ANALYZE library_passages")
        )
    asked = queries(words, texts, count)
    with database.begin() as session:
        for _, q in asked[::10]:
            search.find(session, q)
        trip = text("SELECT 1")
        plain = text(
            "SELECT count(*) FROM library_passages"
            " WHERE search @@ websearch_to_tsquery('russian', :q)"
        )
        trips = times_of("SELECT 1", [taken_s(lambda: session.execute(trip)) for _ in range(count)])
        found: dict[str, list[float]] = {}
        counted: dict[str, list[float]] = {}
        for kind, q in asked:
            for name in (kind, "all queries"):
                found.setdefault(name, [])
                counted.setdefault(name, [])
            took_s = taken_s(partial(search.find, session, q))
            peer_s = taken_s(partial(session.scalar, plain, {"q": q}))
            for name in (kind, "all queries"):
                found[name].append(took_s)
                counted[name].append(peer_s)
    lines = [trips]
    for name, times in found.items():
        peer = times_of(f"count only: {name}", counted[name])
        lines += [beside(times_of(name, times), "unranked count", peer), peer]
    return lines
