"""Stem n-grams: what the model counts beside words and characters, as scikit-learn's vectorizer is told.

The compiled pass (`objections.kernel`) finds the same ones.
"""

import itertools
from typing import Final

from objections.text import normalize, words

LINE_START, LINE_END, GAP = "<", ">", "…"
"""How a stem n-gram writes the edges of the line, and the words between two stems."""

STEM_LENGTH: Final = 5
"""Letters of a word that its stem keeps.

On 21,610 lines, batches left out: macro-F1 0.816 with 5, 0.814 with 6, 0.817 with the Snowball stemmer,
which would be one more thing to compile.
"""

GAPS: Final = (2, 3)
"""How far apart the stems of a pair may stand: «не … работает»."""


def stem_ngrams(text: str) -> list[str]:
    """Give stems, neighbouring pairs with the edges of the line, and pairs with words between them.

    Parameters
    ----------
    text : str
        As sent; normalized here.

    Examples
    --------
    >>> stem_ngrams("Не очень работает")
    ['не', 'очень', 'работ', '< не', 'не очень', 'очень работ', 'работ >', 'не…работ']
    """
    stems = [word[:STEM_LENGTH] for word in words(normalize(text))]
    edged = [LINE_START, *stems, LINE_END]
    neighbours = [f"{left} {right}" for left, right in itertools.pairwise(edged)]
    apart = [f"{left}{GAP}{right}" for gap in GAPS for left, right in zip(stems, stems[gap:], strict=False)]
    return [*stems, *neighbours, *apart]
