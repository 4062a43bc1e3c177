"""`objections train` with what a company adds: its own category, and a file whose labels are wrong."""

import csv
import random
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import cast

import pytest
from click.testing import CliRunner, Result

from objections.artifact import CURRENT, read_card
from objections.classifier import Classifier
from objections.errors import BadRowsError
from objections.glossary import Glossary
from objections.labels import CATEGORIES, DEFAULT_TERM, NO_OBJECTION, NO_TERM
from objections.phrases import Phrase
from objections.registry import list_models
from service.cli import cli
from service.exit_codes import ExitCode
from tests.support import ROOT

OWN = "перенос встречи"
VERBS = "перенесём", "передвинем", "сдвинем", "переставим", "давайте перебросим"
DAYS = "встречу на вторник", "созвон на утро", "показ на следующую неделю", "звонок на осень", "дату на потом"


def _write(path: Path, lines: Sequence[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("text", "category", "glossary"), *lines])
    return path


def _some(phrases: Sequence[Phrase], per_category: int) -> list[tuple[str, str, str]]:
    """Take the first so many lines of each category."""
    return [
        (phrase.text, phrase.category, phrase.glossary)
        for category in CATEGORIES
        for phrase in [one for one in phrases if one.category == category][:per_category]
    ]


def _train(home: Path, *arguments: str | Path) -> Result:
    command = ["train", "--folds", "2", *map(str, arguments)]
    return CliRunner().invoke(cli, command, env={"OBJECTIONS_HOME": str(home)}, standalone_mode=False)


@pytest.fixture(scope="module")
def own_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lines of a category that the guide does not have."""
    lines = [(f"{verb} {day}", OWN, DEFAULT_TERM) for verb, day in product(VERBS, DAYS)]
    return _write(tmp_path_factory.mktemp("own") / "own.csv", lines)


@pytest.fixture(scope="module")
def own_home(tmp_path_factory: pytest.TempPathFactory, shipped_phrases: list[Phrase], own_file: Path) -> Path:
    """A folder with few labelled lines, and a model that learned from them and from that file."""
    home = tmp_path_factory.mktemp("home")
    (home / "data").mkdir()
    (home / "data" / "glossary.toml").symlink_to(ROOT / "data" / "glossary.toml")
    _write(home / "data" / "labeled_phrases.csv", _some(shipped_phrases[::7], 100))
    _write(home / "data" / "evaluation_phrases.csv", _some(shipped_phrases[1::7], 60))
    result = _train(home, "--extra", own_file, "--new-category", OWN, "--weight", "2")
    assert (result.exception, result.return_value) == (None, ExitCode.OK), result.stderr
    return home


def test_a_category_that_nobody_asked_for_is_an_error(own_home: Path, own_file: Path) -> None:
    """It may be a typo: every row of it is named, and nothing is trained."""
    error = _train(own_home, "--extra", own_file).exception
    assert isinstance(error, BadRowsError)
    assert len(error.rows) == len(VERBS) * len(DAYS)
    assert len(list_models(own_home / "models")) == 1


@pytest.mark.parametrize("name", ["", " перенос", "пере\nнос", NO_OBJECTION, "п" * 101])
def test_some_names_can_be_no_category(own_home: Path, name: str) -> None:
    """Blank, split, known or too long ones; nothing is trained."""
    assert "cannot be the name of a category" in str(_train(own_home, "--new-category", name).exception)


def test_a_category_that_was_asked_for_is_learned_and_measured(own_home: Path, glossary: Glossary) -> None:
    """On lines left out too: they are spread over the folds."""
    classifier = Classifier.load(own_home / "models" / CURRENT, glossary)
    assert classifier.categories == (*CATEGORIES, OWN)
    assert classifier.classify(["передвинем показ на осень"])[0].category == OWN
    metrics = classifier.card.metrics
    assert metrics.categories[OWN].support == len(VERBS) * len(DAYS)
    assert metrics.categories[OWN].f1 > 0.5
    (extra,) = cast("list[dict[str, object]]", classifier.card.settings["extra"])
    assert (extra["file"], extra["weight"]) == ("own.csv", 2)


def test_a_file_with_shuffled_labels_is_stopped_by_the_gate(
    own_home: Path, shipped_phrases: list[Phrase], tmp_path: Path
) -> None:
    """Its lines are new, so no audit can know; the current model stays and the candidate is kept."""
    before = read_card(own_home / "models" / CURRENT).id
    lines = _some(shipped_phrases[3::7], 150)
    labels = [line[1] for line in lines]
    random.Random(1).shuffle(labels)
    terms = [NO_TERM if label == NO_OBJECTION else DEFAULT_TERM for label in labels]
    poison = _write(
        tmp_path / "poison.csv",
        [(line[0], label, term) for line, label, term in zip(lines, labels, terms, strict=True)],
    )
    arguments = "--evaluation", own_home / "data" / "evaluation_phrases.csv", "--weight", "20"
    result = _train(own_home, "--extra", poison, *arguments)
    if isinstance(result.exception, BadRowsError):  # some lines are too like the evaluation's
        bad = {row.row for row in result.exception.rows}
        with poison.open(encoding="utf-8", newline="") as file:
            kept = [line for row, line in enumerate(csv.reader(file), 1) if row not in bad]
        _write(poison, kept[1:])
        result = _train(own_home, "--extra", poison, *arguments)
    assert (result.exception, result.return_value) == (None, ExitCode.GATE), result.stderr
    assert "worse beyond what chance explains" in result.stderr
    assert read_card(own_home / "models" / CURRENT).id == before
    assert len(list_models(own_home / "models")) == 2
