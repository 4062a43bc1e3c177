"""Ways to make raw scores probabilities, measured on lines they were not fitted on; `make ablation`.

Each is fitted on the left-out scores of all folds but one and measured on that one, and fitted on all
left-out scores and measured on the evaluation set.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

import numpy as np
from scipy.special import softmax
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import f1_score

from objections.arrays import Floats, Ints
from objections.labels import CATEGORIES
from objections.phrases import Phrase
from training import folds
from training.calibration import expected_calibration_error, fit_temperature
from training.figures import Score, score_both

Calibrate = Callable[[Floats], Floats]
"""From raw scores to probabilities, ``(n_lines, n_categories)``."""

CALIBRATION_COLUMNS: Final = (
    "left-out: calibration error",
    "macro-F1",
    "evaluation: calibration error",
    "macro-F1",
)


def keep_softmax(raw: Floats, true: Ints) -> Calibrate:  # noqa: ARG001 (as every calibration)
    """Take the regression's own probabilities."""
    return lambda scores: softmax(scores, axis=1)


def use_temperature(raw: Floats, true: Ints) -> Calibrate:
    """Divide the raw scores by one number, as the shipped model does."""
    temperature = fit_temperature(raw, true)
    return lambda scores: softmax(scores / temperature, axis=1)


def use_isotonic(raw: Floats, true: Ints) -> Calibrate:
    """Bend each category's probability, one against the rest, and make them sum to one again.

    After Zadrozny and Elkan, "Transforming classifier scores into accurate multiclass probability
    estimates" (KDD 2002). The order of the categories may change, so macro-F1 may too.
    """
    probabilities = softmax(raw, axis=1)
    bends = [
        IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(column, true == category)
        for category, column in enumerate(probabilities.T)
    ]

    def calibrate(scores: Floats) -> Floats:
        columns = softmax(scores, axis=1).T
        bent = np.column_stack([bend.predict(column) for bend, column in zip(bends, columns, strict=True)])
        total = bent.sum(axis=1, keepdims=True)
        spread: Floats = np.divide(bent, total, out=np.full_like(bent, 1 / bent.shape[1]), where=total > 0)
        return spread

    return calibrate


CALIBRATIONS: Final[dict[str, Callable[[Floats, Ints], Calibrate]]] = {
    "no calibration": keep_softmax,
    "one temperature (shipped)": use_temperature,
    "isotonic, each category against the rest": use_isotonic,
}


def measure_calibrations(
    names: Sequence[str],
    score: Score,
    training: Sequence[Phrase],
    evaluation: Sequence[Phrase],
    most_folds: int,
) -> Iterator[tuple[str, list[float]]]:
    """Yield each one's calibration error and macro-F1, on left-out batches and on the evaluation set."""
    splits = list(folds.leave_out(training, most_folds))
    left_out, judged = score_both(score, training, evaluation, splits)
    true, judged_true = _number(training), _number(evaluation)
    for name in names:
        fit = CALIBRATIONS[name]
        calibrated = calibrate_left_out(fit, left_out, true, [scored for _, scored in splits])
        yield name, [*_count(calibrated, true), *_count(fit(left_out, true)(judged), judged_true)]


def calibrate_left_out(
    fit: Callable[[Floats, Ints], Calibrate], raw: Floats, true: Ints, parts: Sequence[Ints]
) -> Floats:
    """Calibrate each part by what was fitted on the others."""
    probabilities = np.empty_like(raw)
    for part in parts:
        others = np.setdiff1d(np.arange(len(raw)), part)
        probabilities[part] = fit(raw[others], true[others])(raw[part])
    return probabilities


def _number(phrases: Sequence[Phrase]) -> Ints:
    return np.array([CATEGORIES.index(phrase.category) for phrase in phrases])


def _count(probabilities: Floats, true: Ints) -> list[float]:
    answered = probabilities.argmax(axis=1)
    error = expected_calibration_error(probabilities.max(axis=1), answered == true)
    return [error, float(f1_score(true, answered, average="macro"))]
