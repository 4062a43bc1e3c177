"""What a model is worth: raw scores of left-out lines, thresholds chosen on them, figures for the card."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed
from scipy.special import softmax
from sklearn.metrics import f1_score

from objections.arrays import Floats, Ints
from objections.card import Metrics
from objections.decision import DECIMALS, DecisionRule, Thresholds, Verdict
from objections.labels import CATEGORIES, NO_OBJECTION, NO_TERM, TERMS, Category, order_categories
from objections.phrases import Phrase
from training import folds
from training.calibration import fit_temperature
from training.metrics import measure
from training.pipeline import FitSettings, Fitted

MARKED: Final = 0.15
"""Share of the lines that may be marked uncertain: what a reviewer can look through."""

TERM_THRESHOLDS: Final = tuple(round(step * 0.01, 2) for step in range(20, 100))

MOST_NEEDLESS_TERMS: Final = 0.02
"""Share of the lines rightly answered "no objection" and without a term that may get one.

Five in a hundred lines without a term may get one; those taken for an objection get one too."""

SILENT_IN_CALLS: Final = 0.7
"""Share of the clients' lines of a call that are no objection: the mix that a decision is made for.

Labelled files hold more objections than calls do, since they are what is to be learned."""

SILENCES: Final = tuple(step / 8 for step in range(13))
"""What may be added to the raw score of "no objection" to make up for that."""

SAME_WORTH: Final = 0.004
"""Macro-F1 by which two silences do not differ: of those, the one with fewer false alarms is taken.

Less than the half-width of the 95 % interval on 20,000 lines (0.006)."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Raw scores of every line by a model that has not seen its batch.

    Attributes
    ----------
    category : array, shape (n_lines, n_categories)
        Columns in the order of `find_categories`.
    glossary : array, shape (n_lines, n_terms + 1)
        Columns in the order of `GLOSSARY_CLASSES`.
    """

    category: Floats
    glossary: Floats


GLOSSARY_CLASSES: Final = (NO_TERM, *TERMS)
Job = tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]
"""A call that joblib makes in another process."""


def find_categories(phrases: Sequence[Phrase]) -> tuple[Category, ...]:
    """Give every category, a company's own ones at the end."""
    return order_categories(phrase.category for phrase in phrases)


def score_left_out(
    phrases: Sequence[Phrase], settings: FitSettings, progress: Callable[[str], None]
) -> LeftOut:
    """Score each line by a model fitted without its batch."""
    with Parallel(n_jobs=-1, return_as="generator") as pool:
        splits = list(folds.leave_out(phrases, settings.most_folds))
        return _gather(phrases, splits, pool(_fold_jobs(phrases, settings, splits)), progress)


def fit_and_score_left_out(
    phrases: Sequence[Phrase], settings: FitSettings, progress: Callable[[str], None]
) -> tuple[Fitted, LeftOut]:
    """Fit on all lines and, on the other cores meanwhile, score each line by a model without its batch."""
    with Parallel(n_jobs=-1, return_as="generator") as pool:
        splits = list(folds.leave_out(phrases, settings.most_folds))
        done = pool([delayed(Fitted.fit)(phrases, settings), *_fold_jobs(phrases, settings, splits)])
        fitted = next(done)
        progress("fitted on all lines")
        return fitted, _gather(phrases, splits, done, progress)


def _fold_jobs(
    phrases: Sequence[Phrase], settings: FitSettings, splits: Sequence[tuple[Ints, Ints]]
) -> list[Job]:
    return [delayed(_score_fold)(phrases, settings, fit, scored) for fit, scored in splits]


def _gather(
    phrases: Sequence[Phrase],
    splits: Sequence[tuple[Ints, Ints]],
    done: Iterator[tuple[Floats, Floats]],
    progress: Callable[[str], None],
) -> LeftOut:
    category = np.empty((len(phrases), len(find_categories(phrases))))
    glossary = np.empty((len(phrases), len(GLOSSARY_CLASSES)))
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
        in_order(category, fitted.category.classes_.tolist(), find_categories(phrases)),
        in_order(glossary, fitted.glossary.classes_.tolist(), GLOSSARY_CLASSES),
    )


