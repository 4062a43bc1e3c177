"""Training from end to end, on a few hundred lines."""

import csv
import io
from pathlib import Path

import joblib
import numpy as np
import pytest

from objections.artifact import CURRENT, SCORER, load, sha256
from objections.errors import DataError
from objections.glossary import Glossary
from tests.support import QUICK, ROOT
from training.gate import NO_EVALUATION, Judging
from training.run import PIPELINE, REPORT, train


def test_the_card_says_what_the_model_is(home: Path, small_csv: Path) -> None:
    """Data digest, versions, settings, thresholds, figures, digests of the files."""
    folder = (home / "models" / CURRENT).resolve()
    card, _ = load(folder)
    assert card.id == folder.name
    assert card.data.sha256 == sha256(small_csv.read_bytes())
    assert card.data.lines == sum(card.data.categories.values()) == card.metrics.lines
    assert {"python", "scikit-learn", "numpy", "scipy", "joblib", "navec", "natasha", "objections"} == set(
        card.versions
    )
    assert card.settings["regularization_c"] == QUICK.regularization_c
    assert 0.4 < card.metrics.macro_f1 < 0.9
    assert card.files == {name: sha256((folder / name).read_bytes()) for name in (SCORER, PIPELINE, REPORT)}
    assert sum(sum(row.values()) for row in card.metrics.confusion.values()) == card.metrics.lines


def test_the_pipeline_beside_it_gives_the_same_numbers(home: Path) -> None:
    """What data scientists load is what is served, calibration included."""
    folder = home / "models" / CURRENT
    _, scorer = load(folder)
    pipelines = joblib.load(io.BytesIO((folder / PIPELINE).read_bytes()))
    texts = ["что-то дороговато", "а гарантия есть?", "давайте"]
    for name, actual in (
        ("category", scorer.score(texts).category),
        ("glossary", scorer.score(texts).glossary),
    ):
        np.testing.assert_allclose(pipelines[name].predict_proba(texts), actual, rtol=0, atol=1e-12)


def test_the_same_data_give_the_same_model(home: Path, small_csv: Path, tmp_path: Path) -> None:
    """Training is deterministic: the arrays' digest in the id is the same."""
    card = train(small_csv, tmp_path / "models", QUICK, lambda _: None)
    assert card.id.rpartition("-")[2] == (home / "models" / CURRENT).resolve().name.rpartition("-")[2]


def test_progress_is_told(small_csv: Path, tmp_path: Path) -> None:
    """Someone waits for this."""
    told: list[str] = []
    train(small_csv, tmp_path / "models", QUICK, told.append)
    assert told[0].startswith("read ")
    assert [line for line in told if "3 of 3 folds" in line]
    assert told[-1].endswith("is the current model")


def test_too_few_lines_are_refused(tmp_path: Path) -> None:
    """Naming the categories that lack them; nothing is written."""
    path = tmp_path / "few.csv"
    path.write_text("text,category\nдорого,цена\nда,нет возражения\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"at least 20 lines; too few of: отказ \(0\)"):
        train(path, tmp_path / "models", QUICK, lambda _: None)
    assert not (tmp_path / "models").exists()


def test_labels_without_terms_and_batches_can_be_trained_on(small_csv: Path, tmp_path: Path) -> None:
    """text and category are enough."""
    path = tmp_path / "plain.csv"
    with small_csv.open(encoding="utf-8", newline="") as file:
        rows = [(row["text"], row["category"]) for row in csv.DictReader(file)]
    with path.open("w", encoding="cp1251", errors="ignore", newline="") as file:
        csv.writer(file, delimiter=";").writerows([("text", "category"), *rows])
    card = train(path, tmp_path / "models", QUICK, lambda _: None)
    assert "random folds" in card.metrics.method
    assert load(tmp_path / "models" / CURRENT)[1].terms == ("", "Возражение")


def test_the_card_carries_the_evaluation(home: Path) -> None:
    """Beside the left-out figures: which file, what it is worth there with intervals, what the gate said."""
    card, _ = load(home / "models" / CURRENT)
    assert card.evaluation is not None
    assert card.evaluated_on is not None
    evaluation = ROOT / "data" / "evaluation_phrases.csv"
    assert card.evaluated_on.sha256 == sha256(evaluation.read_bytes())
    assert card.evaluated_on.lines == card.evaluation.lines == sum(card.evaluated_on.categories.values())
    assert card.evaluation.intervals is not None
    assert card.metrics.intervals is None
    assert card.gate is not None
    assert card.gate.passed
    assert "Коротко" in (home / "models" / CURRENT / REPORT).read_text(encoding="utf-8")


def test_without_an_evaluation_file_nothing_is_judged(small_csv: Path, tmp_path: Path) -> None:
    """The model serves, and card and progress say that it was not judged."""
    told: list[str] = []
    card = train(small_csv, tmp_path / "models", QUICK, told.append)
    assert card.gate is not None
    assert (card.gate.passed, card.gate.notes) == (True, (NO_EVALUATION,))
    assert card.evaluation is None
    assert NO_EVALUATION in told
    assert (tmp_path / "models" / CURRENT).resolve().name == card.id


def test_evaluation_lines_that_were_learned_are_counted(
    small_csv: Path, tmp_path: Path, glossary: Glossary
) -> None:
    """Their figures would flatter."""
    lines = small_csv.read_text(encoding="utf-8").splitlines(keepends=True)
    evaluation = tmp_path / "evaluation.csv"
    evaluation.write_text("".join(lines[:41]), encoding="utf-8")
    told: list[str] = []
    train(small_csv, tmp_path / "models", QUICK, told.append, Judging(glossary, evaluation))
    assert told[1].startswith("40 of the 40 lines of evaluation.csv are training lines too")


def test_a_wrong_evaluation_file_stops_before_the_work(
    small_csv: Path, tmp_path: Path, glossary: Glossary
) -> None:
    """Nobody waits a minute to hear of a typo."""
    told: list[str] = []
    with pytest.raises(DataError, match="cannot be read"):
        train(small_csv, tmp_path / "models", QUICK, told.append, Judging(glossary, tmp_path / "none.csv"))
    assert len(told) == 1
    assert not (tmp_path / "models").exists()
