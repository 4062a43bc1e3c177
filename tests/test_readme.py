"""What the README says is so."""

import re
import tomllib

import click
import pytest

from service.cli import cli
from service.exit_codes import ExitCode
from service.settings import PREFIX, Settings
from tests.support import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
CODE = "\n".join(re.findall(r"```sh\n(.*?)```", README, re.DOTALL))


def _table(heading: str) -> list[list[str]]:
    section = README.split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip().strip("`") for cell in row] for row in rows[2:]]


def test_each_command_is_real() -> None:
    """Each `objections …` names a command, and its options are the command's."""
    named = re.findall(r"(?<!from )objections (\w+)([^\n#]*)", CODE)
    assert {name for name, _ in named} >= {"serve", "score", "train"}
    for name, rest in named:
        command = cli.commands[name]
        if isinstance(command, click.Group):
            command = command.commands[rest.split()[0]]
        options = {option for parameter in command.params for option in parameter.opts}
        assert set(re.findall(r"(?<!\S)--?[a-z-]+", rest)) <= options | {"--help"}


def test_each_make_target_is_real() -> None:
    """Each `make …` of the README stands in the Makefile."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"(?<=make )[a-z]+", CODE + " ".join(re.findall(r"`(make [a-z]+)`", README))))
    assert targets >= {"serve", "test", "check"}
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_the_table_of_settings_is_whole() -> None:
    """Every setting, with its default and its words."""
    described = {}
    for name, field in Settings.model_fields.items():
        default = "the checkout" if name == "home" else str(field.default)
        described[PREFIX + name.upper()] = (default, field.description)
    told = {row[0]: (row[1], row[2]) for row in _table("Settings")}
    assert told.keys() == described.keys()
    for name, (default, words) in described.items():
        assert told[name][0] == default
        assert words is not None
        assert _plain(told[name][1]) == _plain(words)


def _plain(words: str) -> str:
    return words.replace("`", "").rstrip(".").lower()


def test_the_table_of_exit_codes_is_whole() -> None:
    """Every code with its name."""
    assert [(int(row[0]), row[1]) for row in _table("Exit codes")] == [(code, code.name) for code in ExitCode]


@pytest.mark.parametrize("path", re.findall(r"`((?:\w+/)+(?:\w+\.\w+)?)`", README))
def test_each_path_exists(path: str) -> None:
    """Folders and files that are named are there (`make test` has trained a model)."""
    assert (ROOT / path).exists()


def test_the_python_version_is_the_one_required() -> None:
    """The README and pyproject.toml agree."""
    required = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "requires-python"
    ]
    assert required == ">=3.11"
    assert "Python 3.11 or newer" in README
