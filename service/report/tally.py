"""Counting scored lines in one pass: memory grows with calls, managers and days, never with lines."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Self

from objections.labels import NO_OBJECTION, Category
from service.report.call_lines import CallLines
from service.report.scored import ScoredLine
from service.report.wordings import Wordings

CONFIDENCE_BINS: Final = 10


@dataclass(slots=True)
class Call:
    """What is counted of a call; without call ids, of the lines of one manager on one day.

    Attributes
    ----------
    id : str or None
        None where the rows name no call.
    manager : str or None
        The first that a row names, as is `day`: exports often fill one row of a call only.
    day : date or None
    lines : int
        All of them, the seller's too.
    scored : int
    objections : Counter of Category
    places : list of int
        Which of its lines are objections, from 0.
    """

    id: str | None
    manager: str | None = None
    day: date | None = None
    lines: int = 0
    scored: int = 0
    objections: Counter[Category] = field(default_factory=Counter)
    places: list[int] = field(default_factory=list)

    def add(self, line: ScoredLine) -> None:
        """Count one line."""
        self.manager = self.manager or line.manager
        self.day = self.day or line.day
        if line.category is not None:
            self.scored += 1
            if line.category != NO_OBJECTION:
                self.objections[line.category] += 1
                if self.id is not None:
                    self.places.append(self.lines)
        self.lines += 1


@dataclass(slots=True)
class Tally:
    """Everything that a report is made from.

    Attributes
    ----------
    lines, scored, seller, blank : int
        ``lines == scored + seller + blank``.
    uncertain, uncertain_objections : int
    confidence : list of int, of length ``CONFIDENCE_BINS``
        Scored lines by confidence, from 0 to 1.
    categories : Counter of Category
    terms : Counter of str
        Scored lines by the glossary entry that they suggest.
    groups : dict
        `Call` by its id, or by (manager, day) where the row names no call.
    call_lines : CallLines
    wordings : Wordings
    """

    lines: int = 0
    scored: int = 0
    seller: int = 0
    blank: int = 0
    uncertain: int = 0
    uncertain_objections: int = 0
    confidence: list[int] = field(default_factory=lambda: [0] * CONFIDENCE_BINS)
    categories: Counter[Category] = field(default_factory=Counter)
    terms: Counter[str] = field(default_factory=Counter)
    groups: dict[str | tuple[str | None, date | None], Call] = field(default_factory=dict)
    call_lines: CallLines = field(default_factory=CallLines)
    wordings: Wordings = field(default_factory=Wordings)

    @classmethod
    def of(cls, lines: Iterable[ScoredLine]) -> Self:
        """Count all lines."""
        tally = cls()
        for line in lines:
            tally.add(line)
        return tally

    def add(self, line: ScoredLine) -> None:
        """Count one line."""
        self.lines += 1
        key = line.call or (line.manager, line.day)
        group = self.groups.get(key)
        if group is None:
            group = self.groups[key] = Call(line.call)
        group.add(line)
        if line.category is not None:
            self._add_scored(line, line.category)
        elif line.is_blank:
            self.blank += 1
        else:
            self.seller += 1

    def _add_scored(self, line: ScoredLine, category: Category) -> None:
        self.scored += 1
        self.categories[category] += 1
        self.uncertain += line.uncertain
        self.confidence[min(int(line.confidence * CONFIDENCE_BINS), CONFIDENCE_BINS - 1)] += 1
        if line.term:
            self.terms[line.term] += 1
        self.wordings.add(category, line.text)
        if category != NO_OBJECTION:
            self.uncertain_objections += line.uncertain
            self.call_lines.add(line)
