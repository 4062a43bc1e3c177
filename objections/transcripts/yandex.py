"""Yandex: SpeechKit v2 and v3, dialogs of SpeechSense as it gives them out and chats as it takes them in."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Final, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, WrapValidator
from pydantic import ValidatorFunctionWrapHandler as Handler
from pydantic.alias_generators import to_camel

from objections.line import Line
from objections.transcripts.calls import number_calls
from objections.transcripts.document import Document
from objections.transcripts.format import Format
from objections.transcripts.parts import Milliseconds, Name, Seconds


class _Message(BaseModel):
    """A protocol buffer as JSON: names in camelCase or as declared; what is zero or empty may be left out."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


# SpeechKit v2, recognition of long audio


class _SpokenWord(_Message):
    start_time: Seconds = None
    end_time: Seconds = None


class _Hypothesis(_Message):
    text: str
    words: tuple[_SpokenWord, ...] = ()


class _Chunk(_Message):
    alternatives: tuple[_Hypothesis, ...] = ()
    channel_tag: Name = None


class _Recognition(_Message):
    chunks: tuple[_Chunk, ...] = ()


class _Operation(_Message):
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
    for call in number_calls(document.values):
        if isinstance(call.value, dict) and "chunks" in call.value:
            recognition = document.check(_Recognition, call.value, call.where)
        else:
            recognition = document.check(_Operation, call.value, call.where).response
        for chunk in recognition.chunks:
            yield _read_chunk(chunk, call.id)


def _read_chunk(chunk: _Chunk, call_id: str | None) -> Line:
    if not chunk.alternatives:
        return Line("", chunk.channel_tag, call_id=call_id)
    best = chunk.alternatives[0]
    start = best.words[0].start_time if best.words else None
    end = best.words[-1].end_time if best.words else None
    return Line(best.text.strip(), chunk.channel_tag, start, end, call_id)


# SpeechKit v3, a stream of responses


class _Timed(_Message):
    start_time_ms: Milliseconds = None
    end_time_ms: Milliseconds = None

    @property
    def start(self) -> float | None:
        """Seconds; a start that is left out is zero."""
        return 0.0 if self.start_time_ms is None and self.end_time_ms is not None else self.start_time_ms


class _Alternative(_Timed):
    text: str = ""


class _Update(_Message):
    alternatives: tuple[_Alternative, ...] = ()
    channel_tag: Name = None


class _Refinement(_Message):
    final_index: int = 0
    normalized_text: _Update


class _Cursors(_Message):
    final_index: int = 0


class _Response(_Message):
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


# SpeechSense, dialogs as Talk.Get gives them out


class _PhraseText(_Message):
    text: str = ""
    normalized_text: str = ""


class _Phrase(_Timed):
    channel_number: Name = "0"
    phrase: _PhraseText = _PhraseText()


class _Transcription(_Message):
    phrases: tuple[_Phrase, ...] = ()


class _Talk(_Message):
    id: Name
    transcription: _Transcription = _Transcription()


class _Talks(_Message):
    talk: tuple[_Talk, ...]


def _recognizes_talks(document: Document) -> bool:
    match _wrap_talks(document.first):
        case {"talk": list() as talks}:
            return any(map(_is_talk, talks))
    return False


def _is_talk(value: object) -> bool:
    match value:
        case {"transcription": {"phrases": [{"phrase": {}}, *_]}}:
            return True
        case {"talkFields": list()} | {"talk_fields": list()}:
            return True
    return False


def _wrap_talks(value: object) -> object:
    """Write talks that were taken out of the answer as the answer."""
    match value:
        case {"talk": _}:
            return value
        case list():
            return {"talk": value}
    return {"talk": [value]}


def _read_talks(document: Document) -> Iterator[Line]:
    for call in number_calls(document.values):
        for talk in document.check(_Talks, _wrap_talks(call.value), call.where).talk:
            for phrase in talk.transcription.phrases:
                text = phrase.phrase.normalized_text.strip() or phrase.phrase.text.strip()
                yield Line(text, phrase.channel_number, phrase.start, phrase.end_time_ms, talk.id)


# SpeechSense, chats as they are uploaded


def _to_moment(value: object, read: Handler) -> datetime | None:
    """Read a date; what is no date costs the line its time, no more."""
    try:
        moment: datetime | None = read(value)
    except ValidationError:
        return None
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment


def _to_text(value: object) -> object:
    """Take the text out of the object that the API wants it in; files have it plain."""
    return value["text"] if isinstance(value, dict) and "text" in value else value


class _ChatMessage(_Message):
    text: Annotated[str, BeforeValidator(_to_text)]
    user_id: Name = None
    timestamp: Annotated[datetime | None, WrapValidator(_to_moment)] = None


class _ChatMetadata(_Message):
    client_id: Name = None
    operator_id: Name = None
    bot_id: Name = None
    ticket_id: Name = None

    @property
    def roles(self) -> dict[str | None, str]:
        """Who is who; a bot speaks for the seller."""
        roles = {self.bot_id: "seller", self.operator_id: "seller", self.client_id: "client"}
        return {user: role for user, role in roles.items() if user is not None}


class _Chat(_Message):
    messages: tuple[_ChatMessage, ...]
    metadata: _ChatMetadata = _ChatMetadata()


def _recognizes_chat(document: Document) -> bool:
    match document.first:
        case {"messages": [{"text": _, "timestamp": _} as message, *_]}:
            return "user_id" in message or "userId" in message
    return False


def _read_chat(document: Document) -> Iterator[Line]:
    for call in number_calls(document.values):
        chat = document.check(_Chat, call.value, call.where)
        roles, call_id = chat.metadata.roles, chat.metadata.ticket_id or call.id
        first = min((message.timestamp for message in chat.messages if message.timestamp), default=None)
        for message in chat.messages:
            start = (message.timestamp - first).total_seconds() if message.timestamp and first else None
            yield Line(
                message.text.strip(), roles.get(message.user_id, message.user_id), start, None, call_id
            )


FORMATS: Final = (
    Format("speechkit-v2", "Yandex SpeechKit, API v2, long audio", _recognizes_v2, _read_v2),
    Format("speechkit-v3", "Yandex SpeechKit, API v3", _recognizes_v3, _read_v3),
    Format("speechsense-talk", "Yandex SpeechSense, Talk.Get", _recognizes_talks, _read_talks),
    Format("speechsense-chat", "Yandex SpeechSense, chat.json", _recognizes_chat, _read_chat),
)
