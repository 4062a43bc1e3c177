"""A report's findings: what the page and the workbook both show."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from objections.glossary import Glossary
from objections.labels import DEFAULT_TERM, Category
from objections.privacy import mask
from objections.tables.table import Table
from service.report.call_lines import CallLine
from service.report.dates import Period, Step, all_periods, period_of
from service.report.group import OBJECTIONS, Group
from service.report.scored import ColumnNames, ScoredTable
from service.report.tally import CONFIDENCE_BINS, Call, Tally
from service.report.wordings import Example, Wording

SHOWN_CALLS: Final = 5
SHOWN_LINES: Final = 8
"""Of each of the calls with most objections."""
SHOWN_TERMS: Final = 20
"""The glossary has eight, but a file may hold anything."""
TENTHS: Final = 10

_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class TopCall:
    """A call with many objections.

    Attributes
    ----------
    id : str
        Masked.
    manager : str or None
    day : date or None
    group : Group
        Its counts.
    lines : list of CallLine
        The first of its objections.
    """

    id: str
    manager: str | None
    day: date | None
    group: Group
    lines: list[CallLine]

    @property
    def left_out(self) -> int:
        """Objections that are not among `lines`."""
        return self.group.objection_lines - len(self.lines)


@dataclass(frozen=True, slots=True)
class HintedTerm:
    """A glossary entry that lines suggest."""

    term: str
    name: str
    lines: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The findings of one file.

    Attributes
    ----------
    title : str or None
        How the report calls the file.
    table : ScoredTable
        Which columns it has.
    tally : Tally
    total : Group
    managers : dict of str to Group
        Those with most calls first; empty where no row names one.
    unnamed : Group
        Where no manager is named.
    periods : dict of Period to Group
        Every period from the first to the last; empty where there are no dates.
    undated : Group
    first_day, last_day : date or None
    tenths : list of float
        The share of objections in each tenth of a call; empty where there are no calls.
    terms : list of HintedTerm
        The most frequent first.
    wordings : dict of Category to list of Wording
        For the objection categories that occur, the most frequent first.
    lines : dict of Category to tuple of Example
        Lines to show for the categories without a wording.
    advice : dict of Category to str
        What the glossary advises against each.
    top_calls : list of TopCall
    """

    title: str | None
    table: ScoredTable
    tally: Tally
    total: Group
    managers: dict[str, Group]
    unnamed: Group
    periods: dict[Period, Group]
    undated: Group
    first_day: date | None
    last_day: date | None
    tenths: list[float]
    terms: list[HintedTerm]
    wordings: dict[Category, list[Wording]]
    lines: dict[Category, tuple[Example, ...]]
    advice: dict[Category, str]
    top_calls: list[TopCall]

    @property
    def step(self) -> Step | None:
        """How long the periods are; None where there are no dates."""
        return next((period.step for period in self.periods), None)

    @property
    def confidence_bins(self) -> list[tuple[float, float, int]]:
        """Scored lines by confidence: from, to, lines; without the empty bins of the lower half."""
        bins = [
            (number / CONFIDENCE_BINS, (number + 1) / CONFIDENCE_BINS, lines)
            for number, lines in enumerate(self.tally.confidence)
        ]
        first = next((number for number, (_, _, lines) in enumerate(bins) if lines), CONFIDENCE_BINS)
        return bins[min(first, CONFIDENCE_BINS // 2) :]


def summarize(rows: Table, names: ColumnNames, glossary: Glossary, title: str | None = None) -> Summary:
    """Read a scored table once and tell what it says.

    Parameters
    ----------
    rows : Table
    names : ColumnNames
    glossary : Glossary
    title : str or None
        How the report calls the file; None where it has no name.

    Raises
    ------
    DataError
        Where the table was never scored, or a row of it cannot be read.
    """
    table = ScoredTable(rows, names)
    tally = Tally.of(table)
    groups = list(tally.groups.values())
    managers, unnamed = _by(groups, lambda call: call.manager)
    days, undated = _by(groups, lambda call: call.day)
    total = Group.of(groups)
    wordings = {category: tally.wordings.find(category) for category in total.ranked_categories}
    return Summary(
        title=title,
        table=table,
        tally=tally,
        total=total,
        managers=_rank({name: Group.of(calls) for name, calls in managers.items()}),
        unnamed=Group.of(unnamed),
        periods=_by_period(days),
        undated=Group.of(undated),
        first_day=min(days, default=None),
        last_day=max(days, default=None),
        tenths=_tenths(groups) if table.has_calls else [],
        terms=_terms(tally, glossary),
        wordings=wordings,
        lines={
            category: tally.wordings.find_lines(category) for category in wordings if not wordings[category]
        },
        advice={category: glossary[DEFAULT_TERM].advise(category) for category in OBJECTIONS},
        top_calls=_top_calls(groups, tally),
    )


def _by(
    groups: Iterable[Call], key: Callable[[Call], _Key | None]
) -> tuple[dict[_Key, list[Call]], list[Call]]:
    """Sort calls by a key; those without one stand apart."""
    found: dict[_Key, list[Call]] = defaultdict(list)
    rest = []
    for call in groups:
        value = key(call)
        if value is None:
            rest.append(call)
        else:
            found[value].append(call)
    return found, rest


def _rank(managers: dict[str, Group]) -> dict[str, Group]:
    """Put those with most calls first; without calls, those with most lines."""
    return dict(sorted(managers.items(), key=lambda item: (-item[1].calls, -item[1].scored, item[0])))


def _by_period(days: dict[date, list[Call]]) -> dict[Period, Group]:
    calls: dict[Period, list[Call]] = {period: [] for period in all_periods(days)}
    if calls:
        step = next(iter(calls)).step
        for day, of_day in days.items():
            calls[period_of(day, step)] += of_day
    return {period: Group.of(of_period) for period, of_period in calls.items()}


def _tenths(calls: Iterable[Call]) -> list[float]:
    """Tell which share of the objections falls into each tenth of a call.

    A line of a call of four covers two and a half tenths, so it counts in each by the part it covers:
    short calls are spread, not thrown into three tenths.
    """
    weights = [0.0] * TENTHS
    for call in calls:
        for place in call.places:
            start, end = TENTHS * place / call.lines, TENTHS * (place + 1) / call.lines
            for tenth in range(int(start), min(int(end) + 1, TENTHS)):
                weights[tenth] += max(min(end, tenth + 1) - max(start, tenth), 0.0) / (end - start)
    total = sum(weights)
    return [weight / total for weight in weights] if total else []


def _terms(tally: Tally, glossary: Glossary) -> list[HintedTerm]:
    names: dict[str, str] = {entry.term: entry.name for entry in glossary}
    return [
        HintedTerm(term, names.get(term, ""), lines) for term, lines in tally.terms.most_common(SHOWN_TERMS)
    ]


def _top_calls(groups: Iterable[Call], tally: Tally) -> list[TopCall]:
    """Take the calls with most objections; of equal ones, those in which more of the lines are."""
    objecting = [call for call in groups if call.id is not None and call.objections]
    objecting.sort(key=lambda call: (-call.objections.total(), call.lines))
    return [
        TopCall(
            mask(call.id),
            call.manager,
            call.day,
            Group.of([call]),
            tally.call_lines.of(call.id)[:SHOWN_LINES],
        )
        for call in objecting[:SHOWN_CALLS]
        if call.id is not None
    ]
