"""Making probabilities mean what they say, and measuring whether they do."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax

from objections.arrays import Floats, Ints

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


@dataclass(frozen=True, slots=True)
class Bin:
    """The answers of similar confidence.

    Attributes
    ----------
    start, end : float
        Confidence from, and below (the last bin: up to and with 1).
    lines : int
    confidence : float
        Their mean.
    accuracy : float
        Share of the right ones.
    """

    start: float
    end: float
    lines: int
    confidence: float
    accuracy: float


def reliability(confidence: Floats, right: npt.NDArray[np.bool_]) -> list[Bin]:
    """Sort answers into `BINS` equal bins by confidence; empty bins are left out.

    Parameters
    ----------
    confidence : array, shape (n_lines,)
    right : array of bool, shape (n_lines,)
    """
    number_of = np.minimum((confidence * BINS).astype(int), BINS - 1)
    bins = []
    for number in range(BINS):
        if (members := number_of == number).any():
            means = float(confidence[members].mean()), float(right[members].mean())
            bins.append(Bin(number / BINS, (number + 1) / BINS, int(members.sum()), *means))
    return bins


def expected_calibration_error(confidence: Floats, right: npt.NDArray[np.bool_]) -> float:
    """Mean distance between confidence and accuracy over the bins, weighted by their lines."""
    bins = reliability(confidence, right)
    return sum(bin_.lines * abs(bin_.accuracy - bin_.confidence) for bin_ in bins) / len(confidence)
