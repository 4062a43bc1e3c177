"""Fields that many JSON formats share."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from pydantic import ValidationError

from objections.transcripts import parts as module
from objections.transcripts.parts import Listed, Milliseconds, Name, Part, Seconds, Words


class _Everything(Part):
    words: Words = ""
    name: Name = None
    seconds: Seconds = None
    milliseconds: Milliseconds = None
    listed: Listed[str] = []  # noqa: RUF012 (pydantic copies it)


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("words", None, ""),
        ("words", 7, "7"),
        ("name", 17, "17"),
        ("name", " Анна ", "Анна"),
        ("name", "", None),
        ("name", True, None),
        ("name", ["Анна"], None),
        ("seconds", "00:00:01,5", 1.5),
        ("seconds", True, None),
        ("seconds", {"seconds": 1}, None),
        ("milliseconds", "1500", 1.5),
        ("milliseconds", [], None),
        ("listed", None, []),
        ("listed", ["да"], ["да"]),
    ],
)
def test_what_is_not_needed_may_be_anything(field: str, value: Any, expected: Any) -> None:
    """A name or a moment that is none is left out; null is nothing said, and an empty list."""
    assert getattr(_Everything.model_validate({field: value, "unknown": {}}), field) == expected


@pytest.mark.parametrize("value", [True, ["да"], {"text": "да"}])
def test_words_must_be_words(value: Any) -> None:
    """What is said is needed."""
    with pytest.raises(ValidationError, match="valid string"):
        _Everything.model_validate({"words": value})


def test_examples_in_docstrings_hold(doctest_module: Callable[[ModuleType], None]) -> None:
    """What the docstrings show is what comes out."""
    doctest_module(module)
