"""Calibrations, fitted on some lines and measured on others."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from scipy.special import softmax

from objections.arrays import Floats, Ints
from objections.labels import CATEGORIES
from objections.phrases import Phrase
from training.calibration import expected_calibration_error
from training.calibrations import (
    CALIBRATION_COLUMNS,
    CALIBRATIONS,
    Calibrate,
    calibrate_left_out,
    keep_softmax,
    measure_calibrations,
    use_isotonic,
    use_temperature,
)


def _draw(lines: int, temperature: float, seed: int) -> tuple[Floats, Ints]:
    """Raw scores, and labels drawn from their softmax at a temperature."""
    random = np.random.default_rng(seed)
    raw = random.normal(size=(lines, 4)) * 3
    cumulated = softmax(raw / temperature, axis=1).cumsum(axis=1)
    return raw, (cumulated < random.random((lines, 1))).sum(axis=1)


@pytest.mark.parametrize("name", CALIBRATIONS)
def test_each_gives_probabilities(name: str) -> None:
    """For scores beyond those it was fitted on too."""
    calibrated = CALIBRATIONS[name](*_draw(500, 2, 1))(np.array([[50.0, 0, 0, 0], [0, 0, 0, 0]]))
    assert calibrated.sum(axis=1) == pytest.approx(1)
    assert (calibrated >= 0).all()


@pytest.mark.parametrize("fit", [use_temperature, use_isotonic])
def test_what_is_too_sure_is_mended_on_new_lines(fit: Callable[[Floats, Ints], Calibrate]) -> None:
    """To less than a third of the error."""
    raw, true = _draw(10_000, 2.5, 2)
    errors = []
    for calibrate in (keep_softmax(raw, true), fit(*_draw(10_000, 2.5, 3))):
        probabilities = calibrate(raw)
        errors.append(
            expected_calibration_error(probabilities.max(axis=1), probabilities.argmax(axis=1) == true)
        )
    assert errors[1] < errors[0] / 3


def test_a_temperature_changes_no_answer() -> None:
    """Isotonic regression may."""
    raw, true = _draw(500, 2, 4)
    assert (use_temperature(raw, true)(raw).argmax(axis=1) == raw.argmax(axis=1)).all()


def test_a_line_that_no_category_claims_is_any() -> None:
    """Where a probability of 0.3 was always wrong, four of 0.25 are worth nothing."""
    raw = np.log([np.roll([0.69, 0.29, 0.01, 0.01], category) for category in range(4)])
    assert use_isotonic(raw, np.arange(4))(np.zeros((1, 4))).tolist() == [[0.25] * 4]


def test_no_line_is_calibrated_by_its_own_label() -> None:
    """Each part by the others alone."""
    seen: list[list[int]] = []

    def fit(raw: Floats, true: Ints) -> Calibrate:
        seen.append(true.tolist())
        return lambda scores: scores + len(raw)

    raw = np.arange(5.0)[:, None]
    calibrated = calibrate_left_out(fit, raw, np.arange(5), [np.array([3, 0]), np.array([1, 2, 4])])
    assert seen == [[1, 2, 4], [0, 3]]
    assert calibrated[:, 0].tolist() == [3, 3, 4, 6, 6]


def test_the_evaluation_lines_are_calibrated_by_all_left_out_ones(shipped_phrases: list[Phrase]) -> None:
    """Four figures of each that is asked for; a temperature leaves macro-F1 alone."""

    def score(_: Sequence[Phrase], scored: Sequence[Phrase]) -> Floats:
        return np.array([[len(p.text) % 5, 9.0 * (p.category == CATEGORIES[1]), 1, 2] for p in scored])

    names = ["one temperature (shipped)", "no calibration"]
    lines = shipped_phrases[::40]
    (first, softer), (second, plain) = measure_calibrations(names, score, lines, lines[:90], 3)
    assert [first, second] == names
    assert len(softer) == len(plain) == len(CALIBRATION_COLUMNS)
    assert softer[1::2] == plain[1::2]
    assert softer[0] < plain[0]
