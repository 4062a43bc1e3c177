"""Counts of the calls that belong together."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Self

from objections.labels import CATEGORIES, NO_OBJECTION, Category
from service.report.tally import Call

OBJECTIONS: Final[tuple[Category, ...]] = tuple(name for name in CATEGORIES if name != NO_OBJECTION)


@dataclass(slots=True)
class Group:
    """The calls of one manager or one period, or all of them.

    Attributes
    ----------
    calls, calls_with_objections : int
    scored : int
        Lines of clients.
    objections : dict of Category to int
        Lines; every objection category is there.
    """

    calls: int = 0
    calls_with_objections: int = 0
    scored: int = 0
    objections: dict[Category, int] = field(default_factory=lambda: dict.fromkeys(OBJECTIONS, 0))

    @classmethod
    def of(cls, calls: Iterable[Call]) -> Self:
        """Sum up calls."""
        group = cls()
        for call in calls:
            group.scored += call.scored
            for category, lines in call.objections.items():
                group.objections[category] += lines
            if call.id is not None:
                group.calls += 1
                group.calls_with_objections += bool(call.objections)
        return group

    @property
    def objection_lines(self) -> int:
        """Lines with an objection."""
        return sum(self.objections.values())

    @property
    def call_share(self) -> float | None:
        """The share of calls with an objection; None where there are none."""
        return self.calls_with_objections / self.calls if self.calls else None

    @property
    def line_share(self) -> float | None:
        """The share of clients' lines with an objection; None where there are none."""
        return self.objection_lines / self.scored if self.scored else None

    @property
    def ranked_categories(self) -> list[Category]:
        """The objection categories that occur, the most frequent first."""
        return sorted(filter(self.objections.get, OBJECTIONS), key=lambda name: -self.objections[name])

    def share_of(self, category: Category) -> float:
        """Give the share of a category among the objections."""
        return self.objections[category] / self.objection_lines if self.objection_lines else 0.0
