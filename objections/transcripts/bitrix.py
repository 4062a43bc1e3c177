"""Битрикс24: what is written to it (attachTranscription) and what is read from it (call.followup.get)."""

from collections.abc import Iterator
from typing import Any, Final

from pydantic import AliasChoices, Field

from objections.document import Document
from objections.labels import Speaker
from objections.line import Line
from objections.transcripts.format import Format
from objections.transcripts.parts import CLIENT, SELLER, Listed, Name, Part, Seconds, Words

_ROLES: Final[dict[str, Speaker]] = {"user": SELLER, "client": CLIENT}


class _Message(Part):
    side: Name = Field(None, alias="SIDE")
    start: Seconds = Field(None, alias="START_TIME")
    stop: Seconds = Field(None, alias="STOP_TIME")
    text: Words = Field(alias="MESSAGE")


class _Written(Part):
    call_id: Name = Field(None, alias="CALL_ID")
    messages: Listed[_Message] = Field(alias="MESSAGES")


class _Segment(Part):
    user_id: Name = Field(None, alias="userId")
    user_name: Name = Field(None, alias="userName")
    start: Seconds = None
    end: Seconds = None
    text: Words


class _Transcription(Part):
    segments: Listed[_Segment]


class _FollowUp(Part):
    call_id: Name = Field(None, validation_alias=AliasChoices("callId", "id"))
    transcription: _Transcription


def _recognizes_written(document: Document) -> bool:
    first = document.first_object
    return "CALL_ID" in first and isinstance(first.get("MESSAGES"), list)


def _read_written(document: Document) -> Iterator[Line]:
    for value, where, number in document.objects():
        written = document.check(_Written, value, where)
        call = written.call_id or number
        for message in written.messages:
            speaker = _ROLES.get((message.side or "").lower(), message.side)
            yield Line(message.text, speaker, message.start, message.stop, call)


def _recognizes_follow_up(document: Document) -> bool:
    first = _unwrap(document.first_object)
    transcription = first.get("transcription") if isinstance(first, dict) else None
    segments = transcription.get("segments") if isinstance(transcription, dict) else None
    if not isinstance(segments, list):
        return False
    return all(
        isinstance(segment, dict) and segment.keys() & {"userId", "userName"} for segment in segments[:1]
    )


def _read_follow_up(document: Document) -> Iterator[Line]:
    for value, where, number in document.objects(_unwrap):
        answer = document.check(_FollowUp, value, where)
        call = answer.call_id or number
        for segment in answer.transcription.segments:
            speaker = segment.user_name or segment.user_id
            yield Line(segment.text, speaker, segment.start, segment.end, call)


def _unwrap(answer: Any) -> Any:  # noqa: ANN401 (JSON may be anything)
    """Take what the method gives out of the answer of the REST API."""
    return answer["result"] if isinstance(answer, dict) and "result" in answer else answer


FORMATS: Final = (
    Format(
        "bitrix24-write", "Битрикс24 telephony.call.attachTranscription", _recognizes_written, _read_written
    ),
    Format("bitrix24-read", "Битрикс24 call.followup.get", _recognizes_follow_up, _read_follow_up),
)
