"""What a fit does to features before the regressions see them, and takes back afterwards."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from objections.phrases import Phrase
from tests.support import QUICK
from training.pipeline import FitSettings, Fitted, make_features, make_regression
from training.ratios import log_count_ratios, weigh

SETTINGS = replace(QUICK, noisy_share=0.0, category_tolerance=1e-8, glossary_tolerance=1e-8)
"""Fits that stop early end a little apart when sums are made in another order."""


@pytest.fixture(scope="module")
def lines(shipped_phrases: list[Phrase]) -> list[Phrase]:
    """Some hundreds of lines."""
    return shipped_phrases[::40]


@pytest.mark.parametrize("power", [0.0, 0.5, 1.0])
def test_the_category_is_fitted_on_weighed_features_and_reads_them_as_they_are(
    lines: list[Phrase], power: float
) -> None:
    """What scikit-learn says of features times ratios."""
    matrix, labels = _features(lines, SETTINGS), [phrase.category for phrase in lines]
    ratios = log_count_ratios(matrix, labels) ** power
    expected = make_regression(SETTINGS, SETTINGS.category_tolerance).fit(weigh(matrix, ratios), labels)
    fitted = Fitted.fit(lines, replace(SETTINGS, ratio_power=power)).category
    np.testing.assert_allclose(
        fitted.decision_function(matrix),
        expected.decision_function(weigh(matrix, ratios)),
        rtol=0,
        atol=1e-6,
    )


def test_the_glossary_is_fitted_on_features_as_they_are(lines: list[Phrase]) -> None:
    """The order of the columns, in which both are fitted, changes nothing."""
    matrix, labels = _features(lines, SETTINGS), [phrase.glossary for phrase in lines]
    expected = make_regression(SETTINGS, SETTINGS.glossary_tolerance).fit(matrix, labels)
    fitted = Fitted.fit(lines, SETTINGS).glossary
    np.testing.assert_allclose(fitted.coef_, expected.coef_, rtol=0, atol=1e-6)


def _features(lines: list[Phrase], settings: FitSettings) -> Any:
    return make_features(settings).fit_transform([phrase.text for phrase in lines])
