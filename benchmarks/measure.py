"""Measuring in turns: what is compared runs alternately, so that a busy machine slows all alike."""

import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Self

ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure measured several times.

    Attributes
    ----------
    median, low, high : float
    """

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: list[float]) -> Self:
        """Summarize."""
        return cls(statistics.median(values), min(values), max(values))


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table.

    Attributes
    ----------
    what : str
    ours, other : Spread
        In `unit`; more is better unless the unit is a time.
    unit : str
    ratio : float
    target : float or None
        The least ratio wanted; None where nothing was promised.
    at_most : bool
        Whether the target is the greatest value wanted instead.
    """

    what: str
    ours: Spread
    other: Spread | None
    unit: str
    ratio: float
    target: float | None = None
    at_most: bool = False

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; None where there is none."""
        if self.target is None:
            return None
        return self.ratio <= self.target if self.at_most else self.ratio >= self.target


def in_turns(runs: Mapping[str, Callable[[], float]], rounds: int = ROUNDS) -> dict[str, Spread]:
    """Call each once to warm up, then all in turns; give what they return, summarized."""
    for run in runs.values():
        run()
    values: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            values[name].append(run())
    return {name: Spread.of(found) for name, found in values.items()}


def compare(what: str, ours: Spread, other: Spread, unit: str, target: float | None = None) -> Row:
    """Make a row of two figures of which more is better."""
    return Row(what, ours, other, unit, ours.median / other.median, target)
