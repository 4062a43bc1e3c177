"""Quality floors only rise."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from objections.classifier import Classifier
from objections.errors import DataError
from tests.support import ROOT, make_phrase
from training.floors import Floors, hold_for, main

SHA = "a"


def test_floors_rise_to_what_was_measured_less_the_slack() -> None:
    """Two hundredths, then down to the hundredth; a higher floor stays."""
    old = Floors(evaluation_sha256=SHA, floors={"macro_f1": 0.85, "f1 цена": 0.88})
    new = old.raise_to(SHA, {"macro_f1": 0.904, "f1 цена": 0.89}, None)
    assert new.floors == {"macro_f1": 0.88, "f1 цена": 0.88}


@pytest.mark.parametrize("sha", [SHA, "another evaluation file"])
def test_no_floor_falls_without_a_reason(sha: str) -> None:
    """Whatever file it was measured on."""
    old = Floors(evaluation_sha256=SHA, floors={"macro_f1": 0.88, "f1 цена": 0.8})
    with pytest.raises(DataError, match=r"macro_f1 0\.88 → 0\.84; mend the model, or say why"):
        old.raise_to(sha, {"macro_f1": 0.86, "f1 цена": 0.9}, None)


def test_a_reason_lowers_them_and_is_kept() -> None:
    """Beside what they were before."""
    old = Floors(evaluation_sha256=SHA, floors={"macro_f1": 0.88})
    new = old.raise_to("b", {"macro_f1": 0.86}, "harder evaluation lines")
    assert (new.evaluation_sha256, new.floors) == ("b", {"macro_f1": 0.84})
    assert [(low.reason, low.before) for low in new.lowered] == [
        ("harder evaluation lines", {"macro_f1": 0.88})
    ]


def test_floors_hold_for_the_shipped_lines_or_more() -> None:
    """Case makes no other line."""
    shipped = [make_phrase("цена", text="дорого"), make_phrase("цена", text="скидка будет")]
    assert hold_for([make_phrase("цена", text=text) for text in ("ДОРОГО", "Скидка будет", "ещё")], shipped)
    assert not hold_for(shipped[:1], shipped)


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    """With the place."""
    path = tmp_path / "floors.json"
    path.write_text('{"evaluation_sha256": "a", "floors": {"macro_f1": "high"}}', encoding="utf-8")
    with pytest.raises(DataError, match=r"damaged \(floors\.macro_f1: "):
        Floors.read(path)
    assert Floors.read(tmp_path / "none.json") is None


def _home(home: Path, tmp_path: Path, small_csv: Path) -> Path:
    """A home whose shipped lines are those of the small model."""
    (tmp_path / "data").mkdir()
    (tmp_path / "models").symlink_to(home / "models")
    (tmp_path / "data" / "labeled_phrases.csv").symlink_to(small_csv)
    (tmp_path / "data" / "evaluation_phrases.csv").symlink_to(ROOT / "data" / "evaluation_phrases.csv")
    return tmp_path


def test_the_command_raises_and_refuses_to_lower(
    home: Path, tmp_path: Path, small_csv: Path, small: Classifier
) -> None:
    """From the current model's card; --lower takes the reason."""
    place = _home(home, tmp_path, small_csv)
    path = place / "data" / "quality_floors.json"
    assert CliRunner().invoke(main, [str(place)]).exit_code == 0
    raised = json.loads(path.read_bytes())
    assert small.card.evaluation is not None
    assert 0.02 <= small.card.evaluation.macro_f1 - raised["floors"]["macro_f1"] < 0.0301
    raised["floors"]["macro_f1"] = 0.99
    path.write_text(json.dumps(raised), encoding="utf-8")
    refused = CliRunner().invoke(main, [str(place)])
    assert refused.exit_code == 1
    assert "macro_f1 0.99 → " in refused.output
    assert json.loads(path.read_bytes()) == raised
    assert CliRunner().invoke(main, [str(place), "--lower", "a trial"]).exit_code == 0
    assert json.loads(path.read_bytes())["lowered"][0]["reason"] == "a trial"


def test_floors_are_not_raised_by_a_model_of_other_lines(home: Path, tmp_path: Path) -> None:
    """The shipped lines are what they stand for."""
    place = _home(home, tmp_path, ROOT / "data" / "labeled_phrases.csv")
    refused = CliRunner().invoke(main, [str(place)])
    assert "not trained on data/labeled_phrases.csv" in refused.output
