"""Folders, many files, and runs that are stopped."""

import csv
import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from objections.classifier import Classifier
from objections.errors import DataError
from service.bulk.options import Options
from service.bulk.run import Run
from service.bulk.summary import Summary
from tests.support import OBJECTIONS

WHISPER = {
    "text": " Дорого.",
    "segments": [{"id": 0, "seek": 0, "start": 1.2, "end": 2.9, "text": " Дорого.", "avg_logprob": -0.3}],
    "language": "ru",
}


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    """A folder with a table, a transcript, a file below, and one that is nothing."""
    folder = tmp_path / "calls"
    (folder / "май").mkdir(parents=True)
    (folder / "a.csv").write_text("id;text\n1;дорого\n2;да\n", encoding="utf-8")
    (folder / "b.json").write_text(json.dumps(WHISPER), encoding="utf-8")
    (folder / "май" / "c.csv").write_text("text,менеджер\nне интересно,Анна\n", encoding="utf-8")
    (folder / "d.csv").write_text("n,m\n1,2\n", encoding="utf-8")
    return folder


def _score(classifier: Classifier, output: Path | str, *inputs: Path | str) -> Summary:
    summary = Run(classifier, Options(), lambda *_: None).score(list(map(str, inputs)), str(output))
    assert summary.adds_up
    return summary


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(
            csv.DictReader(file, delimiter=";" if ";" in path.read_text().partition("\n")[0] else ",")
        )


def _names(folder: Path) -> list[str]:
    files = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(str(path) for path in files if not path.name.startswith("."))


def test_a_folder_makes_a_folder_with_the_same_names(small: Classifier, calls: Path, tmp_path: Path) -> None:
    """What is no table becomes one; what cannot be read is set aside and stops nothing."""
    summary = _score(small, tmp_path / "out", calls)
    assert _names(tmp_path / "out") == ["a.csv", "b.json.csv", "d.csv.rejected.csv", "май/c.csv"]
    assert (summary.files, summary.unread, summary.read, summary.written) == (4, 1, 4, 4)
    (rejected,) = _rows(tmp_path / "out" / "d.csv.rejected.csv")
    assert rejected["file"] == str(calls / "d.csv")
    assert "has no column any of text" in rejected["reason"]


def test_several_files_make_one_table(small: Classifier, calls: Path, tmp_path: Path) -> None:
    """With all their columns, and one that names the file of each row."""
    summary = _score(
        small, tmp_path / "all.csv", calls / "a.csv", calls / "b.json", calls / "май", calls / "d.csv"
    )
    rows = _rows(tmp_path / "all.csv")
    assert [Path(row["file"]).name for row in rows] == ["a.csv", "a.csv", "b.json", "c.csv"]
    assert [row["text"] for row in rows] == ["дорого", "да", "Дорого.", "не интересно"]
    assert [row["id"] for row in rows] == ["1", "2", "", ""]
    assert rows[3]["менеджер"] == "Анна"
    assert rows[2]["start"] == "1.2"
    assert all(row["category"] for row in rows)
    assert summary.rejected_files == [str(tmp_path / "all.csv.rejected.csv")]
    assert _names(tmp_path) == sorted(
        ["all.csv", "all.csv.rejected.csv", *(f"calls/{name}" for name in _names(calls))]
    )


def test_finished_files_are_not_done_again(small: Classifier, calls: Path, tmp_path: Path) -> None:
    """Only what changed is."""
    first = _score(small, tmp_path / "out", calls)
    kept = (tmp_path / "out" / "a.csv").stat().st_mtime_ns
    (calls / "май" / "c.csv").write_text("text\nдорого\nда\n", encoding="utf-8")
    second = _score(small, tmp_path / "out", calls)
    assert (tmp_path / "out" / "a.csv").stat().st_mtime_ns == kept
    assert second.read == first.read + 1
    assert len(_rows(tmp_path / "out" / "май" / "c.csv")) == 2


