"""Recorders of meetings: Gong and Fireflies."""

from collections.abc import Iterator
from typing import Any, Final

from pydantic import AliasChoices, Field

from objections.document import Document
from objections.labels import Speaker
from objections.line import Line
from objections.transcripts.format import Format
from objections.transcripts.parts import CLIENT, SELLER, Listed, Milliseconds, Name, Part, Seconds, Words

_ROLES: Final[dict[str | None, Speaker]] = {"Internal": SELLER, "External": CLIENT}
_SENTENCE: Final = {"speaker_name", "speaker_id", "start_time", "raw_text"}
"""One of these a sentence of Fireflies has beside its text."""


class _Party(Part):
    speaker_id: Name = Field(None, alias="speakerId")
    name: Name = None
    affiliation: Name = None


class _MetaData(Part):
    id: Name = None
    parties: Listed[_Party] = Field(default_factory=list)


class _Call(Part):
    """What Gong tells of a call: beside its transcript, or in `calls`."""

    id: Name = Field(None, validation_alias=AliasChoices("callId", "id"))
    parties: Listed[_Party] = Field(default_factory=list)
    meta_data: _MetaData | None = Field(None, alias="metaData")

    def all_parties(self) -> Iterator[tuple[tuple[str | None, str | None], _Party]]:
        """Give each party by call and speaker."""
        meta_data = self.meta_data or _MetaData()
        for party in [*self.parties, *meta_data.parties]:
            if party.speaker_id:
                yield (self.id or meta_data.id, party.speaker_id), party


class _GongSentence(Part):
    start: Milliseconds = None
    end: Milliseconds = None
    text: Words


class _Monologue(Part):
    speaker_id: Name = Field(None, alias="speakerId")
    sentences: Listed[_GongSentence]


class _CallTranscript(_Call):
    id: str = Field(validation_alias="callId")
    transcript: Listed[_Monologue]


class _Page(Part):
    transcripts: list[_CallTranscript] = Field(alias="callTranscripts")
    calls: Listed[_Call] = Field(default_factory=list)


def _recognizes_gong(document: Document) -> bool:
    return isinstance(document.first_object.get("callTranscripts"), list)


def _read_gong(document: Document) -> Iterator[Line]:
    pages = [document.check(_Page, value, where) for value, where, _ in document.objects()]
    parties = dict(
        found for page in pages for call in [*page.calls, *page.transcripts] for found in call.all_parties()
    )
    for call in (call for page in pages for call in page.transcripts):
        for monologue in call.transcript:
            party = parties.get((call.id, monologue.speaker_id), _Party())
            speaker = _ROLES.get(party.affiliation) or party.name or monologue.speaker_id
            for sentence in monologue.sentences:
                yield Line(sentence.text, speaker, sentence.start, sentence.end, call.id)


class _FirefliesSentence(Part):
    speaker_name: Name = None
    speaker_id: Name = None
    start_time: Seconds = None
    end_time: Seconds = None
    text: Words


class _Speaker(Part):
    id: Name = None
    name: Name = None


class _Transcript(Part):
    id: Name = None
    speakers: Listed[_Speaker] = Field(default_factory=list)
    sentences: Listed[_FirefliesSentence]


def _recognizes_fireflies(document: Document) -> bool:
    first = _unwrap(document.first_object)
    return any(map(_is_transcript, first if isinstance(first, list) else [first]))


def _is_transcript(value: object) -> bool:
    sentences = value.get("sentences") if isinstance(value, dict) else None
    if not isinstance(sentences, list):
        return False
    first = sentences[0] if sentences else {"text": "", "raw_text": ""}
    return isinstance(first, dict) and "text" in first and not _SENTENCE.isdisjoint(first)


def _read_fireflies(document: Document) -> Iterator[Line]:
    for value, where, number in document.objects(_unwrap):
        transcript = document.check(_Transcript, value, where)
        call = transcript.id or number
        names: dict[str | None, str | None] = {
            speaker.id: speaker.name for speaker in transcript.speakers if speaker.id
        }
        for sentence in transcript.sentences:
            speaker = sentence.speaker_name or names.get(sentence.speaker_id) or sentence.speaker_id
            yield Line(sentence.text, speaker, sentence.start_time, sentence.end_time, call)


def _unwrap(answer: Any) -> Any:  # noqa: ANN401 (JSON may be anything)
    """Take the transcript, or the list of them, out of what GraphQL answers."""
    data = answer.get("data", answer) if isinstance(answer, dict) else None
    if not isinstance(data, dict):
        return answer
    return data.get("transcripts", data.get("transcript", data))


FORMATS: Final = (
    Format("gong", "Gong call transcripts", _recognizes_gong, _read_gong),
    Format("fireflies", "Fireflies transcripts", _recognizes_fireflies, _read_fireflies),
)
