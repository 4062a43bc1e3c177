"""Choosing among doubtful lines: the most doubtful ones that are not alike."""

from collections.abc import Sequence
from typing import Final

from objections.text import normalize, words
from service.store.review_items import ReviewItem

LIKENESS: Final = 0.5
"""What a line loses that says nothing new: as much doubt as from certain to evens."""


def choose(items: Sequence[ReviewItem], limit: int, recent: Sequence[str]) -> list[ReviewItem]:
    """Choose by doubt less likeness to what was chosen (maximal marginal relevance, Carbonell 1998).

    Parameters
    ----------
    items : sequence of ReviewItem
    limit : int
    recent : sequence of str
        Texts that were shown or answered lately: others should not be more of the same.
    """
    vocabularies = {item.id: set(words(normalize(item.text))) for item in items}
    likeness = {
        item.id: max(
            (_likeness(vocabularies[item.id], set(words(normalize(text)))) for text in recent), default=0.0
        )
        for item in items
    }
    left = list(items)
    chosen: list[ReviewItem] = []
    while left and len(chosen) < limit:
        best = max(left, key=lambda item: item.doubt - LIKENESS * likeness[item.id])
        left.remove(best)
        chosen.append(best)
        for item in left:
            alike = _likeness(vocabularies[item.id], vocabularies[best.id])
            likeness[item.id] = max(likeness[item.id], alike)
    return chosen


def _likeness(one: set[str], other: set[str]) -> float:
    """Compare two lines by the words they share (Jaccard)."""
    return len(one & other) / len(one | other) if one | other else 1.0
