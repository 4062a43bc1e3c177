"""Making probabilities mean what they say, and measuring whether they do."""

from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax

from objections.scorer import Floats, Ints

BINS: Final = 15
_WIDEST: Final = 10.0


def fit_temperature(raw: Floats, true: Ints) -> float:
    """Find the temperature that makes the softmax of left-out raw scores most likely.

    Temperature scaling after Guo et al., "On Calibration of Modern Neural Networks" (ICML 2017):
    the raw scores are divided by one number, so no decision changes.

    Parameters
    ----------
    raw : array, shape (n_lines, n_classes)
    true : array of int, shape (n_lines,)
        The right class of each line.
    """

    def loss(log_temperature: float) -> float:
        log_probabilities = log_softmax(raw / np.exp(log_temperature), axis=1)
        return -float(log_probabilities[np.arange(len(true)), true].mean())

    bound = np.log(_WIDEST)
    return float(np.exp(minimize_scalar(loss, bounds=(-bound, bound), method="bounded").x))


def expected_calibration_error(confidence: Floats, right: npt.NDArray[np.bool_]) -> float:
    """Mean distance between confidence and accuracy over `BINS` equal bins, weighted by their lines.

    Parameters
    ----------
    confidence : array, shape (n_lines,)
    right : array of bool, shape (n_lines,)
    """
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    lines = np.bincount(bins, minlength=BINS)
    gaps = np.bincount(bins, weights=right, minlength=BINS) - np.bincount(
        bins, weights=confidence, minlength=BINS
    )
    return float(np.abs(gaps).sum() / lines.sum())
