"""Calibration and thresholds, on scores made by hand."""

import numpy as np
import pytest

from objections.labels import CATEGORIES, NO_OBJECTION, Category
from tests.support import make_phrase
from training.validation import GLOSSARY_CLASSES, LeftOut, choose_silence, choose_thresholds, validate


def test_thresholds_mark_the_least_confident_lines() -> None:
    """Fifteen in a hundred."""
    random = np.random.default_rng(3)
    category = random.dirichlet(np.ones(4), 1000)
    glossary = random.dirichlet(np.ones(9), 1000)
    phrases = [make_phrase(NO_OBJECTION)] * 1000
    thresholds = choose_thresholds(phrases, category, glossary)
    assert (category.max(axis=1) < thresholds.uncertain_below).mean() == pytest.approx(0.15, abs=0.01)


def test_a_sure_model_is_validated_as_sure() -> None:
    """Raw scores that are always right give full marks."""
    labels: list[tuple[Category, str]] = [("цена", "КЭВ"), ("отказ", "Ледоруб"), (NO_OBJECTION, "")] * 30
    labels += [("сомнение в качестве", "Точки касания")] * 30
    phrases = [make_phrase(*label) for label in labels]
    category = np.array([[9.0 * (c == p.category) for c in CATEGORIES] for p in phrases])
    glossary = np.array([[9.0 * (t == p.glossary) for t in GLOSSARY_CLASSES] for p in phrases])
    validation = validate(phrases, LeftOut(category, glossary), "by hand")
    assert validation.metrics.macro_f1 == 1
    assert validation.metrics.glossary_accuracy == 1
    assert validation.metrics.method == "by hand"


def test_silence_makes_up_for_a_file_with_more_objections_than_a_call() -> None:
    """Doubtful lines that are mostly silence in a call are answered so."""
    random = np.random.default_rng(5)
    true = np.array([2] * 500 + [3] * 500)
    raw = np.zeros((1000, 4)) - 9.0
    raw[:, 3] = 0.0
    raw[:, 2] = np.where(true == 2, 1.5, -1.0) + random.normal(size=1000) * 1.5
    assert choose_silence(raw, true) > 0


def test_a_file_of_one_kind_needs_no_silence_to_be_weighted() -> None:
    """Nothing is divided by nothing."""
    true = np.array([3] * 50)
    raw = np.tile([0.0, 0.0, 0.0, 1.0], (50, 1))
    assert choose_silence(raw, true) >= 0
