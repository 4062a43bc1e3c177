"""What a model is worth: raw scores of left-out lines, thresholds chosen on them, figures for the card."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from joblib import Parallel, delayed
from scipy.special import softmax

from objections.card import Metrics
from objections.decision import DECIMALS, DecisionRule, Thresholds, Verdict
from objections.labels import CATEGORIES, NO_OBJECTION, NO_TERM, TERMS
from objections.phrases import Phrase
from objections.scorer import Floats, Ints
from training import folds
from training.calibration import fit_temperature
from training.metrics import measure
from training.pipeline import FitSettings, Fitted

MARKED: Final = 0.15
"""Share of the lines that may be marked uncertain: what a reviewer can look through."""

TERM_THRESHOLDS: Final = tuple(round(step * 0.05, 2) for step in range(4, 20))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Raw scores of every line by a model that has not seen its batch.

    Attributes
    ----------
    category : array, shape (n_lines, n_categories)
        Columns in the order of `labels.CATEGORIES`.
    glossary : array, shape (n_lines, n_terms + 1)
        Columns in the order of `GLOSSARY_CLASSES`.
    """

    category: Floats
    glossary: Floats


GLOSSARY_CLASSES: Final = (NO_TERM, *TERMS)


def score_left_out(
    phrases: Sequence[Phrase], settings: FitSettings, progress: Callable[[str], None]
) -> LeftOut:
    """Score each line by a model fitted without its batch."""
    category = np.empty((len(phrases), len(CATEGORIES)))
    glossary = np.empty((len(phrases), len(GLOSSARY_CLASSES)))
    splits = list(folds.leave_out(phrases, settings.most_folds))
    jobs = (delayed(_score_fold)(phrases, settings, fit, scored) for fit, scored in splits)
    done = Parallel(n_jobs=-1, return_as="generator")(jobs)
    for number, ((_, scored), raw) in enumerate(zip(splits, done, strict=True), 1):
        category[scored], glossary[scored] = raw
        progress(f"left out and scored {number} of {len(splits)} folds")
    return LeftOut(category, glossary)


def _score_fold(
    phrases: Sequence[Phrase], settings: FitSettings, fit: Ints, scored: Ints
) -> tuple[Floats, Floats]:
    fitted = Fitted.fit([phrases[number] for number in fit], settings)
    category, glossary = fitted.decision_function([phrases[number].text for number in scored])
    return (
        _in_order(category, fitted.category.classes_.tolist(), CATEGORIES),
        _in_order(glossary, fitted.glossary.classes_.tolist(), GLOSSARY_CLASSES),
    )


def _in_order(raw: Floats, classes: Sequence[str], order: Sequence[str]) -> Floats:
    """Put the columns into one order; a class that the fold has not seen can not be chosen."""
    impossible = raw.min(axis=1, keepdims=True) - 20.0
    columns = [raw[:, [classes.index(name)]] if name in classes else impossible for name in order]
    return np.hstack(columns)


@dataclass(frozen=True, slots=True)
class Validation:
    """What left-out lines say about a model.

    Attributes
    ----------
    category_temperature, glossary_temperature : float
    thresholds : Thresholds
    metrics : Metrics
    """

    category_temperature: float
    glossary_temperature: float
    thresholds: Thresholds
    metrics: Metrics


def validate(phrases: Sequence[Phrase], left_out: LeftOut, method: str) -> Validation:
    """Calibrate, choose the thresholds and measure, all on left-out lines."""
    category_true = np.array([CATEGORIES.index(phrase.category) for phrase in phrases])
    glossary_true = np.array([GLOSSARY_CLASSES.index(phrase.glossary) for phrase in phrases])
    temperatures = (
        fit_temperature(left_out.category, category_true),
        fit_temperature(left_out.glossary, glossary_true),
    )
    category = softmax(left_out.category / temperatures[0], axis=1)
    glossary = softmax(left_out.glossary / temperatures[1], axis=1)
    thresholds = choose_thresholds(phrases, category, glossary)
    metrics = measure(phrases, _decide(thresholds, category, glossary), method)
    return Validation(*temperatures, thresholds, metrics)


def choose_thresholds(phrases: Sequence[Phrase], category: Floats, glossary: Floats) -> Thresholds:
    """Mark the least confident `MARKED` of the lines; let a term through where that pays most (F1)."""
    uncertain_below = round(float(np.quantile(category.max(axis=1), MARKED)), DECIMALS)

    def f1(term_from: float) -> float:
        thresholds = Thresholds(uncertain_below=uncertain_below, term_from=term_from)
        given = right = wanted = 0
        for phrase, verdict in zip(phrases, _decide(thresholds, category, glossary), strict=True):
            if verdict.category == phrase.category == NO_OBJECTION:
                given += verdict.term is not None
                wanted += phrase.glossary != NO_TERM
                right += verdict.term is not None and verdict.term == phrase.glossary
        return 2 * right / max(given + wanted, 1)

    return Thresholds(uncertain_below=uncertain_below, term_from=max(TERM_THRESHOLDS, key=f1))


def _decide(thresholds: Thresholds, category: Floats, glossary: Floats) -> list[Verdict]:
    rule = DecisionRule(thresholds, CATEGORIES, GLOSSARY_CLASSES)
    return [rule.decide(*rows) for rows in zip(category, glossary, strict=True)]
