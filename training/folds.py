"""Who is left out: whole batches, and never a near-copy on both sides."""

from collections.abc import Iterator, Sequence

import numpy as np
from sklearn.model_selection import GroupKFold, StratifiedKFold

from objections.arrays import Ints
from objections.labels import CATEGORIES
from objections.phrases import Phrase
from training.near_copies import find_near_copies

FEWEST_BATCHES = 3
"""With fewer batches than this, lines are left out at random instead."""


def describe(phrases: Sequence[Phrase], most_folds: int) -> str:
    """Say how `leave_out` will cut, in words for the card."""
    batches = len(_named_batches(phrases))
    apart = "near-copies taken out of the fit"
    if batches < FEWEST_BATCHES:
        return f"{min(most_folds, 10)} random folds (no batches named), {apart}"
    return f"{batches} batches left out whole in {min(most_folds, batches)} folds, {apart}"


def leave_out(phrases: Sequence[Phrase], most_folds: int) -> Iterator[tuple[Ints, Ints]]:
    """Yield (lines to fit on, lines to score) so that each line is scored once.

    Lines of one batch (``source``) are scored together; lines that nearly copy a scored line are not
    fitted on.
    """
    texts = [phrase.text for phrase in phrases]
    left, right = find_near_copies(texts, texts).T
    for fit, scored in _split(phrases, most_folds):
        copies = left[np.isin(right, scored)]
        yield np.setdiff1d(fit, copies), scored


def _split(phrases: Sequence[Phrase], most_folds: int) -> Iterator[tuple[Ints, Ints]]:
    batches = len(_named_batches(phrases))
    if batches < FEWEST_BATCHES:
        folds = StratifiedKFold(min(most_folds, 10), shuffle=True, random_state=0)
        yield from folds.split(phrases, [phrase.category for phrase in phrases])
    else:
        yield from _split_by_batch(phrases, min(most_folds, batches))


def _split_by_batch(phrases: Sequence[Phrase], n_folds: int) -> Iterator[tuple[Ints, Ints]]:
    """Leave batches out whole; lines that cannot be are spread evenly.

    Lines without a batch may be most of them; and a company's own category often stands in one batch only,
    without which nothing would be known of it.
    """
    together = np.array([_has_batch(phrase) for phrase in phrases])
    fold = np.empty(len(phrases), np.int64)
    fold[~together] = np.arange((~together).sum()) % n_folds
    numbers = np.flatnonzero(together)
    sources = [phrases[number].source for number in numbers.tolist()]
    for left_out, (_, scored) in enumerate(GroupKFold(n_folds).split(sources, groups=sources)):
        fold[numbers[scored]] = left_out
    for left_out in range(n_folds):
        yield np.flatnonzero(fold != left_out), np.flatnonzero(fold == left_out)


def _named_batches(phrases: Sequence[Phrase]) -> set[str]:
    return {phrase.source for phrase in phrases if _has_batch(phrase)}


def _has_batch(phrase: Phrase) -> bool:
    return phrase.source != "" and phrase.category in CATEGORIES
