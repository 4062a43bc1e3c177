"""``objections keys``, as it is typed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from service.cli import cli
from service.store.database import Database
from service.store.keys import KeyNameError, find_key, read_keys

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Type a command beside a database of its own."""
    monkeypatch.setenv("OBJECTIONS_HOME", str(tmp_path))

    def type_(*arguments: str) -> Result:
        return CliRunner().invoke(cli, arguments, standalone_mode=False)

    return type_


def test_a_key_is_written_once_and_alone(run: Run, tmp_path: Path) -> None:
    """To standard output, so that it can be put into a variable; words go to standard error."""
    done = run("keys", "create", "anna", "--role", "review", "--role", "score")
    key = done.stdout.removesuffix("\n")
    database = Database(f"sqlite:///{tmp_path / 'feedback.db'}")
    valid = {known.hash: known for known in read_keys(database)}
    database.close()
    found = find_key(valid, key.encode())
    assert found is not None
    assert found.roles == frozenset({"review", "score"})
    assert "cannot be shown again" in done.stderr
    assert key not in done.stderr


def test_the_list_shows_no_key(run: Run) -> None:
    """How each begins, its name, its roles, and whether it is valid."""
    first = run("keys", "create", "anna", "--role", "score", "--role", "train").stdout.strip()
    second = run("keys", "create", "boris", "--role", "review").stdout.strip()
    run("keys", "revoke", "boris")
    listed = run("keys", "list").stdout
    rows = [row.split("\t") for row in listed.splitlines()]
    assert [(row[1], row[2]) for row in rows] == [("anna", "score,train"), ("boris", "review")]
    assert rows[0][0] == f"{first[:8]}…"
    assert rows[0][4] == "valid"
    assert rows[1][4].startswith("revoked 20")
    assert first not in listed
    assert second not in listed


def test_revoking_says_what_it_does(run: Run) -> None:
    """Also when it was done before, and when no key is left."""
    run("keys", "create", "anna", "--role", "score")
    first, second = run("keys", "revoke", "anna").stderr, run("keys", "revoke", "anna").stderr
    assert "is revoked" in first
    assert "refuses every request" in first
    assert "was revoked before" in second


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("create", "anna", "--role", "score"), "choose another name"),
        (("revoke", "boris"), "there is no key «boris»"),
    ],
)
def test_a_wrong_name_is_told(run: Run, arguments: tuple[str, ...], said: str) -> None:
    """As an error that the command line shows without a traceback."""
    run("keys", "create", "anna", "--role", "score")
    done = run("keys", *arguments)
    assert isinstance(done.exception, KeyNameError)
    assert said in str(done.exception)


@pytest.mark.parametrize("roles", [[], ["--role", "admin"]])
def test_a_key_needs_a_role_that_there_is(run: Run, roles: list[str]) -> None:
    """The message names the roles."""
    done: Any = run("keys", "create", "anna", *roles)
    assert done.exit_code == 1
    assert "score" in done.exception.format_message()
