"""MANGO OFFICE: transcripts of its speech analytics, several recordings in an answer, without times."""

import json
import re
from collections.abc import Iterator
from typing import Annotated, Final

from pydantic import BeforeValidator, Field

from objections.document import Document
from objections.errors import DataError
from objections.labels import Speaker
from objections.line import Line
from objections.transcripts.format import Format
from objections.transcripts.parts import CLIENT, SELLER, Listed, Name, Part, Words, as_name

_DONE: Final = 1000
_CODE: Final = re.compile(r"[1-9]\d{3}", re.ASCII)
_ROLES: Final[dict[str, Speaker]] = {"client": CLIENT, "operator": SELLER}
_CHANNEL: Final = re.compile(r"канал\s*\d+", re.IGNORECASE)
"""How a side is named where nobody told the system on which channel the client is."""


def _recording(value: object) -> str | None:
    """Take an identifier out of the JSON string that it is written as inside JSON."""
    name = as_name(value)
    if name and name.startswith('"'):
        try:
            return as_name(json.loads(name))
        except ValueError:
            return name
    return name


class _Outcome(Part):
    result: int = _DONE


class _Names(Part):
    client: Name = None
    operator: Name = None


class _Recording(Part):
    recording_id: Annotated[Name, BeforeValidator(_recording)]
    names: _Names | None = None
    phrases: Listed[Annotated[list[Words], Field(min_length=2)]]


class _Answer(Part):
    data: list[_Recording]


def _recognizes(document: Document) -> bool:
    answer = document.first_object
    code, data = as_name(answer.get("result", _DONE)), answer.get("data")
    if code is None or not _CODE.fullmatch(code):
        return False
    if isinstance(data, list) and data:
        return any(isinstance(item, dict) and {"recording_id", "phrases"} <= item.keys() for item in data)
    # An error has no data; an empty list is an answer about recordings that the system does not have.
    return "result" in answer and (data == [] or (not data and code != str(_DONE)))


def _read(document: Document) -> Iterator[Line]:
    for value, where, _ in document.objects():
        code = document.check(_Outcome, value, where).result
        if code != _DONE:
            raise DataError(
                f"{document.name} holds no transcripts but an error of MANGO OFFICE, result {code}: "
                "look the code up in the description of its API and ask for the transcripts again"
            )
        for recording in document.check(_Answer, value, where).data:
            for phrase in recording.phrases:
                yield Line(
                    phrase[1],
                    _speaker(phrase[0], recording.names or _Names()),
                    call_id=recording.recording_id,
                )


def _speaker(side: str, names: _Names) -> str | None:
    name = {"client": names.client, "operator": names.operator}.get(side)
    if name and _CHANNEL.fullmatch(name):
        return name
    return _ROLES.get(side) or as_name(side)


FORMATS: Final = (Format("mango", "MANGO OFFICE transcripts", _recognizes, _read),)
