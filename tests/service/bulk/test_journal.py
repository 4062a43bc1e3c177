"""What is done is known, and nothing else."""

import os
from pathlib import Path

import pytest

from objections.errors import DataError
from service.bulk.inputs import state_of
from service.bulk.journal import NAME, Journal
from service.bulk.summary import Summary


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """An input and its output."""
    source, target = tmp_path / "a.csv", tmp_path / "out" / "a.csv"
    target.parent.mkdir()
    source.write_text("text\nда\n", encoding="utf-8")
    target.write_text("done", encoding="utf-8")
    return str(source), str(target)


def _note(folder: Path, source: str, target: str, settings: str = "s") -> None:
    with Journal(folder, settings) as journal:
        journal.note(source, state_of(source), target, ["text"], Summary(files=1, read=1, written=1))


def test_a_finished_file_is_found_by_the_next_run(tmp_path: Path, files: tuple[str, str]) -> None:
    """With its counts."""
    _note(tmp_path / "out", *files)
    with Journal(tmp_path / "out", "s") as journal:
        entry = journal.find(*files)
    assert entry
    assert (entry.header, entry.summary) == (["text"], Summary(files=1, read=1, written=1))


@pytest.mark.parametrize("change", ["input", "output", "settings"])
def test_a_file_is_done_again_where_something_changed(
    tmp_path: Path, files: tuple[str, str], change: str
) -> None:
    """The input, the output that went missing, the options or the model."""
    source, target = files
    _note(tmp_path / "out", source, target)
    if change == "input":
        os.utime(source, (1, 1))
    if change == "output":
        Path(target).unlink()
    with Journal(tmp_path / "out", "other" if change == "settings" else "s") as journal:
        assert journal.find(source, target) is None


def test_a_line_cut_off_by_a_kill_harms_no_other(tmp_path: Path, files: tuple[str, str]) -> None:
    """Neither the one before it nor the one after it."""
    source, target = files
    other = Path(source).with_name("b.csv")
    other.write_text("text\n", encoding="utf-8")
    _note(tmp_path / "out", source, target)
    path = tmp_path / "out" / NAME
    path.write_bytes(path.read_bytes()[:-1] + b'\n{"source": "c')
    _note(tmp_path / "out", str(other), str(other))
    with Journal(tmp_path / "out", "s") as journal:
        assert journal.find(source, target)
        assert journal.find(str(other), str(other))


def test_two_runs_never_write_into_one_folder(tmp_path: Path) -> None:
    """The second says so at once."""
    with Journal(tmp_path / "out", "s"), pytest.raises(DataError, match="another run writes into"):
        Journal(tmp_path / "out", "s").__enter__()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """A file stands in its place."""
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(DataError, match="out cannot be written"):
        Journal(tmp_path / "out", "s").__enter__()
