"""Moments of a call."""

import math
from collections.abc import Callable
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objections import times as module
from objections.times import milliseconds, seconds


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        (0, 0.0),
        (1.25, 1.25),
        ("1.25", 1.25),
        ("1,25", 1.25),
        (" 12 ", 12.0),
        ("0.880s", 0.88),
        ("12 s", 12.0),
        ("01:02", 62.0),
        ("1:02:03", 3723.0),
        ("00:00:01,200", 1.2),
        ("00:00:01.200", 1.2),
        ("100:00:00", 360_000.0),
    ],
)
def test_seconds_however_they_are_written(time: str | float, expected: float) -> None:
    """Numbers, durations, clocks, with a point or a comma."""
    assert seconds(time) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("time", "expected"),
    [(1200, 1.2), (1200.5, 1.2005), ("2900", 2.9), ("1.2s", 1.2), ("00:00:01,200", 1.2), (0, 0.0)],
)
def test_milliseconds_become_seconds(time: str | float, expected: float) -> None:
    """What names its unit is what it says."""
    assert milliseconds(time) == pytest.approx(expected)


@pytest.mark.parametrize(
    "time",
    [
        *(None, "", " ", "вчера", "-1", -0.5, "1s2", "s", ":", "1:2:3:4", "1_000", "1e3", "１２", "0x1"),
        *(math.nan, math.inf, "nan", "inf", "9" * 400, 10**400, "2026-01-01T10:00:00Z"),
    ],
)
def test_what_is_no_moment_is_none(time: str | float | None) -> None:
    """Also what `float` would take."""
    assert seconds(time) is None
    assert milliseconds(time) is None


@pytest.mark.parametrize(("read", "time"), [(seconds, 1_770_000_000), (milliseconds, 1_770_000_000_000)])
def test_the_hour_of_a_day_is_no_moment_of_a_call(read: Callable[[float], float | None], time: float) -> None:
    """Some exports count from 1970."""
    assert read(time) is None


@given(st.one_of(st.none(), st.text(), st.text("0123456789.,:s "), st.floats(), st.integers()))
def test_whatever_comes_is_a_moment_or_none(time: str | float | None) -> None:
    """Nothing raises, nothing is endless."""
    for read in (seconds, milliseconds):
        moment = read(time)
        assert moment is None or 0 <= moment < 1e8


def test_examples_in_docstrings_hold(doctest_module: Callable[[ModuleType], None]) -> None:
    """What the docstrings show is what comes out."""
    doctest_module(module)
