"""The columns that scoring adds to a table."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from objections.decision import WHOLE, Verdicts
from objections.errors import DataError
from objections.labels import CATEGORIES, DOUBT, NO_OBJECTION, PRICE, REFUSAL, Category

_SCORES: Final[dict[str, Category]] = {
    "p_otkaz": REFUSAL,
    "p_somnenie": DOUBT,
    "p_tsena": PRICE,
    "p_net": NO_OBJECTION,
}
ADDED: Final = ("category", "confidence", "uncertain", *_SCORES, "glossary")
EVIDENCE: Final = "evidence"
"""The words that decided, where they are asked for."""

# Every cell that can be written, made once: a column is looked up in them.
_SCORE_COLUMNS: Final = [CATEGORIES.index(category) for category in _SCORES.values()]
_CATEGORIES: Final = np.array(CATEGORIES, object)
_NUMBERS: Final = np.array([str(number / WHOLE) for number in range(WHOLE + 1)], object)
_TRUTHS: Final = np.array(["false", "true"], object)


def added_columns(header: Sequence[str], name: str, prefix: str, *, explain: bool = False) -> list[str]:
    """Name the columns that scoring adds.

    Raises
    ------
    DataError
        Where the table has one of them already.
    """
    added = [prefix + column for column in (*ADDED, *([EVIDENCE] if explain else []))]
    if taken := [column for column in added if column in header]:
        raise DataError(
            f"{name} already has the column {', '.join(taken)}; "
            "name the added columns otherwise with --prefix, for instance --prefix model_"
        )
    return added


def answer_cells(verdicts: Verdicts) -> Iterator[tuple[str, ...]]:
    """Write answers as cells, one tuple a line."""
    scores = verdicts.scores
    numbers = [_NUMBERS[column].tolist() for column in (verdicts.confidence, *scores[:, _SCORE_COLUMNS].T)]
    return zip(
        _CATEGORIES[verdicts.category].tolist(),
        numbers[0],
        _TRUTHS[verdicts.uncertain.astype(np.int64)].tolist(),
        *numbers[1:],
        np.array([*verdicts.terms, ""], object)[verdicts.term].tolist(),
        strict=True,
    )
