"""From probabilities to an answer. The rule lives with the model, so what is measured is what is served.

It takes probabilities, so it can be tested, and measured on left-out lines, without a fitted model.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, cast

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from objections.arrays import Bools, Floats, Ints
from objections.compiling import compiled
from objections.labels import (
    CATEGORIES,
    DEFAULT_TERM,
    NO_OBJECTION,
    NO_TERM,
    Category,
    Term,
    order_categories,
)

DECIMALS: Final = 4
"""Digits of a probability in an answer; more would claim what no validation shows."""

WHOLE: Final = 10**DECIMALS
"""Probabilities are decided on as counts of the last digit, so that rounded ones still sum to 1."""

_NONE: Final = -1
_SILENT: Final = CATEGORIES.index(NO_OBJECTION)


class Thresholds(BaseModel):
    """What the model's own validation chose; kept in its card."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    uncertain_below: float = Field(
        ge=0, le=1, description="Answers with less confidence are marked `uncertain`.", examples=[0.55]
    )
    term_from: float = Field(
        ge=0,
        le=1,
        description="Least probability that any term fits at which a line without objection gets one.",
        examples=[0.6],
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is decided about one line.

    Attributes
    ----------
    category : Category
    scores : dict of Category to float
        Probabilities that sum to 1.
    uncertain : bool
        Whether validation says that such answers are often wrong.
    term : Term or None
        The glossary entry to suggest; every objection has one.
    term_confidence : float
        Probability of `term` among the entries that fit the category; of "no entry" where it is None.
    """

    category: Category
    scores: dict[Category, float]
    uncertain: bool
    term: Term | None
    term_confidence: float

    @property
    def confidence(self) -> float:
        """The score of the category."""
        return self.scores[self.category]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What is decided about many lines, column by column.

    Attributes
    ----------
    category : array, shape (n_lines,)
        Numbers in `categories`.
    scores : array, shape (n_lines, n_categories)
        Probabilities in the order of `categories`, in `WHOLE`-ths; each row sums to `WHOLE`.
    uncertain : array of bool, shape (n_lines,)
    term : array, shape (n_lines,)
        Numbers in `terms`; -1 where no entry is suggested.
    term_confidence : array, shape (n_lines,)
        As `Verdict.term_confidence`, in `WHOLE`-ths.
    terms : tuple of str
    categories : tuple of Category
        Those of `labels.CATEGORIES`, then a company's own ones.
    """

    category: Ints
    scores: Ints
    uncertain: Bools
    term: Ints
    term_confidence: Ints
    terms: tuple[str, ...]
    categories: tuple[Category, ...] = CATEGORIES

    def __len__(self) -> int:
        return len(self.category)

    @property
    def confidence(self) -> Ints:
        """Scores of the categories decided for, in `WHOLE`-ths; shape (n_lines,)."""
        chosen: Ints = self.scores[np.arange(len(self)), self.category]
        return chosen

    def __iter__(self) -> Iterator[Verdict]:
        """Give the verdicts one by one."""
        columns = (self.category, self.scores, self.uncertain, self.term, self.term_confidence)
        for category, scores, uncertain, term, confidence in zip(
            *(column.tolist() for column in columns), strict=True
        ):
            yield Verdict(
                self.categories[category],
                {name: score / WHOLE for name, score in zip(self.categories, scores, strict=True)},
                uncertain,
                None if term == _NONE else cast("Term", self.terms[term]),
                confidence / WHOLE,
            )


class DecisionRule:
    """The decision rule of one model.

    Parameters
    ----------
    thresholds : Thresholds
    categories, terms : sequence of str
        The classes of the two heads, in the order of their probabilities.
    """

    def __init__(self, thresholds: Thresholds, categories: Sequence[str], terms: Sequence[str]) -> None:
        self.thresholds = thresholds
        self.categories = order_categories(categories)
        self._columns = np.array([categories.index(category) for category in self.categories])
        self._terms = tuple(terms)
        # For an objection, and for a line without one: which classes are open to it.
        unfit = np.array([[NO_TERM], [DEFAULT_TERM]])
        self._fit = np.array([terms]) != unfit
        self._entries = self._fit & (np.array([terms]) != NO_TERM)

    def decide(self, category: Floats, glossary: Floats) -> Verdicts:
        """Decide about lines.

        Parameters
        ----------
        category : array, shape (n_lines, n_categories)
        glossary : array, shape (n_lines, n_terms + 1)
        """
        decided = _decide(
            category,
            glossary,
            self._columns,
            self._fit,
            self._entries,
            (self.thresholds.uncertain_below, self.thresholds.term_from),
            (WHOLE, _SILENT),
        )
        return Verdicts(*decided, self._terms, self.categories)


@compiled
def _decide(
    category: Floats,
    glossary: Floats,
    columns: Ints,
    fit: Bools,
    entries: Bools,
    thresholds: tuple[float, float],
    constants: tuple[int, int],
) -> tuple[Ints, Ints, Bools, Ints, Ints]:
    """Fill the columns of `Verdicts`, line by line."""
    uncertain_below, term_from = thresholds
    whole, silent = constants
    n_lines = len(category)
    best, term, confidence = (
        np.empty(n_lines, np.int64),
        np.empty(n_lines, np.int64),
        np.empty(n_lines, np.int64),
    )
    scores = np.empty((n_lines, len(columns)), np.int64)
    uncertain = np.empty(n_lines, np.bool_)
    for line in range(n_lines):
        greatest, left = 0, whole
        for number, column in enumerate(columns):
            scores[line, number] = np.int64(np.rint(category[line, column] * whole))
            left -= scores[line, number]
            if category[line, column] > category[line, columns[greatest]]:
                greatest = number
        best[line] = greatest
        scores[line, greatest] += left  # the greatest takes what rounding left over
        uncertain[line] = scores[line, greatest] < np.rint(uncertain_below * whole)
        calm = int(greatest == silent)
        chosen, share, any_entry = _choose_term(glossary[line], fit[calm], entries[calm])
        if chosen == _NONE or (calm and any_entry < term_from):
            chosen, share = _NONE, 1 - any_entry
        term[line] = chosen
        confidence[line] = np.int64(np.rint(share * whole))
    return best, scores, uncertain, term, confidence


@compiled
def _choose_term(row: Floats, fit: Bools, entries: Bools) -> tuple[int, float, float]:
    """Choose the likeliest entry; give it with its share, and that of all entries, of what may be chosen."""
    best, of_all, any_entry = _NONE, 0.0, 0.0
    for number in range(len(row)):
        if fit[number]:
            of_all += row[number]
        if entries[number]:
            any_entry += row[number]
            if best == _NONE or row[number] > row[best]:
                best = number
    if of_all == 0.0:
        return _NONE, 0.0, 0.0
    return best, (0.0 if best == _NONE else row[best] / of_all), any_entry / of_all
