"""Yandex SpeechSense: dialogs as it gives them out (Talk.Get) and chats as it takes them in."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Final

from pydantic import BeforeValidator, ValidationError, WrapValidator
from pydantic import ValidatorFunctionWrapHandler as Handler

from objections.document import Document, numbered
from objections.line import Line
from objections.transcripts.format import Format
from objections.transcripts.parts import Name
from objections.transcripts.speechkit import Message, Timed

# SpeechSense, dialogs as Talk.Get gives them out


class _PhraseText(Message):
    text: str = ""
    normalized_text: str = ""


class _Phrase(Timed):
    channel_number: Name = "0"
    phrase: _PhraseText = _PhraseText()


class _Transcription(Message):
    phrases: tuple[_Phrase, ...] = ()


class _Talk(Message):
    id: Name
    transcription: _Transcription = _Transcription()


class _Talks(Message):
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
    for call in numbered(document.values):
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


class _ChatMessage(Message):
    text: Annotated[str, BeforeValidator(_to_text)]
    user_id: Name = None
    timestamp: Annotated[datetime | None, WrapValidator(_to_moment)] = None


class _ChatMetadata(Message):
    client_id: Name = None
    operator_id: Name = None
    bot_id: Name = None
    ticket_id: Name = None

    @property
    def roles(self) -> dict[str | None, str]:
        """Who is who; a bot speaks for the seller."""
        roles = {self.bot_id: "seller", self.operator_id: "seller", self.client_id: "client"}
        return {user: role for user, role in roles.items() if user is not None}


class _Chat(Message):
    messages: tuple[_ChatMessage, ...]
    metadata: _ChatMetadata = _ChatMetadata()


def _recognizes_chat(document: Document) -> bool:
    match document.first:
        case {"messages": [{"text": _, "timestamp": _} as message, *_]}:
            return "user_id" in message or "userId" in message
    return False


def _read_chat(document: Document) -> Iterator[Line]:
    for call in numbered(document.values):
        chat = document.check(_Chat, call.value, call.where)
        roles, call_id = chat.metadata.roles, chat.metadata.ticket_id or call.number
        first = min((message.timestamp for message in chat.messages if message.timestamp), default=None)
        for message in chat.messages:
            start = (message.timestamp - first).total_seconds() if message.timestamp and first else None
            yield Line(
                message.text.strip(), roles.get(message.user_id, message.user_id), start, None, call_id
            )


FORMATS: Final = (
    Format("speechsense-talk", "Yandex SpeechSense, Talk.Get", _recognizes_talks, _read_talks),
    Format("speechsense-chat", "Yandex SpeechSense, chat.json", _recognizes_chat, _read_chat),
)
