"""The columns that scoring adds to a table."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from objections.decision import WHOLE, Verdicts
from objections.errors import DataError
from objections.labels import CATEGORIES, DOUBT, NO_OBJECTION, PRICE, REFUSAL, Category
from objections.tables.table import Cell

_SCORES: Final[dict[str, Category]] = {
    "p_otkaz": REFUSAL,
    "p_somnenie": DOUBT,
    "p_tsena": PRICE,
    "p_net": NO_OBJECTION,
}
ADDED: Final = ("category", "confidence", "uncertain", *_SCORES, "glossary")
EVIDENCE: Final = "evidence"
"""The words that decided, where they are asked for."""

_SCORE_COLUMNS: Final = [CATEGORIES.index(category) for category in _SCORES.values()]


class _Notation(NamedTuple):
    """Every cell that can be written, made once: a column is looked up in them."""

    numbers: NDArray[np.object_]
    truths: NDArray[np.object_]
    nothing: str | None


_TYPED: Final = _Notation(
    np.array([number / WHOLE for number in range(WHOLE + 1)], object), np.array([False, True], object), None
)
_TEXTS: Final = _Notation(
    np.array([str(number) for number in _TYPED.numbers], object), np.array(["false", "true"], object), ""
)


def added_columns(
    header: Sequence[str],
    name: str,
    prefix: str,
    categories: Sequence[str] = CATEGORIES,
    *,
    explain: bool = False,
) -> list[str]:
    """Name the columns that scoring adds; the score of a company's own category stands behind `glossary`.

    Raises
    ------
    DataError
        Where the table has one of them already.
    """
    own = [f"p_{'_'.join(category.split())}" for category in categories[len(CATEGORIES) :]]
    added = [prefix + column for column in (*ADDED, *own, *([EVIDENCE] if explain else []))]
    if taken := [column for column in added if column in header]:
        raise DataError(
            f"{name} already has the column {', '.join(taken)}; "
            "name the added columns otherwise with --prefix, for instance --prefix model_"
        )
    return added


def answer_cells(verdicts: Verdicts, *, typed: bool = False) -> Iterator[tuple[Cell, ...]]:
    """Write answers as cells, one tuple a line.

    Parameters
    ----------
    verdicts : Verdicts
    typed : bool
        Numbers and truths as such, None for no term; else all as text, which is how delimited text is
        written fastest.
    """
    scores = verdicts.scores
    notation = _TYPED if typed else _TEXTS
    of_own = range(len(CATEGORIES), len(verdicts.categories))
    columns = (verdicts.confidence, *scores[:, [*_SCORE_COLUMNS, *of_own]].T)
    numbers = [notation.numbers[column].tolist() for column in columns]
    return zip(
        np.array(verdicts.categories, object)[verdicts.category].tolist(),
        numbers[0],
        notation.truths[verdicts.uncertain.astype(np.int64)].tolist(),
        *numbers[1 : len(columns) - len(of_own)],
        np.array([*verdicts.terms, notation.nothing], object)[verdicts.term].tolist(),
        *numbers[len(columns) - len(of_own) :],
        strict=True,
    )
