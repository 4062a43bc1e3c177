"""Days as exports write them, and the periods that a report groups them by."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache
from itertools import islice
from typing import Final

_ISO: Final = re.compile(r"(?P<year>\d{4})[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})(?!\d)")
_RUSSIAN: Final = re.compile(r"(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>\d{4}|\d{2})(?!\d)")
_CENTURY: Final = 2000
_PLAUSIBLE_YEARS: Final = range(1990, 2100)
"""Other years are typing errors or empty values of a database, such as 0001-01-01."""
_MOST_BARS: Final = 31
_MONTHS: Final = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
_MONTH_NAMES: Final = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip


class Step(Enum):
    """How long a period is; the value is its name in Russian, as after «по»."""

    DAY = "дням"
    WEEK = "неделям"
    MONTH = "месяцам"
    YEAR = "годам"


_LONGEST: Final = {Step.DAY: 1, Step.WEEK: 7, Step.MONTH: 31, Step.YEAR: 366}
"""Most days of a period."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A day, a week from Monday, a month or a year.

    Attributes
    ----------
    start : date
        Its first day.
    step : Step
    """

    start: date
    step: Step

    @property
    def name(self) -> str:
        """The period in Russian.

        >>> Period(date(2026, 2, 1), Step.DAY).name, Period(date(2026, 2, 1), Step.MONTH).name
        ('1 февраля', 'февраль 2026')
        """
        if self.step is Step.YEAR:
            return str(self.start.year)
        if self.step is Step.MONTH:
            return f"{_MONTH_NAMES[self.start.month - 1]} {self.start.year}"
        if self.step is Step.WEEK:
            return f"{self.start:%d.%m} – {self.start + timedelta(_LONGEST[self.step] - 1):%d.%m}"
        return f"{self.start.day} {_MONTHS[self.start.month - 1]}"

    def short_name(self, *, with_month: bool = False) -> str:
        """Write the same in little space, for the foot of a column; the first of a month names it.

        >>> [Period(date(2026, 2, day), Step.DAY).short_name() for day in (1, 2)]
        ['01.02', '2']
        """
        if self.step is Step.YEAR:
            return self.name
        if self.step is Step.MONTH:
            return f"{self.start:%m.%y}"
        with_month = with_month or self.step is Step.WEEK or self.start.day == 1
        return f"{self.start:%d.%m}" if with_month else str(self.start.day)


@lru_cache(maxsize=4096)  # an export names few days, many times
def parse_day(text: str) -> date | None:
    """Read the day of a date with or without a time; None where there is none.

    ISO 8601 or the Russian order: day, month, year.

    Examples
    --------
    >>> parse_day("2026-02-01T10:00:00Z") == parse_day("01.02.2026 10:00") == date(2026, 2, 1)
    True
    >>> parse_day("вчера") is parse_day("31.02.2026") is None
    True
    """
    text = text.strip()
    found = _ISO.match(text) or _RUSSIAN.match(text)
    if found is None:
        return None
    year, month, day = (int(found[part]) for part in ("year", "month", "day"))
    try:
        read = date(year + (_CENTURY if len(found["year"]) == len("26") else 0), month, day)
    except ValueError:
        return None
    return read if read.year in _PLAUSIBLE_YEARS else None


def all_periods(days: Iterable[date]) -> list[Period]:
    """List every period from the first day to the last, those without a call too.

    The step is the shortest that needs no more than 31 bars.
    """
    known = set(days)
    if not known:
        return []
    for step in Step:
        first, last = period_of(min(known), step), period_of(max(known), step)
        periods = list(islice(_follow(first, last), _MOST_BARS + 1))
        if len(periods) <= _MOST_BARS:
            break
    else:
        periods = list(_follow(first, last))
    return periods


def period_of(day: date, step: Step) -> Period:
    """Give the period that a day lies in."""
    if step is Step.WEEK:
        return Period(day - timedelta(day.weekday()), step)
    if step is Step.MONTH:
        return Period(day.replace(day=1), step)
    if step is Step.YEAR:
        return Period(day.replace(month=1, day=1), step)
    return Period(day, step)


def _follow(first: Period, last: Period) -> Iterator[Period]:
    """Yield the periods from the first to the last."""
    period = first
    while period.start <= last.start:
        yield period
        # From the first day of a period, this many days lead into the next one.
        period = period_of(period.start + timedelta(_LONGEST[period.step]), period.step)


def day_name(day: date) -> str:
    """Write a date in full.

    >>> day_name(date(2026, 2, 1))
    '1 февраля 2026'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def days_name(first: date, last: date) -> str:
    """Write from when to when.

    >>> days_name(date(2026, 2, 1), date(2026, 2, 7)), days_name(date(2026, 2, 1), date(2026, 3, 1))
    ('1–7 февраля 2026', '1 февраля – 1 марта 2026')
    """
    if first == last:
        return day_name(first)
    if first.replace(day=1) == last.replace(day=1):
        return f"{first.day}–{day_name(last)}"
    if first.year == last.year:
        return f"{first.day} {_MONTHS[first.month - 1]} – {day_name(last)}"
    return f"{day_name(first)} – {day_name(last)}"
