"""Yandex SpeechKit: the recognition of long audio (v2) and the stream of responses (v3)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final, TypeAlias

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from objections.document import Document, numbered
from objections.line import Line
from objections.transcripts.format import Format
from objections.transcripts.parts import Milliseconds, Name, Seconds


class Message(BaseModel):
    """A protocol buffer as JSON: names in camelCase or as declared; what is zero or empty may be left out."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


# SpeechKit v2, recognition of long audio


class _SpokenWord(Message):
    start_time: Seconds = None
    end_time: Seconds = None


class _Hypothesis(Message):
    text: str
    words: tuple[_SpokenWord, ...] = ()


class _Chunk(Message):
    alternatives: tuple[_Hypothesis, ...] = ()
    channel_tag: Name = None


class _Recognition(Message):
    chunks: tuple[_Chunk, ...] = ()


class _Operation(Message):
    response: _Recognition


def _recognizes_v2(document: Document) -> bool:
    match document.first:
        case {"response": {"@type": str() as kind}} if kind.endswith("LongRunningRecognitionResponse"):
            return True
        case {"response": {"chunks": [{"alternatives": list()}, *_]}}:
            return True
        case {"chunks": [{"alternatives": list()}, *_]}:
            return True
    return False


def _read_v2(document: Document) -> Iterator[Line]:
    for call in numbered(document.values):
        if isinstance(call.value, dict) and "chunks" in call.value:
            recognition = document.check(_Recognition, call.value, call.where)
        else:
            recognition = document.check(_Operation, call.value, call.where).response
        for chunk in recognition.chunks:
            yield _read_chunk(chunk, call.number)


def _read_chunk(chunk: _Chunk, call_id: str | None) -> Line:
    if not chunk.alternatives:
        return Line("", chunk.channel_tag, call_id=call_id)
    best = chunk.alternatives[0]
    start = best.words[0].start_time if best.words else None
    end = best.words[-1].end_time if best.words else None
    return Line(best.text.strip(), chunk.channel_tag, start, end, call_id)


# SpeechKit v3, a stream of responses


class Timed(Message):
    """What lies between two moments."""

    start_time_ms: Milliseconds = None
    end_time_ms: Milliseconds = None

    @property
    def start(self) -> float | None:
        """Seconds; a start that is left out is zero."""
        return 0.0 if self.start_time_ms is None and self.end_time_ms is not None else self.start_time_ms


class _Alternative(Timed):
    text: str = ""


class _Update(Message):
    alternatives: tuple[_Alternative, ...] = ()
    channel_tag: Name = None


class _Refinement(Message):
    final_index: int = 0
    normalized_text: _Update


class _Cursors(Message):
    final_index: int = 0


class _Response(Message):
    audio_cursors: _Cursors | None = None
    channel_tag: Name = None
    final: _Update | None = None
    final_refinement: _Refinement | None = None


_Times: TypeAlias = tuple[str | None, float | None, float | None]


class _Said:
    """The lines of a stream so far.

    A refinement finds its final by the index; by the times where indices are left out or counted otherwise.
    """

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._by_index: dict[tuple[str | None, int], int] = {}
        self._by_times: dict[_Times, int] = {}
        self._finals: Counter[str | None] = Counter()

    def add(self, final: Line, index: int | None) -> None:
        """Take a final; without an index it is the next of its channel."""
        place = len(self.lines)
        self.lines.append(final)
        self._by_index[final.speaker, self._finals[final.speaker] if index is None else index] = place
        self._by_times[_times(final)] = place
        self._finals[final.speaker] += 1

    def refine(self, refined: Line, index: int) -> None:
        """Replace the text of a final; a refinement whose final is not there is a line of its own."""
        place = self._by_index.get((refined.speaker, index))
        if refined.end is not None and (place is None or _times(self.lines[place]) != _times(refined)):
            place = self._by_times.get(_times(refined), place)
        if place is None:
            self.lines.append(refined)
        elif refined.text:
            self.lines[place] = replace(self.lines[place], text=refined.text)


def _times(line: Line) -> _Times:
    return line.speaker, line.start, line.end


def _recognizes_v3(document: Document) -> bool:
    match next(_responses([document.first]), None):
        case {"sessionUuid": {}} | {"session_uuid": {}} | {"audioCursors": {}} | {"audio_cursors": {}}:
            return True
        case {"final": {"alternatives": list()}} | {"partial": {"alternatives": list()}}:
            return True
        case {"finalRefinement": {"normalizedText": {}}} | {"final_refinement": {"normalized_text": {}}}:
            return True
    return False


def _read_v3(document: Document) -> list[Line]:
    """Read finals; a stream tells of one call, all else in it is progress and statistics."""
    said = _Said()
    for number, value in enumerate(_responses(document.values), 1):
        response = document.check(_Response, value, f"value {number}")
        if response.final is not None:
            index = response.audio_cursors.final_index if response.audio_cursors else None
            said.add(_read_update(response.final, response), index)
        if response.final_refinement is not None:
            refined = response.final_refinement
            said.refine(_read_update(refined.normalized_text, response), refined.final_index)
    return said.lines


def _responses(values: list[object]) -> Iterator[object]:
    for value in values:
        for response in value if isinstance(value, list) else [value]:
            yield response["result"] if isinstance(response, dict) and "result" in response else response


def _read_update(update: _Update, response: _Response) -> Line:
    channel = update.channel_tag or response.channel_tag
    if not update.alternatives:
        return Line("", channel)
    best = update.alternatives[0]
    return Line(best.text.strip(), channel, best.start, best.end_time_ms)


FORMATS: Final = (
    Format("speechkit-v2", "Yandex SpeechKit, API v2, long audio", _recognizes_v2, _read_v2),
    Format("speechkit-v3", "Yandex SpeechKit, API v3", _recognizes_v3, _read_v3),
)
