"""Every test finds its database as if nobody had been there before."""

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import text

from psot.database import Database
from psot.embedded.postgres import Postgres
from psot.ledger import Catalogue, Ledger
from tests.databases import USES, CleanDatabases
from tests.web import a_member

TABLES = text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
SEQUENCES = text("SELECT sequencename, coalesce(last_value, 0) FROM pg_sequences ORDER BY 1")


@pytest.fixture
def databases(postgres: Postgres, migrated_template: str) -> Iterator[CleanDatabases]:
    """Databases of this test alone."""
    made = CleanDatabases(postgres, migrated_template)
    yield made
    made.close()


def all_that_is_in(url: str) -> list[tuple[str, str]]:
    """A digest of every table, and how far every sequence is."""
    digest = "SELECT md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM {} t"
    database = Database(url)
    with database.begin() as session:
        names = list(session.scalars(TABLES))
        found = [(name, str(session.scalar(text(digest.format(name))))) for name in names]
        found += [(name, str(value)) for name, value in session.execute(SEQUENCES)]
    database.close()
    return found


def write(url: str) -> None:
    """Let a member join, which tells the ledger so."""
    database = Database(url)
    Ledger(catalogue=Catalogue(()), ring=lambda: None).attach(database)
    with database.begin() as session:
        a_member(session)
    database.close()


def run(url: str, statement: str) -> None:
    database = Database(url)
    with database.begin() as session:
        session.execute(text(statement))
    database.close()


def test_what_a_test_wrote_the_next_one_does_not_find(databases: CleanDatabases) -> None:
    with databases.one() as url:
        clean = all_that_is_in(url)
        write(url)
        assert all_that_is_in(url) != clean
    with databases.one() as url:
        assert all_that_is_in(url) == clean
    assert databases.copies == 1


def test_what_was_emptied_by_the_product_itself_is_found_as_it_was(
    databases: CleanDatabases,
) -> None:
    with databases.one() as url:
        clean = all_that_is_in(url)
        write(url)
        run(url, "TRUNCATE members CASCADE")
    with databases.one() as url:
        assert all_that_is_in(url) == clean


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE library_stamp SET number = number WHERE true",
        "DELETE FROM library_passages WHERE ctid = (SELECT min(ctid) FROM library_passages)",
        "CREATE TABLE forgotten (number integer)",
        "ALTER TABLE members ADD COLUMN forgotten integer",
        "ALTER TABLE ledger_facts DISABLE TRIGGER USER",
        "CREATE INDEX forgotten ON members (created_at)",
        "CREATE FUNCTION forgotten() RETURNS integer LANGUAGE sql RETURN 1",
        "CREATE SCHEMA forgotten",
        "ALTER TABLE members RENAME TO people",
    ],
)
def test_a_database_changed_in_any_other_way_is_thrown_away(
    databases: CleanDatabases, change: str
) -> None:
    with databases.one() as url:
        clean = all_that_is_in(url)
        run(url, change)
    with databases.one() as url:
        assert all_that_is_in(url) == clean
    assert databases.copies == 2


def test_who_still_knows_the_old_name_reaches_nothing(databases: CleanDatabases) -> None:
    with databases.one() as old:
        left_open = psycopg.connect(old.replace("postgresql+psycopg", "postgresql"))
    with databases.one() as new:
        assert new != old
        with pytest.raises(psycopg.OperationalError):
            left_open.execute("SELECT 1")
        with pytest.raises(psycopg.OperationalError, match="does not exist"):
            psycopg.connect(old.replace("postgresql+psycopg", "postgresql"))
    left_open.close()


def test_a_copy_serves_only_so_many_tests(databases: CleanDatabases) -> None:
    for _ in range(USES + 1):
        with databases.one() as url:
            run(url, "SELECT 1")
    assert databases.copies == 2
