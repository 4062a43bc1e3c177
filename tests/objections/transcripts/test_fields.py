"""Moments and names as JSON formats write them."""

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from objections.transcripts.fields import Milliseconds, Name, Seconds


class _Shape(BaseModel):
    seconds: Seconds = None
    milliseconds: Milliseconds = None
    name: Name = None


@pytest.mark.parametrize(
    ("value", "read"),
    [(1.2, 1.2), (3, 3.0), ("0.88s", 0.88), ("00:01:02", 62.0), (None, None), ("вчера", None), (-1, None)],
)
def test_seconds_in_any_notation(value: Any, read: float | None) -> None:
    """What tells no moment costs the line its time, no more."""
    assert _Shape.model_validate({"seconds": value}).seconds == read


@pytest.mark.parametrize(("value", "read"), [("1200", 1.2), (1200, 1.2), (0, 0.0), ("", None)])
def test_milliseconds_become_seconds(value: Any, read: float | None) -> None:
    """Recognisers write them as numbers and as strings."""
    assert _Shape.model_validate({"milliseconds": value}).milliseconds == read


@pytest.mark.parametrize("field", ["seconds", "milliseconds"])
@pytest.mark.parametrize("value", [[], {}, [1.2]])
def test_what_cannot_be_a_time_is_an_error(field: str, value: Any) -> None:
    """It says what is expected, in one sentence."""
    with pytest.raises(ValidationError, match="Input should be a time: a number, or a string"):
        _Shape.model_validate({field: value})


@pytest.mark.parametrize(("value", "read"), [("1", "1"), (1, "1"), (0, "0"), ("", None), (None, None)])
def test_names_may_be_numbers(value: Any, read: str | None) -> None:
    """A channel is «1» or 1; an empty name is none."""
    assert _Shape.model_validate({"name": value}).name == read
