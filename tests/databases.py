"""Databases for tests: each test finds a clean one, under a name that nobody had before.

To copy the migrated template and to drop the copy is a quarter of a second of a busy core, nearly
all of it spent on a thousand files. So one copy serves many tests: what a test wrote is deleted,
the sequences begin anew, and the database takes a new name, so that what still knows the old one
reaches nothing. A copy that a test changed in any other way is thrown away.
"""

import itertools
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from psot.embedded.postgres import Postgres

# Deleted rows leave traces in tables and indexes: no copy is used until those are felt.
USES = 25
LARGEST_BYTES = 4_000_000

_numbers = itertools.count(1)

# What makes up the shape of a database. Emptying a table changes none of it; what sessions keep in
# temporary schemas is gone with them.
_CATALOGUES = (
    "pg_attribute",
    "pg_attrdef",
    "pg_constraint",
    "pg_index",
    "pg_proc",
    "pg_sequence",
    "pg_trigger",
    "pg_type",
    "pg_policy",
    "pg_rewrite",
    "pg_extension",
    "pg_largeobject_metadata",
)
_RELATIONS = """
    SELECT count(*), sum(hashtextextended(concat_ws('|', oid, relname, relnamespace, relowner,
        relpersistence, relkind, relhastriggers, relrowsecurity, reloptions, relacl), 0))
    FROM pg_class
"""
_SCHEMAS = """
    SELECT count(*), max(xmin::text::bigint) FROM pg_namespace WHERE nspname !~ '^pg_(toast_)?temp_'
"""
_TABLES = """
    SELECT relname, pg_relation_size(oid) FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname
"""


def _rows_of(table: str) -> sql.Composed:
    """The query that tells apart any two contents of ``table``, once what made the first is over.

    Whatever is added or changed has a newer transaction than all that was there; the rest is gone.
    """
    return sql.SQL("SELECT count(*), max(xmin::text::bigint) FROM {}").format(sql.Identifier(table))


class CleanDatabases:
    """Gives databases that are equal to ``template``, one at a time, on the server ``postgres``."""

    def __init__(self, postgres: Postgres, template: str) -> None:
        self.postgres = postgres
        self.template = template
        self.copies = 0
        self._name = ""
        self._uses = 0
        # One session for all that is asked of the server: a new one is a process and its caches.
        self._server = postgres.connect("postgres")
        with postgres.connect(template) as session:
            sizes = session.execute(_TABLES).fetchall()
            filled = [
                name
                for name, size in sizes
                if size and session.execute(_rows_of(name)).fetchall()[0][0]
            ]
            self._filled = frozenset(filled)
            queries = [_rows_of(name) for name in filled]
            queries += [_rows_of(name) for name in _CATALOGUES]
            queries += [sql.Composed([sql.SQL(_RELATIONS)]), sql.Composed([sql.SQL(_SCHEMAS)])]
            self._state = sql.SQL(" UNION ALL ").join(queries)
            self._clean = session.execute(self._state).fetchall()
            self._sequences = self._as_they_are(session)

    @contextmanager
    def one(self) -> Iterator[str]:
        """Give the address of a clean database; it is nobody's after the block."""
        name = f"test_{next(_numbers)}"
        self._take(name)
        yield self.postgres.url(name)
        _be_alone(self._server, name)
        if self._uses >= USES or not self._cleaned():
            self._drop()

    def close(self) -> None:
        """Drop what waits for another test."""
        if self._name:
            self._drop()
        self._server.close()

    def _take(self, name: str) -> None:
        new = sql.Identifier(name)
        if self._name:
            _be_alone(self._server, self._name)
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            self._server.execute(rename.format(sql.Identifier(self._name), new))
        else:
            copy = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
            self._server.execute(copy.format(new, sql.Identifier(self.template)))
            self.copies += 1
            self._uses = 0
        self._name = name
        self._uses += 1

    def _drop(self) -> None:
        drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
        self._server.execute(drop.format(sql.Identifier(self._name)))
        self._name = ""

    def _cleaned(self) -> bool:
        """Delete what was written; False where that does not make it what it was."""
        with self.postgres.connect(self._name) as session:
            if session.execute(self._state).fetchall() != self._clean:
                return False
            sizes = session.execute(_TABLES).fetchall()
            written = [(name, size) for name, size in sizes if size and name not in self._filled]
            if sum(size for _, size in written) > LARGEST_BYTES:
                return False
            # Neither foreign keys nor the guards of the ledger have a say in this session.
            deeds: list[sql.Composable] = [sql.SQL("SET session_replication_role = replica")]
            deeds += [sql.SQL("DELETE FROM {}").format(sql.Identifier(name)) for name, _ in written]
            session.execute(sql.SQL("; ").join(deeds))
            session.execute(self._sequences)
        return True

    def _as_they_are(self, session: psycopg.Connection) -> sql.Composed:
        """The statement that puts every sequence back to where it stands now."""
        found = session.execute("SELECT seqrelid::regclass::text FROM pg_sequence").fetchall()
        values = []
        for (name,) in found:
            state = sql.SQL("SELECT last_value, is_called FROM {}").format(sql.SQL(name))
            at, called = session.execute(state).fetchall()[0]
            values.append(sql.SQL("setval({}, {}, {})").format(name, at, called))
        return sql.SQL("SELECT {}").format(sql.SQL(", ").join(values))


def _be_alone(server: psycopg.Connection, name: str) -> None:
    """End every session in the database ``name`` and return when they are gone."""
    query = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = %s"
    while server.execute(query, [name]).fetchall()[0][0]:
        time.sleep(0.001)