def test_one_table_may_lie_among_its_inputs(small: Classifier, calls: Path) -> None:
    """The same command given again does not score what it has written."""
    first = _score(small, calls / "all.csv", calls)
    assert _score(small, calls / "all.csv", calls).read == first.read
    assert len(_rows(calls / "all.csv")) == first.written


def test_rows_that_are_not_accounted_for_stop_the_run(
    small: Classifier, calls: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That is a defect of the program, and nobody should believe its output."""
    monkeypatch.setattr(Summary, "adds_up", False)
    with pytest.raises(AssertionError, match="not accounted for: 2 rows in = 2 rows out"):
        _score(small, tmp_path / "a.csv", calls / "a.csv")


def test_progress_is_that_of_all_files(small: Classifier, calls: Path, tmp_path: Path) -> None:
    """In rows and in bytes; it never goes back."""
    told: list[tuple[int, int, int]] = []
    Run(small, Options(), lambda *at: told.append(at)).score([str(calls)], str(tmp_path / "out"))
    size = sum(path.stat().st_size for path in calls.rglob("*") if path.is_file())
    assert told[-1] == (4, size, size)
    assert told == sorted(told)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("calls/a.csv - all.csv", "standard input"),
        ("- calls/a.csv out/", "standard input"),
        ("calls/a.csv calls/b.json -", "name it with -o"),
        ("calls/a.csv other/a.csv out/", "would both be written to"),
        ("calls calls", "name another output"),
        ("calls/a.csv scored.docx", "the ending must say"),
        ("calls/a.csv calls/b.json scored.docx", "the ending must say"),
    ],
)
def test_what_makes_no_sense_is_refused(
    small: Classifier, calls: Path, monkeypatch: pytest.MonkeyPatch, command: str, said: str
) -> None:
    """Before anything is written."""
    monkeypatch.chdir(calls.parent)
    (calls.parent / "other").mkdir()
    (calls.parent / "other" / "a.csv").write_text("text\nда\n", encoding="utf-8")
    before = _names(calls.parent)
    *inputs, output = command.split()
    with pytest.raises(DataError, match=said):
        _score(small, output, *inputs)
    assert _names(calls.parent) == before


@pytest.mark.parametrize("into", ["folder", "table"])
def test_a_run_that_is_killed_is_finished_by_the_next(home: Path, tmp_path: Path, into: str) -> None:
    """Killed as no program can prevent, in the middle of many files: none is lost, none is there twice."""
    folder, output = tmp_path / "calls", tmp_path / ("out/" if into == "folder" else "all.csv")
    folder.mkdir()
    for number in range(60):
        lines = [f"{number}-{line},дорого" for line in range(2_000)]
        (folder / f"{number:02}.csv").write_text("\n".join(["n,text", *lines]), encoding="utf-8")
    command = [
        str(OBJECTIONS),
        "score",
        *map(str, sorted(folder.iterdir())),
        "-o",
        f"{output}/" if into == "folder" else str(output),
    ]
    environment = {**os.environ, "OBJECTIONS_HOME": str(home)}
    done = tmp_path / ("out" if into == "folder" else ".all.csv.parts")
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    while process.poll() is None and len(_finished(done)) < 5:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()
    finished = {path: path.stat().st_mtime_ns for path in _finished(done)}
    assert 0 < len(finished) < 60
    again = subprocess.run(command, env=environment, capture_output=True, check=True)
    assert b"60 files, 120000 rows in = 120000 rows out + 0 rejected" in again.stderr
    if into == "folder":
        unchanged = sum(path.stat().st_mtime_ns == at for path, at in finished.items())
        assert unchanged >= len(finished) - 1  # the last one may have been killed before it was noted
        rows = [row for path in sorted(output.glob("*.csv")) for row in _rows(path)]
    else:
        rows = _rows(output)
        assert not done.exists()
    assert [row["n"] for row in rows] == [f"{n}-{line}" for n in range(60) for line in range(2_000)]
    assert not [path for path in tmp_path.rglob("*") if "unfinished" in path.name]


def _finished(folder: Path) -> list[Path]:
    return [path for path in folder.glob("*") if path.is_file() and not path.name.startswith(".")]
