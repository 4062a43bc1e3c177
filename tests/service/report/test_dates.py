"""Days and periods."""

from collections.abc import Callable
from datetime import date, timedelta
from types import ModuleType

import pytest

from service.report import dates as module
from service.report.dates import Step, all_periods, days_name, parse_day, period_of


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-01",
        "2026-02-01 23:59:59",
        "2026-02-01T10:00:00+03:00",
        "2026-02-01T10:00:00.123Z",
        "01.02.2026",
        "1.2.2026 9:05",
        "01/02/2026",
        "01.02.26",
        "  01.02.2026, 10:00 ",
        "2026/02/01",
        "2026.02.01",
    ],
)
def test_dates_as_exports_write_them(text: str) -> None:
    """With or without a time; the day comes before the month."""
    assert parse_day(text) == date(2026, 2, 1)


@pytest.mark.parametrize(
    "text",
    ["", "вчера", "10:15", "31.02.2026", "2026-13-01", "0001-01-01", "12345", "01.02.20266", "9999-12-31"],
)
def test_what_is_no_date(text: str) -> None:
    """Nor a day that a database writes for an empty one."""
    assert parse_day(text) is None


@pytest.mark.parametrize(
    ("days", "step", "bars"),
    [
        (0, Step.DAY, 1),
        (30, Step.DAY, 31),
        (31, Step.WEEK, 5),
        (31 * 7 - 7, Step.WEEK, 31),
        (31 * 7, Step.MONTH, 8),
        (365 * 2, Step.MONTH, 25),
        (365 * 4, Step.YEAR, 5),
    ],
)
def test_periods_grow_with_the_span(days: int, step: Step, bars: int) -> None:
    """Days up to 31 of them, then weeks, months, years; empty ones are there too."""
    first = date(2026, 2, 2)  # a Monday
    periods = all_periods([first + timedelta(days), first])
    assert (periods[0].step, len(periods)) == (step, bars)


def test_without_days_there_are_no_periods() -> None:
    """And nothing breaks."""
    assert all_periods([]) == []


def test_a_week_begins_on_monday_and_a_month_on_its_first() -> None:
    """Sunday belongs to the week before."""
    sunday = date(2026, 3, 1)
    assert period_of(sunday, Step.WEEK).name == "23.02 – 01.03"
    assert period_of(sunday, Step.MONTH).name == "март 2026"
    assert period_of(sunday, Step.YEAR).name == "2026"


def test_a_span_is_written_as_short_as_it_can_be() -> None:
    """One day, one month, one year, more."""
    day = date(2026, 12, 30)
    assert [days_name(day, day + timedelta(more)) for more in (0, 1, 2)] == [
        "30 декабря 2026",
        "30–31 декабря 2026",
        "30 декабря 2026 – 1 января 2027",
    ]


def test_examples_in_docstrings_hold(doctest_module: Callable[[ModuleType], None]) -> None:
    """What the docstrings show is what comes out."""
    doctest_module(module)
