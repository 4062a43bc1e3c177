"""Fields of JSON formats that each exporter writes in its own way: moments and names."""

from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, PlainValidator
from pydantic_core import PydanticCustomError

from objections.transcripts.times import milliseconds, seconds


def _to_time(value: object) -> str | float | None:
    if value is None or isinstance(value, str | int | float):
        return value
    raise PydanticCustomError("time", "Input should be a time: a number, or a string such as 1.2s")


def _to_name(value: object) -> object:
    return (str(value) if isinstance(value, int) else value) or None


Seconds: TypeAlias = Annotated[float | None, PlainValidator(lambda value: seconds(_to_time(value)))]
"""Seconds from the start of the call, from whatever `seconds` reads; None where it tells no moment."""

Milliseconds: TypeAlias = Annotated[float | None, PlainValidator(lambda value: milliseconds(_to_time(value)))]
"""Seconds as well, from milliseconds."""

Name: TypeAlias = Annotated[str | None, BeforeValidator(_to_name)]
"""A speaker, a channel or a call as the source names it, be it by a number; None where it does not."""
