"""The command."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from openpyxl import load_workbook

from service.exit_codes import ExitCode
from tests.support import make_scored

Run = Callable[..., "CompletedProcess[bytes]"]


@pytest.fixture
def scored(tmp_path: Path) -> Path:
    """A scored file."""
    path = tmp_path / "scored.csv"
    path.write_bytes(make_scored(["1,02.02.2026,Анна,Клиент,дорого|цена"]))
    return path


def test_what_was_scored_is_reported(run_objections: Run, tmp_path: Path) -> None:
    """From a table to a page, through both commands."""
    calls, scored, page = (tmp_path / name for name in ("calls.csv", "scored.csv", "report.html"))
    calls.write_text("Звонок;Спикер;Текст\n1;Клиент;дорого очень\n1;Менеджер;понимаю\n", encoding="cp1251")
    assert run_objections("score", calls, "-o", scored).returncode == 0
    done = run_objections("report", scored, "-o", page)
    assert (done.returncode, done.stdout) == (0, b"")
    assert f"{page} is written." in done.stderr.decode()
    assert "Файл <bdi>scored.csv</bdi>" in page.read_text(encoding="utf-8")


def test_standard_streams_are_read_and_written(run_objections: Run, scored: Path) -> None:
    """A page, and nothing else."""
    done = run_objections("report", "-", stdin=scored.read_bytes())
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().startswith("<!DOCTYPE html>")
    assert "standard input" not in done.stdout.decode()


def test_a_workbook_is_written_where_the_name_says_so(run_objections: Run, scored: Path) -> None:
    """Whatever its case."""
    target = scored.with_name("Отчёт.XLSX")
    assert run_objections("report", scored, "-o", target).returncode == 0
    assert load_workbook(target)["Сводка"]["A2"].value == "Главное"


def test_columns_are_named_by_options(run_objections: Run, tmp_path: Path) -> None:
    """Each of the five."""
    path = tmp_path / "scored.csv"
    path.write_bytes(make_scored(["7,02.02.2026,Анна,Клиент,дорого|цена"] * 10, "a,b,c,d,e"))
    options = zip(("call", "date", "manager", "speaker", "text"), "abcde", strict=True)
    done = run_objections(
        "report", path, *(word for name, at in options for word in (f"--{name}-column", at))
    )
    assert done.returncode == 0
    assert "Чего нет в отчёте" not in done.stdout.decode()


def test_a_file_that_was_never_scored_has_the_code_of_bad_data(run_objections: Run, tmp_path: Path) -> None:
    """With what to do next; the report that was there stays."""
    (tmp_path / "calls.csv").write_text("text\nдорого\n", encoding="utf-8")
    (tmp_path / "report.html").write_text("before", encoding="utf-8")
    done = run_objections("report", tmp_path / "calls.csv", "-o", tmp_path / "report.html")
    assert done.returncode == ExitCode.DATA
    assert "Run `objections score" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == "before"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["none.csv", "-o", "report.html"], ExitCode.DATA, "none.csv cannot be read: No such file"),
        (["scored.csv", "-o", "report.pdf"], ExitCode.USAGE, "must end in .html or .xlsx"),
        (["scored.csv", "-o", "none/report.html"], ExitCode.DATA, "cannot be written"),
        (["scored.csv", "-o", "none/report.xlsx"], ExitCode.DATA, "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_told(
    run_objections: Run, scored: Path, arguments: list[str], code: int, said: str
) -> None:
    """Never with a traceback."""
    done = run_objections("report", *arguments, cwd=scored.parent)
    assert done.returncode == code
    assert said in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
