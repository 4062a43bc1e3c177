"""The gate: who may become the current model."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from objections.artifact import CARD, CURRENT
from objections.card import Card, Gate
from objections.classifier import Classifier
from objections.decision import Verdict
from objections.glossary import Glossary
from objections.labels import CATEGORIES
from objections.phrases import Phrase
from tests.support import ROOT, make_evaluation, make_phrase, make_verdict
from training.evaluation import Evaluation, Labelled, evaluate
from training.floors import Floors
from training.gate import Judging, compare, explain, judge

EVALUATION = ROOT / "data" / "evaluation_phrases.csv"
PHRASES = [make_phrase(name, "КЭВ" if name != "нет возражения" else "") for name in CATEGORIES * 50]


def _evaluation(wrong: int) -> Evaluation:
    """A model that takes the first `wrong` lines for the next category."""
    return make_evaluation(PHRASES, [_answer(phrase, n < wrong) for n, phrase in enumerate(PHRASES)])


def _answer(phrase: Phrase, wrong: bool) -> Verdict:  # noqa: FBT001 – read beside its call
    return make_verdict(CATEGORIES[CATEGORIES.index(phrase.category) - wrong], "КЭВ")


@pytest.fixture
def models(home: Path, tmp_path: Path) -> Path:
    """A copy of a folder of models with one model."""
    return Path(shutil.copytree(home / "models", tmp_path / "models", symlinks=True))


@pytest.fixture(scope="module")
def candidate(small: Classifier) -> Evaluation:
    """The small model itself, as a candidate for its own place."""
    return evaluate(small, Labelled.read(EVALUATION))


def _explain(card: Card, gate: Gate) -> str:
    return "\n".join(explain(card.model_copy(update={"gate": gate})))


def test_a_clearly_worse_model_is_worse() -> None:
    """Forty mistakes in 200 lines against four."""
    comparison = compare(_evaluation(40), _evaluation(4))
    assert comparison.worse
    assert comparison.difference == pytest.approx(-36 / 200, abs=0.001)
    assert comparison.interval.low < comparison.difference < comparison.interval.high < 0
    assert comparison.categories["цена"].difference < 0


@pytest.mark.parametrize("wrong", [0, 8, 9, 10])
def test_what_chance_explains_is_not_worse(wrong: int) -> None:
    """Better than eight mistakes, as many, or one or two lines of 200 more."""
    assert not compare(_evaluation(wrong), _evaluation(8)).worse


def test_the_current_model_may_replace_itself(
    candidate: Evaluation, models: Path, glossary: Glossary
) -> None:
    """No difference, no refusal."""
    gate = judge(Judging(glossary, EVALUATION, force="unneeded"), models, [], candidate.metrics, candidate)
    assert gate.passed
    assert gate.comparison is not None
    assert (gate.comparison.model, gate.comparison.difference) == (candidate.card.id, 0)
    assert gate.forced is None
    assert gate.notes == ("no quality floors here",)


def test_without_a_current_model_only_floors_judge(
    candidate: Evaluation, tmp_path: Path, glossary: Glossary
) -> None:
    """And that is said."""
    gate = judge(Judging(glossary, EVALUATION), tmp_path, [], candidate.metrics, candidate)
    assert gate.passed
    assert gate.comparison is None
    assert "no current model, so there is nothing to compare with" in _explain(candidate.card, gate)


def test_a_current_model_of_an_older_protocol_is_not_compared(
    candidate: Evaluation, models: Path, glossary: Glossary
) -> None:
    """A new one may take its place; the card tells no path of this machine."""
    path = models / CURRENT / CARD
    path.write_text(json.dumps({**json.loads(path.read_bytes()), "protocol": 1}), encoding="utf-8")
    gate = judge(Judging(glossary, EVALUATION), models, [], candidate.metrics, candidate)
    assert gate.passed
    assert gate.comparison is None
    assert "is of protocol 1" in gate.notes[0]
    assert str(models) not in gate.notes[0]


def _judge_by_floors(
    candidate: Evaluation, tmp_path: Path, glossary: Glossary, floors: Floors, phrases: list[Phrase]
) -> Gate:
    """The shipped lines are two."""
    (tmp_path / "floors.json").write_text(floors.model_dump_json(), encoding="utf-8")
    shipped = tmp_path / "shipped.csv"
    shipped.write_text("text,category\nдорого,цена\nда,нет возражения\n", encoding="utf-8")
    judging = Judging(glossary, EVALUATION, floors=tmp_path / "floors.json", shipped=shipped)
    return judge(judging, tmp_path, phrases, candidate.metrics, candidate)


SHIPPED_AND_MORE = [make_phrase("цена", text=text) for text in ("Дорого", "ДА", "своё")]


def test_a_model_below_a_floor_is_refused(candidate: Evaluation, tmp_path: Path, glossary: Glossary) -> None:
    """Naming the figure, what it is and what it must be."""
    floors = Floors(evaluation_sha256=candidate.labelled.sha256, floors={"macro_f1": 0.99, "f1 цена": 0.1})
    gate = _judge_by_floors(candidate, tmp_path, glossary, floors, SHIPPED_AND_MORE)
    assert (gate.passed, gate.floors, list(gate.below)) == (False, True, ["macro_f1"])
    said = _explain(candidate.card, gate)
    assert f"macro_f1 is {candidate.metrics.macro_f1:.3f}, must be 0.99" in said
    assert f"kept as models/{candidate.card.id} and not made current" in said
    assert "--force" in said


def test_floors_are_not_for_models_of_other_lines(
    candidate: Evaluation, tmp_path: Path, glossary: Glossary
) -> None:
    """Someone's own small file is not judged by what the shipped lines can do."""
    floors = Floors(evaluation_sha256=candidate.labelled.sha256, floors={"macro_f1": 0.99})
    phrases = [make_phrase("цена", text="дорого")]
    gate = _judge_by_floors(candidate, tmp_path, glossary, floors, phrases)
    assert (gate.passed, gate.floors) == (True, False)
    assert "for models that learned from every shipped line" in gate.notes[-1]


def test_floors_are_not_for_other_evaluation_files(
    candidate: Evaluation, tmp_path: Path, glossary: Glossary
) -> None:
    """They were measured on one."""
    floors = Floors(evaluation_sha256="another", floors={"macro_f1": 0.99})
    gate = _judge_by_floors(candidate, tmp_path, glossary, floors, SHIPPED_AND_MORE)
    assert (gate.passed, gate.floors) == (True, False)
    assert "measured on another file" in gate.notes[-1]


def test_a_refusal_names_what_fell(candidate: Evaluation) -> None:
    """Each category: F1 now, F1 then, the difference; and what to do next."""
    comparison = compare(_evaluation(40), _evaluation(4))
    said = _explain(candidate.card, Gate(passed=False, comparison=comparison))
    change = comparison.categories["отказ"]
    assert f"отказ                F1 {change.now:.3f} now, {change.then:.3f} then (-" in said
    assert "objections audit" in said


def test_force_is_recorded(candidate: Evaluation, models: Path, glossary: Glossary) -> None:
    """With its reason, where it was needed."""
    random = replace(candidate, verdicts=[make_verdict("отказ", "КЭВ")] * len(candidate.verdicts))
    gate = judge(Judging(glossary, EVALUATION, force="relabelling"), models, [], candidate.metrics, random)
    assert (gate.passed, gate.forced, gate.opens) == (False, "relabelling", True)
    assert "for this reason: relabelling" in _explain(candidate.card, gate)
