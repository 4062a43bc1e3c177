"""How far chance moves a figure: the bootstrap over lines, as draws of the table they are counted from.

Every figure here is counted from how many lines are of each true category, answered category and (for
the glossary) right or wrong term. To draw n lines with replacement and count them is to draw those
counts from a multinomial distribution, so ten thousand draws of any file take a moment.
After Efron and Tibshirani, "An Introduction to the Bootstrap" (1993), percentile intervals.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from objections.arrays import Floats, Ints
from objections.card import Interval, Intervals
from objections.decision import DECIMALS, Verdict
from objections.labels import CATEGORIES, NO_OBJECTION, NO_TERM, order_categories
from objections.phrases import Phrase

DRAWS: Final = 10_000
SEED: Final = 0
_ENDS: Final = (0.025, 0.975)
_SILENT: Final = CATEGORIES.index(NO_OBJECTION)


def find_intervals(phrases: Sequence[Phrase], verdicts: Sequence[Verdict], draws: int = DRAWS) -> Intervals:
    """Give 95 % intervals for the figures that `metrics.measure` gives."""
    names = _names(phrases, verdicts)
    true, answered = _numbers(phrases, names), _numbers(verdicts, names)
    pairs = zip(phrases, verdicts, strict=True)
    term_right = np.array([(verdict.term or NO_TERM) == phrase.glossary for phrase, verdict in pairs])
    drawn = _draw((true, answered, term_right.astype(int)), (len(names), len(names), 2), draws)
    confusion = drawn.sum(axis=3)
    f1 = _f1(confusion)
    silent = confusion[:, _SILENT]
    objections = np.delete(drawn, _SILENT, axis=1).sum(axis=(1, 2))
    present = np.unique(true)
    return Intervals(
        macro_f1=_interval(f1[:, present].mean(axis=1)),
        f1={
            name: _interval(f1[:, number]) if number in present else None for number, name in enumerate(names)
        },
        false_alarms=_interval(_divide(silent.sum(axis=1) - silent[:, _SILENT], silent.sum(axis=1))),
        glossary_accuracy=_interval(_divide(objections[:, 1], objections.sum(axis=1))),
    )


def find_difference(
    phrases: Sequence[Phrase], now: Sequence[Verdict], then: Sequence[Verdict], draws: int = DRAWS
) -> Interval:
    """Give the 95 % interval of macro-F1 `now` minus `then`, both over the same lines of each draw."""
    names = _names(phrases, now, then)
    true, sides = _numbers(phrases, names), (_numbers(now, names), _numbers(then, names))
    drawn = _draw((true, *sides), (len(names),) * 3, draws)
    present = np.unique(true)
    macro_now, macro_then = (_f1(drawn.sum(axis=other))[:, present].mean(axis=1) for other in (3, 2))
    low, high = np.quantile(macro_now - macro_then, _ENDS)
    return Interval(low=round(float(low), DECIMALS), high=round(float(high), DECIMALS))


def _names(*labelled: Sequence[Phrase] | Sequence[Verdict]) -> tuple[str, ...]:
    """Give every category, and those of a company that are among the labels or answers."""
    return order_categories(one.category for some in labelled for one in some)


def _numbers(labelled: Sequence[Phrase] | Sequence[Verdict], names: Sequence[str]) -> Ints:
    return np.array([names.index(one.category) for one in labelled])


def _draw(labels: tuple[npt.NDArray[np.integer], ...], shape: tuple[int, ...], draws: int) -> Ints:
    """Draw tables of counts, ``(draws, *shape)``."""
    counts = np.bincount(np.ravel_multi_index(labels, shape), minlength=int(np.prod(shape)))
    random = np.random.default_rng(SEED)
    tables: Ints = random.multinomial(counts.sum(), counts / counts.sum(), size=draws)
    return tables.reshape(draws, *shape)


def _f1(confusion: Ints) -> Floats:
    """F1 of each category, ``(draws, n_categories)``; 0 where a draw neither has nor answers it."""
    right = np.diagonal(confusion, axis1=1, axis2=2)
    either = confusion.sum(axis=1) + confusion.sum(axis=2)
    f1: Floats = np.divide(2 * right, either, out=np.zeros(right.shape), where=either > 0)
    return f1


def _divide(part: Ints, whole: Ints) -> Floats:
    shares: Floats = np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0)
    return shares


def _interval(values: Floats) -> Interval | None:
    """Take the middle 95 % of the draws that speak for the figure."""
    if np.isnan(values).all():
        return None
    low, high = np.nanquantile(values, _ENDS)
    return Interval(low=round(float(low), DECIMALS), high=round(float(high), DECIMALS))
