"""``objections db``, as it is typed."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.cli import cli
from service.store.database import StoreError, newest_version


def _type(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["db", *arguments], standalone_mode=False)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own."""
    monkeypatch.setenv("OBJECTIONS_HOME", str(tmp_path))
    return tmp_path


def test_the_version_of_no_database_makes_none(home: Path) -> None:
    """It only looks, and says what to do."""
    done = _type("version")
    assert done.stdout == "none\n"
    assert "objections db upgrade" in done.stderr
    assert list(home.iterdir()) == []


def test_an_upgrade_makes_the_newest() -> None:
    """And nothing is left to say."""
    assert f"has the schema {newest_version()}" in _type("upgrade").stderr
    done = _type("version")
    assert (done.stdout, done.stderr) == (f"{newest_version()}\n", "")


def test_a_file_that_is_no_database_is_told(home: Path) -> None:
    """By either command."""
    (home / "feedback.db").write_text("text,category\n" * 100, encoding="utf-8")
    for command in ("version", "upgrade"):
        assert isinstance(_type(command).exception, StoreError)
