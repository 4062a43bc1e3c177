"""Which columns of an exported table are read, and which are added."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from objections.classifier import Prediction
from objections.errors import DataError
from objections.labels import DOUBT, NO_OBJECTION, PRICE, REFUSAL, Category
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
    text = _find(header, [text_column] if text_column else TEXT)
    if text is None:
        wanted = f"«{text_column}»" if text_column else f"any of {', '.join(TEXT)}"
        raise DataError(
            f"{name} has no column {wanted}; its columns are: {', '.join(header)}. "
            "Name the one that holds the words with --text-column"
        )
    speaker = _find(header, [speaker_column] if speaker_column else SPEAKER)
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


def answer_cells(prediction: Prediction | None) -> list[object]:
    """Write an answer as cells; empty ones where there is none."""
    if prediction is None or prediction.scores is None:
        return [""] * len(ADDED)
    return [
        prediction.category,
        prediction.confidence,
        "true" if prediction.uncertain else "false",
        *(prediction.scores[category] for category in _SCORES.values()),
        prediction.suggestion.entry.term if prediction.suggestion else "",
    ]


def _find(header: Sequence[str], names: Sequence[str]) -> int | None:
    """Find the first of `names` that the header has, whatever its case."""
    folded = [normalize(column) for column in header]
    return next((folded.index(normalize(name)) for name in names if normalize(name) in folded), None)
