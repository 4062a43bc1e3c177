"""Which columns of an exported table are read, and which are added."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from objections.decision import WHOLE, Verdicts
from objections.errors import DataError
from objections.labels import CATEGORIES, DOUBT, NO_OBJECTION, PRICE, REFUSAL, Category
from objections.text import normalize

TEXT: Final = (
    "text",
    "текст",
    "фраза",
    "реплика",
    "utterance",
    "transcript",
    "transcription",
    "phrase",
    "message",
    "сообщение",
    "транскрипт",
    "расшифровка",
)
SPEAKER: Final = ("speaker", "спикер", "роль", "role", "говорящий", "кто говорит")

_SCORES: Final[dict[str, Category]] = {
    "p_otkaz": REFUSAL,
    "p_somnenie": DOUBT,
    "p_tsena": PRICE,
    "p_net": NO_OBJECTION,
}
ADDED: Final = ("category", "confidence", "uncertain", *_SCORES, "glossary")
NO_ANSWER: Final = ("",) * len(ADDED)

# Every cell that can be written, made once: a column is looked up in them.
_SCORE_COLUMNS: Final = [CATEGORIES.index(category) for category in _SCORES.values()]
_CATEGORIES: Final = np.array(CATEGORIES, object)
_NUMBERS: Final = np.array([str(number / WHOLE) for number in range(WHOLE + 1)], object)
_TRUTHS: Final = np.array(["false", "true"], object)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the text and the speaker stand in a row.

    Attributes
    ----------
    text : int
    speaker : int or None
    """

    text: int
    speaker: int | None


def find_columns(
    header: Sequence[str], name: str, text_column: str | None, speaker_column: str | None
) -> Columns:
    """Find the columns by the names given, else by their usual names.

    Raises
    ------
    DataError
        Where there is no such column, naming the columns there are.
    """
    text = find_column(header, [text_column] if text_column else TEXT)
    if text is None:
        wanted = f"«{text_column}»" if text_column else f"any of {', '.join(TEXT)}"
        raise DataError(
            f"{name} has no column {wanted}; its columns are: {', '.join(header)}. "
            "Name the one that holds the words with --text-column"
        )
    speaker = find_column(header, [speaker_column] if speaker_column else SPEAKER)
    if speaker is None and speaker_column:
        raise DataError(f"{name} has no column «{speaker_column}»; its columns are: {', '.join(header)}")
    return Columns(text, speaker)


def added_columns(header: Sequence[str], name: str, prefix: str) -> list[str]:
    """Name the columns that scoring adds.

    Raises
    ------
    DataError
        Where the table has one of them already.
    """
    added = [prefix + column for column in ADDED]
    if taken := [column for column in added if column in header]:
        raise DataError(
            f"{name} already has the column {', '.join(taken)}; "
            "name the added columns otherwise with --prefix, for instance --prefix model_"
        )
    return added


def answer_cells(verdicts: Verdicts) -> Iterator[tuple[str, ...]]:
    """Write answers as cells, one tuple a line."""
    scores = verdicts.scores
    confidence = scores[np.arange(len(verdicts)), verdicts.category]
    numbers = [_NUMBERS[column].tolist() for column in (confidence, *scores[:, _SCORE_COLUMNS].T)]
    return zip(
        _CATEGORIES[verdicts.category].tolist(),
        numbers[0],
        _TRUTHS[verdicts.uncertain.astype(np.int64)].tolist(),
        *numbers[1:],
        np.array([*verdicts.terms, ""], object)[verdicts.term].tolist(),
        strict=True,
    )


def find_column(header: Sequence[str], names: Sequence[str]) -> int | None:
    """Find the first of `names` that the header has, whatever its case."""
    folded = [normalize(column) for column in header]
    return next((folded.index(normalize(name)) for name in names if normalize(name) in folded), None)
