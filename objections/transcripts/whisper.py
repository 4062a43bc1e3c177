"""Whisper and its kin: OpenAI's own JSON and TSV, WhisperX, dumps of what faster-whisper returns."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from pydantic import BaseModel, model_validator

from objections.document import Document, numbered
from objections.errors import DataError
from objections.line import Line
from objections.times import milliseconds
from objections.transcripts.format import Format
from objections.transcripts.parts import Name, Seconds

_TSV_HEADER: Final = "start\tend\ttext"
_TSV_LINE: Final = re.compile(r"(\d+)\t(\d+)\t(.*)", re.ASCII)

_OF_WHISPER: Final = {"seek", "tokens", "no_speech_prob"}
"""What segments of Whisper and of faster-whisper tell of their decoding, and those of WhisperX do not."""
_OF_FASTER_WHISPER: Final = {*_OF_WHISPER, "avg_logprob", "words"}


class _Segment(BaseModel):
    text: str
    start: Seconds = None
    end: Seconds = None
    speaker: Name = None
    words: object = None

    @model_validator(mode="before")
    @classmethod
    def _name_fields(cls, value: object) -> object:
        """Name the items of a tuple; older versions of faster-whisper return those, the oldest short ones."""
        match value:
            case [start, end, str() as text, *_] | [_, _, start, end, text, *_]:
                return {"start": start, "end": end, "text": text}
        return value


class _Transcript(BaseModel):
    segments: list[_Segment]


def _recognizes_whisper(document: Document) -> bool:
    match document.first:
        case {"word_segments": _}:
            return False
        case {"segments": [], "text": str()}:
            return True
        case {"segments": [segment, *_], "text": str()}:
            return _is_segment(segment)
        case {"segments": [segment, *_]}:
            return _is_segment(segment) and not _OF_WHISPER.isdisjoint(segment)
    return False


def _recognizes_whisperx(document: Document) -> bool:
    match document.first:
        case {"segments": list(), "word_segments": list()}:
            return True
        case {"segments": [], "language": str()}:
            return not _recognizes_whisper(document)
        case {"segments": [segment, *_]}:
            return _is_segment(segment) and not _recognizes_whisper(document)
    return False


def _recognizes_faster_whisper(document: Document) -> bool:
    match document.first:
        case [dict() as segment, *_] | (dict() as segment):
            return _is_segment(segment) and not _OF_FASTER_WHISPER.isdisjoint(segment)
        case [[int(), int(), int() | float(), int() | float(), str(), list(), *_], *_]:
            return True
        case [[int() | float(), int() | float(), str()], *_]:
            return True
        case [[int() | float(), int() | float(), str(), None | list(), int() | float(), int() | float()], *_]:
            return True
        case [int(), int(), int() | float(), int() | float(), str(), list(), *_]:
            return True
    return False


def _is_segment(value: object) -> bool:
    match value:
        case {"start": int() | float(), "end": int() | float(), "text": str()}:
            return True
    return False


def _read_json(document: Document) -> Iterator[Line]:
    for call in numbered(_transcripts(document.values)):
        for segment in document.check(_Transcript, call.value, call.where).segments:
            yield Line(segment.text.strip(), _tell_speaker(segment), segment.start, segment.end, call.number)


def _transcripts(values: list[object]) -> list[object]:
    """Whole transcripts as they are; segments in an array or one after another make up one."""
    if any(isinstance(value, dict) and "segments" in value for value in values):
        return values
    return [{"segments": [segment for value in values for segment in _segments(value)]}]


def _segments(value: object) -> list[object]:
    match value:
        case [int() | float(), *_]:  # a single one, dumped as a tuple
            return [value]
        case list():
            return value
    return [value]


def _tell_speaker(segment: _Segment) -> str | None:
    """Who says a segment: whom it names, else who says most of its words."""
    if segment.speaker or not isinstance(segment.words, list):
        return segment.speaker
    speakers = (word.get("speaker") for word in segment.words if isinstance(word, dict))
    counted = Counter(speaker for speaker in speakers if speaker and isinstance(speaker, str))
    return max(counted, key=counted.__getitem__, default=None)


def _recognizes_tsv(document: Document) -> bool:
    return document.head_text.split("\n", 1)[0].rstrip("\r") == _TSV_HEADER


def _read_tsv(document: Document) -> Iterator[Line]:
    """Read lines of three cells; quotes and whatever else Whisper heard mean nothing."""
    header, *lines = document.text.split("\n")
    if header != _TSV_HEADER:
        raise DataError(f"{document.name}, line 1: its header must be start, end, text with tabs between")
    for number, line in enumerate(lines, 2):
        if not line:
            continue
        cells = _TSV_LINE.fullmatch(line)
        if cells is None:
            raise DataError(
                f"{document.name}, line {number}: must be the start and the end in whole milliseconds and "
                "the text, with tabs between; write the file with Whisper again"
            )
        yield Line(cells[3].strip(), None, milliseconds(cells[1]), milliseconds(cells[2]))


FORMATS: Final = (
    Format("whisper-json", "OpenAI Whisper, JSON", _recognizes_whisper, _read_json),
    Format("whisperx-json", "WhisperX, JSON", _recognizes_whisperx, _read_json),
    Format("faster-whisper", "faster-whisper, its segments as JSON", _recognizes_faster_whisper, _read_json),
    Format("whisper-tsv", "Whisper, TSV", _recognizes_tsv, _read_tsv),
)
