"""The command line: what it says and how it ends."""

import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import click
import pytest

from objections import errors
from service.cli import cli
from service.exit_codes import ExitCode, exit_code
from tests.support import OBJECTIONS

Run = Callable[..., "CompletedProcess[bytes]"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--help"], ExitCode.OK, ""),
        (["--version"], ExitCode.OK, ""),
        (["score"], ExitCode.USAGE, "Missing argument 'INPUT...'"),
        (["scroe", "x.csv"], ExitCode.USAGE, "No such command 'scroe'"),
        (["serve", "--port", "99999"], ExitCode.USAGE, "99999"),
        (["score", "none.csv"], ExitCode.DATA, "Error: none.csv cannot be read: No such file"),
        (["train", "--data", "none.csv"], ExitCode.DATA, "Error: none.csv cannot be read: No such file"),
    ],
)
def test_how_it_ends(run_objections: Run, arguments: list[str], code: int, said: str) -> None:
    """Exit code and words on standard error, never a traceback."""
    done = run_objections(*arguments)
    assert done.returncode == code
    assert said in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_a_missing_model_has_its_own_code(run_objections: Run, tmp_path: Path, home: Path) -> None:
    """And the sentence that says how to get one."""
    (tmp_path / "data").symlink_to(home / "data")
    for command in (["serve"], ["score", "-"]):
        done = run_objections(*command, OBJECTIONS_HOME=str(tmp_path))
        assert done.returncode == ExitCode.MODEL
        assert "objections train" in done.stderr.decode()


def test_a_wrong_setting_is_named(run_objections: Run) -> None:
    """With its variable."""
    done = run_objections("serve", OBJECTIONS_WORKERS="many")
    assert done.returncode == ExitCode.FAILED
    assert "OBJECTIONS_WORKERS: Input should be a valid integer" in done.stderr.decode()


def test_bad_labels_train_nothing(run_objections: Run, tmp_path: Path) -> None:
    """Every bad row is named and no model is written."""
    path = tmp_path / "labelled.csv"
    path.write_text("text,category\nдорого,Цена\nда,нет\n", encoding="utf-8")
    done = run_objections("train", "--data", path, OBJECTIONS_HOME=str(tmp_path))
    assert done.returncode == ExitCode.DATA
    assert "row 2, column category: «Цена»" in done.stderr.decode()
    assert "row 3, column category: «нет»" in done.stderr.decode()
    assert not list(tmp_path.glob("models/*"))


def test_ctrl_c_leaves_nothing_half_written(home: Path, tmp_path: Path) -> None:
    """The unfinished output goes; the exit code says why."""
    source, target = tmp_path / "big.csv", tmp_path / "scored.csv"
    source.write_text("text\n" + "это очень дорого для нас\n" * 200_000, encoding="utf-8")
    process = subprocess.Popen(
        [OBJECTIONS, "score", source, "-o", target],
        stderr=subprocess.PIPE,
        env={"OBJECTIONS_HOME": str(home)},
    )
    while not list(tmp_path.glob(".scored.csv.*.unfinished")):
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == ExitCode.INTERRUPTED
    assert "Stopped; nothing was left half-written." in said.decode()
    assert [path.name for path in tmp_path.iterdir()] == ["big.csv"]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.DataError("x"), ExitCode.DATA),
        (errors.GlossaryError("x"), ExitCode.DATA),
        (errors.ModelError("x"), ExitCode.MODEL),
        (errors.ObjectionsError("x"), ExitCode.FAILED),
    ],
)
def test_each_kind_of_error_has_its_code(error: errors.ObjectionsError, code: ExitCode) -> None:
    """Scripts can tell them apart."""
    assert exit_code(error) == code


def test_every_command_and_option_explains_itself() -> None:
    """--help says what each does."""
    for command in cli.commands.values():
        assert command.help
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{command.name} --{parameter.name}"


def test_a_reader_that_has_seen_enough_is_no_error(home: Path, tmp_path: Path) -> None:
    """``| head`` ends the run quietly."""
    source = tmp_path / "big.csv"
    source.write_text("text\n" + "это дорого\n" * 50_000, encoding="utf-8")
    command = f"{OBJECTIONS} score {source} | head -n 1"
    environment = {**os.environ, "OBJECTIONS_HOME": str(home)}
    shell = ["bash", "-c", command]  # a pipe is what is tested
    done = subprocess.run(shell, capture_output=True, env=environment, check=True)
    assert done.stdout.decode().startswith("text,category,")
    assert "Traceback" not in done.stderr.decode()
    assert "Error" not in done.stderr.decode()
