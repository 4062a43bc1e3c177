"""API keys, on both databases."""

import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from service.roles import ROLES
from service.store.database import Database, StoreError
from service.store.keys import (
    Key,
    KeyNameError,
    create_key,
    find_key,
    list_keys,
    read_keys,
    revoke_key,
)


def _create(database: Database, name: str = "anna", *roles: str) -> str:
    with database.session() as session:
        return create_key(session, name, [role for role in ROLES if role in roles] or ["score"])


def _valid(database: Database) -> dict[str, Key]:
    return {key.hash: key for key in read_keys(database) if key.revoked is None}


def test_a_key_is_found_by_its_text(database: Database) -> None:
    """With its name and its roles."""
    secret = _create(database, "anna", "review", "score")
    _create(database, "boris", "train")
    found = find_key(_valid(database), secret.encode())
    assert found is not None
    assert (found.name, set(found.roles), found.shown) == ("anna", {"score", "review"}, secret[:8])


def test_a_key_is_long_and_random(database: Database) -> None:
    """256 bits after a prefix that tells what it is."""
    keys = {_create(database, name) for name in "abc"}
    assert len(keys) == 3
    for key in keys:
        assert key.startswith("obj_")
        assert len(key) == len("obj_") + 43


def test_the_text_of_a_key_is_stored_nowhere(database: Database) -> None:
    """Only its hash, and how it begins."""
    secret = _create(database)
    with database.session() as session:
        (row,) = session.execute(text("SELECT * FROM api_keys")).all()
    assert secret not in str(row)
    assert secret[8:] not in str(row)


@pytest.mark.parametrize("sent", [b"", b"obj_", b"\xff\xfe", "obj_ключ".encode()])
def test_another_text_finds_none(database: Database, sent: bytes) -> None:
    """Whatever is sent."""
    _create(database)
    assert find_key(_valid(database), sent) is None


def test_a_revoked_key_stays_known_and_is_not_valid(database: Database) -> None:
    """When it was revoked does not change when it is revoked again."""
    secret = _create(database)
    with database.session() as session:
        assert revoke_key(session, "anna")
    with database.session() as session:
        (before,) = list_keys(session)
        assert not revoke_key(session, "anna")
        assert list_keys(session) == [before]
    assert before.revoked is not None
    assert find_key(_valid(database), secret.encode()) is None


def test_a_name_is_given_once(database: Database) -> None:
    """Also after its key was revoked: corrections carry it."""
    _create(database)
    with database.session() as session:
        revoke_key(session, "anna")
    with pytest.raises(KeyNameError, match="choose another name"):
        _create(database)


@pytest.mark.parametrize("name", ["", "  ", "an\nna", "a" * 201, "a\u200bb"])
def test_a_name_that_cannot_be_read_is_refused(database: Database, name: str) -> None:
    """It goes into log lines."""
    with pytest.raises(KeyNameError, match="1 to 200 characters"):
        _create(database, name)


def test_an_unknown_name_cannot_be_revoked(database: Database) -> None:
    """And the error says where the names are."""
    with pytest.raises(KeyNameError, match="objections keys list"), database.session() as session:
        revoke_key(session, "nobody")


def test_a_key_without_a_role_is_not_made(database: Database) -> None:
    """It could do nothing."""
    with pytest.raises(ValueError, match="needs a role"), database.session() as session:
        create_key(session, "anna", [])


def test_two_keys_of_one_name_at_once_are_one(database: Database) -> None:
    """The other is refused with a sentence."""
    made, refused = [], []

    def create() -> None:
        try:
            made.append(_create(database))
        except KeyNameError as error:
            refused.append(str(error))

    threads = [threading.Thread(target=create) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(made), len(refused)) == (1, 4)


def test_looking_for_keys_makes_no_database(tmp_path: Path) -> None:
    """A service that stores nothing leaves no file."""
    assert read_keys(Database(f"sqlite:///{tmp_path / 'feedback.db'}")) == []
    assert list(tmp_path.iterdir()) == []


def test_a_database_without_the_table_has_no_keys(tmp_path: Path) -> None:
    """One of an earlier version."""
    path = tmp_path / "feedback.db"
    sqlite3.connect(path).close()
    assert read_keys(Database(f"sqlite:///{path}")) == []


def test_keys_are_read_while_another_writes(database: Database) -> None:
    """A long import of corrections does not hold up requests."""
    _create(database)
    with database.session() as session:
        create_key(session, "boris", ["score"])
        session.flush()
        assert [key.name for key in read_keys(database)] == ["anna"]


def test_a_broken_database_is_told(tmp_path: Path) -> None:
    """Not taken for one without keys."""
    path = tmp_path / "feedback.db"
    path.write_text("text,category\n" * 100, encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be read"):
        read_keys(Database(f"sqlite:///{path}"))