def in_order(raw: Floats, classes: Sequence[str], order: Sequence[str]) -> Floats:
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
    silence : float
        What is added to the softened raw score of "no objection".
    thresholds : Thresholds
    metrics : Metrics
    """

    category_temperature: float
    glossary_temperature: float
    silence: float
    thresholds: Thresholds
    metrics: Metrics


def validate(phrases: Sequence[Phrase], left_out: LeftOut, method: str) -> Validation:
    """Calibrate, choose the thresholds and measure, all on left-out lines."""
    categories = find_categories(phrases)
    category_true = np.array([categories.index(phrase.category) for phrase in phrases])
    glossary_true = np.array([GLOSSARY_CLASSES.index(phrase.glossary) for phrase in phrases])
    temperatures = (
        fit_temperature(left_out.category, category_true),
        fit_temperature(left_out.glossary, glossary_true),
    )
    softened = left_out.category / temperatures[0]
    silence = choose_silence(softened, category_true)
    category = softmax(_silenced(softened, silence), axis=1)
    glossary = softmax(left_out.glossary / temperatures[1], axis=1)
    thresholds = choose_thresholds(phrases, category, glossary)
    metrics = measure(phrases, _decide(thresholds, categories, category, glossary), method)
    return Validation(*temperatures, silence, thresholds, metrics)


def choose_silence(raw: Floats, true: Ints) -> float:
    """Choose what to add to "no objection" by macro-F1 on left-out lines weighted to the mix of a call.

    Of values that do not differ by `SAME_WORTH` the largest: a needless alarm costs the reader's trust.
    """
    weights = _as_in_calls(true == CATEGORIES.index(NO_OBJECTION))
    macro_f1 = {
        silence: f1_score(
            true, _silenced(raw, silence).argmax(axis=1), average="macro", sample_weight=weights
        )
        for silence in SILENCES
    }
    best = max(macro_f1.values())
    return max(silence for silence, worth in macro_f1.items() if worth >= best - SAME_WORTH)


def _as_in_calls(silent: npt.NDArray[np.bool_]) -> Floats:
    """Weigh lines so that `SILENT_IN_CALLS` of them are no objection, as in a call."""
    if silent.all() or not silent.any():
        return np.ones(len(silent))
    weights: Floats = np.where(
        silent, SILENT_IN_CALLS / silent.mean(), (1 - SILENT_IN_CALLS) / (1 - silent.mean())
    )
    return weights


def _silenced(raw: Floats, silence: float) -> Floats:
    silenced: Floats = raw + silence * (np.arange(raw.shape[1]) == CATEGORIES.index(NO_OBJECTION))
    return silenced


def choose_thresholds(phrases: Sequence[Phrase], category: Floats, glossary: Floats) -> Thresholds:
    """Mark the least confident `MARKED` of the lines of a call; give terms where that pays most (F1).

    Of the thresholds for terms only those are considered that keep needless terms below
    `MOST_NEEDLESS_TERMS`; the highest where none does.
    """
    silent = np.array([phrase.category == NO_OBJECTION for phrase in phrases])
    uncertain_below = _weighted_quantile(category.max(axis=1), _as_in_calls(silent), MARKED)

    term_from = _choose_term_from(phrases, category, glossary)
    return Thresholds(uncertain_below=uncertain_below, term_from=term_from)


def _choose_term_from(phrases: Sequence[Phrase], category: Floats, glossary: Floats) -> float:
    """Choose by the lines rightly answered "no objection": at 0 each gets a term, at 1 hardly any does."""
    generous, strict = (
        _decide(
            Thresholds(uncertain_below=0, term_from=term_from), find_categories(phrases), category, glossary
        )
        for term_from in (0, 1)
    )
    calm = [
        (phrase.glossary, given.term, 1 - kept.term_confidence)
        for phrase, given, kept in zip(phrases, generous, strict, strict=True)
        if given.category == phrase.category == NO_OBJECTION and kept.term is None
    ]
    right = np.array([wanted == term for wanted, term, _ in calm])
    wanted = np.array([bool(term) for term, _, _ in calm])
    any_term = np.array([probability for _, _, probability in calm])

    def worth(term_from: float) -> tuple[bool, float]:
        given = any_term >= term_from
        few = (given & ~wanted).sum() <= MOST_NEEDLESS_TERMS * (~wanted).sum()
        f1 = 2 * (given & right).sum() / max((given.sum() + wanted.sum()), 1)
        return bool(few), float(f1) if few else term_from

    return max(TERM_THRESHOLDS, key=worth)


def _weighted_quantile(values: Floats, weights: Floats, share: float) -> float:
    """Find the value below which a share of the weight lies."""
    order = values.argsort()
    reached = weights[order].cumsum() / weights.sum()
    return round(float(values[order][np.searchsorted(reached, share)]), DECIMALS)


def _decide(
    thresholds: Thresholds, categories: Sequence[str], category: Floats, glossary: Floats
) -> list[Verdict]:
    return list(DecisionRule(thresholds, categories, GLOSSARY_CLASSES).decide(category, glossary))
