"""All formats: telling which one a document is of, and reading it into lines."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from objections.document import Document
from objections.errors import DataError
from objections.line import Line
from objections.speaker import Names
from objections.transcripts import (
    bitrix,
    dialogue,
    label_studio,
    mango,
    meetings,
    salute,
    speechkit,
    speechsense,
    subtitles,
    tabular,
    whisper,
)
from objections.transcripts.cleaning import Dropped, clean
from objections.transcripts.format import Format

FORMATS: Final[tuple[Format, ...]] = (
    *subtitles.FORMATS,
    *dialogue.FORMATS,
    *whisper.FORMATS,
    *speechkit.FORMATS,
    *speechsense.FORMATS,
    *salute.FORMATS,
    *mango.FORMATS,
    *bitrix.FORMATS,
    *meetings.FORMATS,
    *label_studio.FORMATS,
    *tabular.FORMATS,
)
"""In the order in which they are tried: the narrow ones first."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """The lines of one file.

    Attributes
    ----------
    format : Format
    lines : tuple of Line
        Speakers are ``client``, ``seller``, or the source's name where nobody knows the role; lines are
        numbered from 1 in each call.
    dropped : Dropped
        What was left out.
    """

    format: Format
    lines: tuple[Line, ...]
    dropped: Dropped


def find_format(name: str) -> Format:
    """Find a format by its name.

    Raises
    ------
    DataError
        Naming the formats there are.
    """
    for known in FORMATS:
        if known.name == name:
            return known
    raise DataError(f"there is no format «{name}»; known are: {', '.join(known.name for known in FORMATS)}")


def tell_format(document: Document) -> Format:
    """Tell the format of a document by its content; what is no transcript is taken for a table.

    Raises
    ------
    DataError
        Where it begins like JSON and is not.
    """
    return next(known for known in FORMATS if known.recognizes(document))


def read_transcript(document: Document, known: Format, names: Names) -> Transcript:
    """Read a document of a known format.

    Raises
    ------
    DataError
        Where it is not what the format says, naming the place.
    """
    kept, dropped = clean(known.read(document))
    return Transcript(known, tuple(_number(kept, names)), dropped)


def _number(lines: list[Line], names: Names) -> Iterator[Line]:
    numbers: dict[str | None, int] = {}
    for line in lines:
        numbers[line.call_id] = numbers.get(line.call_id, 0) + 1
        yield replace(line, speaker=names.role(line.speaker) or line.speaker, number=numbers[line.call_id])
