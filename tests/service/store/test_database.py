"""Opening a database, and what must hold for both kinds."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from service.store.database import Database, StoreError, newest_version


def test_a_new_database_gets_the_newest_schema(database: Database) -> None:
    """By itself, at the first opening."""
    assert database.version() == newest_version()


def test_a_transaction_is_kept_as_a_whole_or_not_at_all(database: Database) -> None:
    """What fails in the middle leaves nothing."""
    with database.session() as session:
        session.execute(text("CREATE TABLE t (n INTEGER)"))

    def fail() -> None:
        with database.session() as session:
            session.execute(text("INSERT INTO t VALUES (1)"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.session() as session:
        assert session.execute(text("SELECT count(*) FROM t")).scalar() == 0


def test_many_processes_may_upgrade_at_once(database_url: str) -> None:
    """As workers do that start together."""
    failed: list[Exception] = []

    def upgrade() -> None:
        try:
            Database.open(database_url).close()
        except Exception as error:  # noqa: BLE001 (told below)
            failed.append(error)

    threads = [threading.Thread(target=upgrade) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_writers_wait_for_each_other(database: Database) -> None:
    """None is turned away, and no count is lost."""
    with database.session() as session:
        session.execute(text("CREATE TABLE t (n INTEGER)"))
        session.execute(text("INSERT INTO t VALUES (0)"))

    # SQLite has one writer at a time; PostgreSQL must be asked to hold the row.
    holds = database.engine.dialect.name == "postgresql"
    select = "SELECT n FROM t FOR UPDATE" if holds else "SELECT n FROM t"

    def count() -> None:
        for _ in range(20):
            with database.session() as session:
                n = session.execute(text(select)).scalar_one()
                session.execute(text("UPDATE t SET n = :n"), {"n": n + 1})

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.session() as session:
        assert session.execute(text("SELECT n FROM t")).scalar() == 80


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("feedback", "is no address of a database"),
        ("mysql://host/name", "of the kind mysql"),
        ("sqlite:////none/at/all/feedback.db", "unable to open"),
    ],
)
def test_a_database_that_cannot_be_used_is_told(url: str, said: str) -> None:
    """With what to write instead, or why it fails."""
    with pytest.raises(StoreError, match=said):
        Database.open(url)


def test_a_password_is_never_told() -> None:
    """In no error."""
    with pytest.raises(StoreError) as caught:
        Database.open("postgresql://anna:geheim@localhost:1/name")
    assert "geheim" not in str(caught.value)


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    """And left as it is."""
    path = tmp_path / "feedback.db"
    path.write_text("text,category\n" * 100, encoding="utf-8")
    with pytest.raises(StoreError, match="not a database"):
        Database.open(f"sqlite:///{path}")
    assert path.read_text(encoding="utf-8").startswith("text,category")
