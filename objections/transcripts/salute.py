"""SaluteSpeech, asynchronous recognition: items of a phrase each, one per channel or separated speaker."""

from collections.abc import Iterator
from typing import Final

from pydantic import BaseModel

from objections.document import Document, numbered
from objections.line import Line
from objections.transcripts.format import Format
from objections.transcripts.parts import Name, Seconds

_NOT_SEPARATED: Final = -1
_OF_ITEMS: Final = {"eou", "eou_reason", "channel", "speaker_info", "processed_audio_end", "backend_info"}


class _Hypothesis(BaseModel):
    text: str
    normalized_text: str | None = None
    start: Seconds = None
    end: Seconds = None


class _SpeakerInfo(BaseModel):
    speaker_id: int = _NOT_SEPARATED


class _Item(BaseModel):
    results: list[_Hypothesis]
    channel: Name = None
    speaker_info: _SpeakerInfo | None = None

    @property
    def speaker(self) -> str | None:
        """The separated speaker, else the channel."""
        if self.speaker_info is None or self.speaker_info.speaker_id == _NOT_SEPARATED:
            return self.channel
        return f"SPEAKER_{self.speaker_info.speaker_id:02}"


class _Result(BaseModel):
    result: list[_Item]


def _recognizes(document: Document) -> bool:
    match document.first:
        case {"result": [item, *_]} | [item, *_] | item:
            return _is_item(item)


def _is_item(value: object) -> bool:
    return (
        isinstance(value, dict) and isinstance(value.get("results"), list) and not _OF_ITEMS.isdisjoint(value)
    )


def _read(document: Document) -> Iterator[Line]:
    for call in numbered(_recordings(document.values)):
        for item in document.check(_Result, call.value, call.where).result:
            yield _read_item(item, call.number)


def _recordings(values: list[object]) -> list[object]:
    """Whole results, wrapped or not; items one after another make up one."""
    if all(isinstance(value, dict) and "results" in value for value in values):
        return [{"result": values}]
    return [{"result": value} if isinstance(value, list) else value for value in values]


def _read_item(item: _Item, call_id: str | None) -> Line:
    if not item.results:
        return Line("", item.speaker, call_id=call_id)
    best = item.results[0]
    text = (best.normalized_text or "").strip() or best.text.strip()
    return Line(text, item.speaker, best.start, best.end, call_id)


FORMATS: Final = (Format("salutespeech", "SaluteSpeech, asynchronous recognition", _recognizes, _read),)
