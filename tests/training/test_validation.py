"""Figures and thresholds, on verdicts made by hand."""

import numpy as np
import pytest

from objections.decision import Verdict
from objections.labels import CATEGORIES, NO_OBJECTION, Category, Term
from objections.phrases import Phrase
from training.validation import GLOSSARY_CLASSES, LeftOut, choose_thresholds, measure, validate


def _phrase(category: Category, glossary: str = "") -> Phrase:
    return Phrase("текст", category, glossary, "b", 2)


def _verdict(
    category: Category, term: Term | None = None, confidence: float = 0.8, *, uncertain: bool = False
) -> Verdict:
    scores = dict.fromkeys(CATEGORIES, round((1 - confidence) / 3, 4))
    return Verdict(category, {**scores, category: confidence}, uncertain, term, 0.9)


def test_figures_are_counted_as_defined() -> None:
    """Small enough to count by hand."""
    phrases = [
        _phrase("цена", "КЭВ"),
        _phrase("цена", "ЛПР"),
        _phrase("отказ", "Возражение"),
        _phrase(NO_OBJECTION),
        _phrase(NO_OBJECTION, "ЛПР"),
    ]
    verdicts = [
        _verdict("цена", "КЭВ"),
        _verdict("отказ", "ЛПР", uncertain=True),
        _verdict("отказ", "КЭВ"),
        _verdict("цена", "КЭВ"),
        _verdict(NO_OBJECTION, "ЛПР"),
    ]
    metrics = measure(phrases, verdicts, "by hand")
    assert metrics.accuracy == pytest.approx(3 / 5)
    assert metrics.confusion["цена"] == {"отказ": 1, "сомнение в качестве": 0, "цена": 1, "нет возражения": 0}
    assert (metrics.categories["цена"].precision, metrics.categories["цена"].recall) == (0.5, 0.5)
    assert metrics.macro_f1 == pytest.approx((2 / 3 + 0 + 1 / 2 + 2 / 3) / 4, abs=1e-4)
    assert metrics.false_alarms == 0.5
    assert (metrics.uncertain, metrics.uncertain_errors) == (0.2, 0.5)
    assert metrics.glossary_accuracy == pytest.approx(2 / 3, abs=1e-4)
    assert metrics.glossary_recall["ЛПР"] == 1
    assert metrics.glossary_recall["Возражение"] == 0
    assert metrics.glossary_false_alarms == 1
    assert metrics.calibration_error == pytest.approx(0.2, abs=1e-4)


def test_thresholds_mark_the_least_confident_lines() -> None:
    """Fifteen in a hundred."""
    random = np.random.default_rng(3)
    category = random.dirichlet(np.ones(4), 1000)
    glossary = random.dirichlet(np.ones(9), 1000)
    phrases = [_phrase(NO_OBJECTION)] * 1000
    thresholds = choose_thresholds(phrases, category, glossary)
    assert (category.max(axis=1) < thresholds.uncertain_below).mean() == pytest.approx(0.15, abs=0.01)


def test_a_sure_model_is_validated_as_sure() -> None:
    """Raw scores that are always right give full marks."""
    labels: list[tuple[Category, str]] = [("цена", "КЭВ"), ("отказ", "Ледоруб"), (NO_OBJECTION, "")] * 30
    labels += [("сомнение в качестве", "Точки касания")] * 30
    phrases = [_phrase(*label) for label in labels]
    category = np.array([[9.0 * (c == p.category) for c in CATEGORIES] for p in phrases])
    glossary = np.array([[9.0 * (t == p.glossary) for t in GLOSSARY_CLASSES] for p in phrases])
    validation = validate(phrases, LeftOut(category, glossary), "by hand")
    assert validation.metrics.macro_f1 == 1
    assert validation.metrics.glossary_accuracy == 1
    assert validation.metrics.method == "by hand"
