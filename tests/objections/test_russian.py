"""Numbers and nouns as Russians write them."""

from collections.abc import Callable
from types import ModuleType

import pytest

from objections import russian as module
from objections.russian import count, counted, number, percent, plural

CALLS = ("звонок", "звонка", "звонков")


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (0, "звонков"),
        (1, "звонок"),
        (2, "звонка"),
        (4, "звонка"),
        (5, "звонков"),
        (11, "звонков"),
        (12, "звонков"),
        (14, "звонков"),
        (21, "звонок"),
        (22, "звонка"),
        (111, "звонков"),
        (1_001, "звонок"),
        (1_012, "звонков"),
    ],
)
def test_the_noun_agrees_with_its_count(value: int, form: str) -> None:
    """By the last digit, save from 11 to 14."""
    assert plural(value, CALLS) == form


def test_counts_are_grouped_from_five_digits_on() -> None:
    """With spaces at which no line breaks."""
    assert [count(value) for value in (0, 9_999, 10_000, 1_234_567)] == [
        "0",
        "9999",
        "10\u202f000",
        "1\u202f234\u202f567",
    ]
    assert counted(1, CALLS) == "1\u00a0звонок"


def test_fractions_have_a_comma_and_a_real_minus() -> None:
    """With the digits asked for."""
    assert (number(-0.25), number(1.5, 0), percent(0.3333), percent(1, 0)) == (
        "−0,25",
        "2",
        "33,3\u00a0%",
        "100\u00a0%",
    )


def test_examples_in_docstrings_hold(doctest_module: Callable[[ModuleType], None]) -> None:
    """What the docstrings show is what comes out."""
    doctest_module(module)
