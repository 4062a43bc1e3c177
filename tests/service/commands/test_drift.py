"""``objections drift``, as it is typed, with the shipped model."""

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from objections.drift import LEAST_LINES
from objections.errors import DataError
from objections.phrases import read_phrases
from service.cli import cli
from tests.support import ROOT

Compare = Callable[..., Result]


@pytest.fixture
def compare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Compare:
    """Compare lines, written as a table, with what is usual."""
    monkeypatch.setenv("OBJECTIONS_HOME", str(ROOT))

    def type_(lines: Sequence[str], *options: str, header: str = "text") -> Result:
        path = tmp_path / "calls.csv"
        path.write_text("\n".join([header, *lines]), encoding="utf-8")
        return CliRunner().invoke(cli, ["drift", str(path), *options], standalone_mode=False)

    return type_


def test_a_part_of_the_usual_lines_is_as_usual(compare: Compare) -> None:
    """A table, then the sentence; nothing of what was said."""
    phrases = [one for one in read_phrases(ROOT / "data" / "evaluation_phrases.csv") if one.source == "e01"]
    lines = [f'"{one.text.replace(chr(34), chr(34) * 2)}",{one.speaker}' for one in phrases]
    done = compare(lines, header="text,speaker")
    assert done.stdout.endswith("Retraining is not due: these lines are as usual.\n")
    assert re.search(r"^unseen words +9\.\d% ", done.stdout, re.MULTILINE)
    assert not [one for one in phrases if len(one.text) > 20 and one.text in done.stdout]


def test_words_from_elsewhere_make_retraining_due(compare: Compare) -> None:
    """As figures for machines, too."""
    strange = [f"квазизамыкание фрактального {word}" for word in ("кварка", "аттрактора")] * LEAST_LINES
    done = compare(strange, "--json")
    figures = json.loads(done.stdout)
    assert figures["due"] is True
    assert figures["here"]["lines"] == 2 * LEAST_LINES
    assert figures["usual"]["source"] == "1792 lines of clients in evaluation_phrases.csv"
    assert figures["signs"][0]["over"]
    assert figures["advice"].startswith("Retraining is due (unseen words 100.0% against ")


def test_lines_of_the_seller_are_left_out(compare: Compare) -> None:
    """By role or by the name given."""
    lines = ["дорого,Анна", "квазизамыкание,Борис", "кварк,менеджер"]
    figures = json.loads(compare(lines, "--json", "--seller", "Борис", header="text,speaker").stdout)
    assert figures["here"]["lines"] == 1
    assert figures["due"] is None


def test_a_file_without_a_client_is_told(compare: Compare) -> None:
    """With what to do."""
    done = compare(["дорого,менеджер"], header="text,speaker")
    assert isinstance(done.exception, DataError)
    assert "--client" in str(done.exception)


def test_without_evaluation_lines_the_card_says_what_is_usual(
    compare: Compare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the output says what it lacks."""
    (tmp_path / "models").symlink_to(ROOT / "models")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "glossary.toml").symlink_to(ROOT / "data" / "glossary.toml")
    monkeypatch.setenv("OBJECTIONS_HOME", str(tmp_path))
    done = compare(["это дорого"])
    assert "which does not tell unseen words and confidence" in done.stdout
    assert "?" in done.stdout
