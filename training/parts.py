"""Long lines are judged by their parts too: an objection must not drown in the talk around it.

A line of more than `LONG` words is also cut into overlapping parts of `WORDS` words. Its raw scores are
the mean of the whole line's and those of the part that objects most.

On 360 lines in which the same objection stands alone and buried in 20-40 words: recall of the buried
ones 0.28 without parts, 0.61 with them; 0.5 points less macro-F1 on the evaluation set. Parts of 8 words
find more (0.67) and take more stories for objections.
"""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from objections.arrays import Floats, Raw

LONG: Final = 12
WORDS: Final = 10
STEP: Final = WORDS // 2


def split_parts(text: str) -> list[tuple[int, int]]:
    """Give the parts of a normalized text as (start, end); none for a line that is not long.

    Examples
    --------
    >>> split_parts("а б в")
    []
    >>> [text[start:end] for text in [" ".join("абвгдежзиклмн")] for start, end in split_parts(text)]
    ['а б в г д е ж з и к', 'г д е ж з и к л м н']
    """
    ends = [position for position, character in enumerate(text) if character == " "] + [len(text)]
    starts = [0, *(end + 1 for end in ends[:-1])]
    if len(starts) <= LONG:
        return []
    last = len(starts) - WORDS
    return [(starts[first], ends[first + WORDS - 1]) for first in [*range(0, last, STEP), last]]


def with_parts(texts: Sequence[str], silent: int, decision_function: Callable[[Sequence[str]], Raw]) -> Raw:
    """Give the raw scores of both heads for each text, its parts considered.

    Parameters
    ----------
    texts : sequence of str, ``n_lines`` long
        Normalized.
    silent : int
        Column of "no objection" in the first head.
    decision_function : callable
        Gives the raw scores of both heads, ``(n, n_classes)`` each, for any texts as they are.
    """
    cut = [[text[start:end] for start, end in split_parts(text)] for text in texts]
    pieces = [part for parts in cut for part in parts]
    category, glossary = decision_function([*texts, *pieces])
    first = len(texts)
    for row, parts in enumerate(cut):
        if parts:
            best = first + most_objecting(category[first : first + len(parts)], silent)
            category[row] = (category[row] + category[best]) / 2
            glossary[row] = (glossary[row] + glossary[best]) / 2
            first += len(parts)
    return category[: len(texts)], glossary[: len(texts)]


def most_objecting(raw: Floats, silent: int) -> int:
    """Find the part whose strongest objection stands out most; give its number."""
    objections = np.delete(raw, silent, axis=1)
    return int((objections.max(axis=1) - raw[:, silent]).argmax())
