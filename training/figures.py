"""What ablation and comparison share: scores left out and on the evaluation set, as rows of one table."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from joblib import Parallel, delayed
from sklearn.metrics import f1_score

from objections.arrays import Floats, Ints
from objections.labels import CATEGORIES, NO_OBJECTION
from objections.phrases import Phrase

Score = Callable[[Sequence[Phrase], Sequence[Phrase]], Floats]
"""Fits on the first lines and gives a score per category, ``(n_lines, n_categories)``, for the second."""

COLUMNS: Final = ("left-out: macro-F1", "false alarms", "evaluation: macro-F1", "false alarms")


def score_both(
    score: Score,
    training: Sequence[Phrase],
    evaluation: Sequence[Phrase],
    splits: Sequence[tuple[Ints, Ints]],
) -> tuple[Floats, Floats]:
    """Fit on each split and on all lines, side by side.

    Returns
    -------
    left_out : array, shape (n_training, n_categories)
        Each training line scored by a fit that has not seen its batch.
    judged : array, shape (n_evaluation, n_categories)
        The evaluation lines scored by the fit on all lines.
    """
    jobs = [delayed(score)(training, evaluation)]
    jobs += [delayed(score)(_take(training, fit), _take(training, out)) for fit, out in splits]
    judged, *parts = Parallel(n_jobs=-1)(jobs)
    left_out = np.empty((len(training), len(CATEGORIES)))
    for (_, out), part in zip(splits, parts, strict=True):
        left_out[out] = part
    return left_out, judged


def _take(phrases: Sequence[Phrase], numbers: Ints) -> list[Phrase]:
    return [phrases[number] for number in numbers]


def count_figures(phrases: Sequence[Phrase], scores: Floats) -> list[float]:
    """Give macro-F1 and the share of the lines without objection that are taken for one."""
    true = np.array([CATEGORIES.index(phrase.category) for phrase in phrases])
    answered = scores.argmax(axis=1)
    silent = CATEGORIES.index(NO_OBJECTION)
    alarms = answered[true == silent] != silent
    return [float(f1_score(true, answered, average="macro")), float(alarms.mean())]


def write_header(what: str, columns: Sequence[str] = COLUMNS) -> str:
    """Write the head of the Markdown table.

    Examples
    --------
    >>> print(write_header("variant").splitlines()[1])
    |---|---:|---:|---:|---:|
    """
    return f"| {what} | {' | '.join(columns)} |\n|---|{'---:|' * len(columns)}"


def write_row(name: str, figures: Sequence[float]) -> str:
    """Write one row of it.

    Examples
    --------
    >>> write_row("single words", [0.7561, 0.124])
    '| single words | 0.756 | 0.124 |'
    """
    return f"| {name} | {' | '.join(f'{figure:.3f}' for figure in figures)} |"
