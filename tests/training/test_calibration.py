"""Probabilities that mean what they say."""

import numpy as np
import pytest
from scipy.special import softmax

from training.calibration import BINS, Bin, expected_calibration_error, fit_temperature, reliability


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.5])
def test_the_temperature_that_made_the_labels_is_found(temperature: float) -> None:
    """Labels drawn from softmax(raw / T) give T back."""
    random = np.random.default_rng(7)
    raw = random.normal(size=(20_000, 4)) * 3
    probabilities = softmax(raw / temperature, axis=1)
    true = (probabilities.cumsum(axis=1) < random.random((20_000, 1))).sum(axis=1)
    assert fit_temperature(raw, true) == pytest.approx(temperature, rel=0.05)


def test_calibration_error_is_zero_where_confidence_is_accuracy() -> None:
    """Seven of ten right at 0.7."""
    right = np.array([True] * 7 + [False] * 3)
    assert expected_calibration_error(np.full(10, 0.7), right) == pytest.approx(0)


def test_calibration_error_weighs_bins_by_their_lines() -> None:
    """Three lines off by 0.5 and one off by 0.1."""
    confidence = np.array([0.5, 0.5, 0.5, 0.9])
    right = np.array([True, True, True, True])
    assert expected_calibration_error(confidence, right) == pytest.approx((3 * 0.5 + 0.1) / 4)


def test_full_confidence_has_a_bin() -> None:
    """1.0 belongs to the last one."""
    assert expected_calibration_error(np.array([1.0]), np.array([True])) == 0


def test_bins_say_how_often_answers_of_a_confidence_are_right() -> None:
    """Two bins of fifteen hold lines, the others are left out."""
    first, second = reliability(np.array([0.5, 0.5, 0.52, 0.9]), np.array([True, False, True, True]))
    assert (first.start, first.end, first.lines) == (7 / BINS, 8 / BINS, 3)
    assert first.confidence == pytest.approx(1.52 / 3)
    assert first.accuracy == pytest.approx(2 / 3)
    assert second == Bin(13 / BINS, 14 / BINS, 1, 0.9, 1.0)
