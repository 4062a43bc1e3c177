"""Which columns of a table hold the text and what belongs to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from objections.errors import DataError
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
START: Final = (
    "start",
    "start_time",
    "start time",
    "begin",
    "начало",
    "время начала",
    "начало реплики",
    "начало фразы",
)
END: Final = (
    "end",
    "end_time",
    "end time",
    "stop",
    "stop_time",
    "конец",
    "время конца",
    "время окончания",
    "окончание",
    "конец реплики",
    "конец фразы",
)
CALL_ID: Final = (
    "call_id",
    "callid",
    "call id",
    "call",
    "id звонка",
    "номер звонка",
    "идентификатор звонка",
    "код звонка",
    "звонок",
    "recording_id",
    "id записи",
    "id разговора",
    "номер разговора",
)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the text stands in a row, and what belongs to it where the table has it.

    Attributes
    ----------
    text : int
    speaker, start, end, call_id : int or None
    """

    text: int
    speaker: int | None = None
    start: int | None = None
    end: int | None = None
    call_id: int | None = None


def find_columns(
    header: Sequence[str], name: str, text_column: str | None = None, speaker_column: str | None = None
) -> Columns:
    """Find the columns by the names given, else by their usual names.

    Raises
    ------
    DataError
        Where there is no such column, naming the columns there are.
    """
    text = find_column(header, text_names(text_column))
    if text is None:
        wanted = f"«{text_column}»" if text_column else f"any of {', '.join(TEXT)}"
        raise DataError(
            f"{name} has no column {wanted}; its columns are: {', '.join(header)}. "
            "Name the one that holds the words with --text-column"
        )
    speaker = find_column(header, [speaker_column] if speaker_column else SPEAKER)
    if speaker is None and speaker_column:
        raise DataError(f"{name} has no column «{speaker_column}»; its columns are: {', '.join(header)}")
    return Columns(
        text, speaker, find_column(header, START), find_column(header, END), find_column(header, CALL_ID)
    )


def text_names(text_column: str | None) -> Sequence[str]:
    """Give the names by which the text is found: the one given, else the usual ones."""
    return [text_column] if text_column else TEXT


def find_column(header: Sequence[str], names: Sequence[str]) -> int | None:
    """Find the first of `names` that the header has, whatever its case."""
    folded = [normalize(column) for column in header]
    return next((folded.index(normalize(name)) for name in names if normalize(name) in folded), None)
