"""Which files are meant."""

from pathlib import Path

import pytest

from objections.errors import DataError
from service.bulk.inputs import find_inputs


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    """A folder of exports, with what systems and this program leave beside them."""
    folder = tmp_path / "calls"
    for name in (
        "b.json",
        "a.srt",
        "май/c.csv",
        ".hidden/d.csv",
        ".DS_Store",
        "~$a.xlsx",
        "a.csv.rejected.csv",
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    return folder


def test_a_folder_means_its_files_in_order(calls: Path) -> None:
    """Those below it too; none that is hidden, none that scoring has written."""
    found = find_inputs([str(calls)])
    assert [str(one.relative) for one in found] == ["a.srt", "b.json", "май/c.csv"]


def test_a_pattern_means_the_files_that_match(calls: Path) -> None:
    """However deep."""
    assert [str(one.relative) for one in find_inputs([f"{calls}/**/*.csv"])] == ["c.csv"]


def test_a_file_named_twice_is_one_input(calls: Path) -> None:
    """By itself, by its folder, by a pattern."""
    found = find_inputs([str(calls / "a.srt"), str(calls), f"{calls}/*.srt"])
    assert [Path(one.path).name for one in found] == ["a.srt", "b.json", "c.csv"]


def test_a_name_with_brackets_is_a_name_where_there_is_such_a_file(tmp_path: Path) -> None:
    """As «звонок [1].csv»."""
    path = tmp_path / "звонок [1].csv"
    path.write_text("x", encoding="utf-8")
    assert [one.path for one in find_inputs([str(path)])] == [str(path)]


def test_the_output_in_the_folder_is_no_input(calls: Path) -> None:
    """It grows while the folder is read."""
    assert len(find_inputs([str(calls)], without=calls / "май")) == 2


def test_an_output_of_an_earlier_run_is_no_input(calls: Path) -> None:
    """It lies beside the inputs, and the same command is given again."""
    (calls / "all.csv").write_text("x", encoding="utf-8")
    assert len(find_inputs([str(calls)], without=calls / "all.csv")) == 3


@pytest.mark.parametrize(
    ("argument", "said"),
    [("none/*.csv", "no file matches"), ("empty", "holds no files"), ("out", "nothing but the output")],
)
def test_an_argument_that_means_nothing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, argument: str, said: str
) -> None:
    """With what to look at."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.csv").write_text("x", encoding="utf-8")
    with pytest.raises(DataError, match=said):
        find_inputs([argument], without=Path("out"))
