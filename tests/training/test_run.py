"""Training from end to end, on a few hundred lines."""

import csv
import io
from pathlib import Path

import joblib
import numpy as np
import pytest

from objections.artifact import CURRENT, SCORER, load, sha256
from objections.errors import DataError
from tests.support import QUICK
from training.run import PIPELINE, train


def test_the_card_says_what_the_model_is(home: Path, small_csv: Path) -> None:
    """Data digest, versions, settings, thresholds, figures, digests of the files."""
    folder = (home / "models" / CURRENT).resolve()
    card, _ = load(folder)
    assert card.id == folder.name
    assert card.data.sha256 == sha256(small_csv.read_bytes())
    assert card.data.lines == sum(card.data.categories.values()) == card.metrics.lines
    assert {"python", "scikit-learn", "numpy", "scipy", "joblib", "objections"} == set(card.versions)
    assert card.settings["regularization_c"] == QUICK.regularization_c
    assert 0.4 < card.metrics.macro_f1 < 0.9
    assert card.files == {name: sha256((folder / name).read_bytes()) for name in (SCORER, PIPELINE)}
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
    assert load(tmp_path / "models" / CURRENT)[1].glossary.classes == ("", "Возражение")
