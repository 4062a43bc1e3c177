"""``objections evaluate`` and the gate of ``objections train``, as they are typed."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from objections.artifact import CURRENT, read_card
from objections.labels import CATEGORIES
from service.exit_codes import ExitCode
from tests.support import ROOT

Run = Callable[..., "CompletedProcess[bytes]"]
LINES = """text,category,glossary
что-то дороговато,цена,КЭВ
да слушаю,нет возражения,
не надо,отказ,Возражение
"""


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    """Three lines."""
    path = tmp_path / "labelled.csv"
    path.write_text(LINES, encoding="utf-8")
    return path


def test_figures_go_to_standard_output(run_objections: Run, labelled: Path) -> None:
    """Nothing but them."""
    done = run_objections("evaluate", labelled)
    assert (done.returncode, done.stderr) == (ExitCode.OK, b"")
    assert "on all 3 lines of labelled.csv" in done.stdout.decode()
    assert "macro-F1" in done.stdout.decode()


def test_page_and_figures_are_written(run_objections: Run, labelled: Path, tmp_path: Path) -> None:
    """Where they are asked for; words say so."""
    page, figures = tmp_path / "out.html", tmp_path / "out.json"
    done = run_objections("evaluate", labelled, "--report", page, "--json", figures)
    assert done.returncode == ExitCode.OK
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert json.loads(figures.read_bytes())["metrics"]["lines"] == 3
    assert f"{page} is written." in done.stderr.decode()


def test_figures_for_machines_can_be_piped(run_objections: Run, labelled: Path) -> None:
    """Words go to standard error then."""
    done = run_objections("evaluate", labelled, "--json", "-")
    assert json.loads(done.stdout)["file"] == "labelled.csv"
    assert "macro-F1" in done.stderr.decode()


def test_another_model_can_be_judged(run_objections: Run, labelled: Path, home: Path) -> None:
    """By its id."""
    name = (home / "models" / CURRENT).resolve().name
    assert run_objections("evaluate", labelled, "--model", name).returncode == ExitCode.OK
    done = run_objections("evaluate", labelled, "--model", "20200101T000000-abcdef")
    assert done.returncode == ExitCode.MODEL
    assert "there is no model at" in done.stderr.decode()


def test_bad_rows_are_named(run_objections: Run, labelled: Path) -> None:
    """As in training."""
    labelled.write_text("text,category\nдорого,Цена\n", encoding="utf-8")
    done = run_objections("evaluate", labelled)
    assert done.returncode == ExitCode.DATA
    assert "row 2, column category: «Цена»" in done.stderr.decode()


def _spoil(source: Path, target: Path) -> None:
    """Give every other line the label of another category."""
    with source.open(encoding="utf-8", newline="") as file:
        rows = [(row["text"], row["category"], row["source"]) for row in csv.DictReader(file)]
    spoiled = [
        (text, CATEGORIES[CATEGORIES.index(category) - number % 2], batch)
        for number, (text, category, batch) in enumerate(rows)
    ]
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("text", "category", "source"), *spoiled])


def test_a_worse_model_is_kept_out_and_can_be_forced(
    run_objections: Run, home: Path, small_csv: Path, tmp_path: Path
) -> None:
    """Exit code 6, `current` unchanged, the candidate kept; with a reason it takes the place."""
    (tmp_path / "data").symlink_to(ROOT / "data")
    old = (home / "models" / CURRENT).resolve()
    models = tmp_path / "models"
    models.mkdir()
    (models / old.name).symlink_to(old)
    (models / CURRENT).symlink_to(old.name)
    spoiled = tmp_path / "spoiled.csv"
    _spoil(small_csv, spoiled)
    command = ("train", "--data", spoiled, "--folds", "2")
    done = run_objections(*command, OBJECTIONS_HOME=str(tmp_path))
    said = done.stderr.decode()
    assert done.returncode == ExitCode.GATE, said
    assert (models / CURRENT).readlink() == Path(old.name)
    assert "it is worse beyond what chance explains; what fell:" in said
    assert said.splitlines()[-1].startswith("kept as models/")
    (candidate,) = [path for path in models.iterdir() if path.is_dir() and not path.is_symlink()]
    gate = read_card(candidate).gate
    assert gate is not None
    assert (gate.passed, gate.opens, gate.floors) == (False, False, False)
    done = run_objections(*command, "--force", "a trial", OBJECTIONS_HOME=str(tmp_path))
    assert done.returncode == ExitCode.OK
    forced = read_card(models / CURRENT)
    assert forced.id != old.name
    assert forced.gate is not None
    assert (forced.gate.passed, forced.gate.forced) == (False, "a trial")
    assert "made current all the same, for this reason: a trial" in done.stderr.decode()


def test_forcing_needs_a_reason(run_objections: Run) -> None:
    """An empty one is none."""
    done = run_objections("train", "--force", " ")
    assert done.returncode == ExitCode.USAGE
    assert "say why" in done.stderr.decode()
