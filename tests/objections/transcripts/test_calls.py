"""Telling calls apart that their file does not name."""

from collections.abc import Callable
from types import ModuleType

from objections.transcripts import calls
from objections.transcripts.calls import number_calls


def test_examples(doctest_module: Callable[[ModuleType], None]) -> None:
    """The documentation's examples are right."""
    doctest_module(calls)


def test_the_place_of_a_call_is_said_where_there_are_several() -> None:
    """Of one there is nothing to say."""
    assert [call.where for call in number_calls(["a"])] == [""]
    assert [(call.where, call.value) for call in number_calls("ab")] == [("value 1", "a"), ("value 2", "b")]
