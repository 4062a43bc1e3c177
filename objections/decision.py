"""From probabilities to an answer. The rule lives with the model, so what is measured is what is served.

It takes probabilities, so it can be tested, and measured on left-out lines, without a fitted model.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, cast

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from objections.arrays import Bools, Floats, Ints
from objections.labels import CATEGORIES, DEFAULT_TERM, NO_OBJECTION, NO_TERM, Category, Term

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
        Numbers in `labels.CATEGORIES`.
    scores : array, shape (n_lines, 4)
        Probabilities in the order of `labels.CATEGORIES`, in `WHOLE`-ths; each row sums to `WHOLE`.
    uncertain : array of bool, shape (n_lines,)
    term : array, shape (n_lines,)
        Numbers in `terms`; -1 where no entry is suggested.
    term_confidence : array, shape (n_lines,)
        As `Verdict.term_confidence`, in `WHOLE`-ths.
    terms : tuple of str
    """

    category: Ints
    scores: Ints
    uncertain: Bools
    term: Ints
    term_confidence: Ints
    terms: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.category)

    def __iter__(self) -> Iterator[Verdict]:
        """Give the verdicts one by one."""
        columns = (self.category, self.scores, self.uncertain, self.term, self.term_confidence)
        for category, scores, uncertain, term, confidence in zip(
            *(column.tolist() for column in columns), strict=True
        ):
            yield Verdict(
                CATEGORIES[category],
                {name: score / WHOLE for name, score in zip(CATEGORIES, scores, strict=True)},
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
        self._columns = [categories.index(category) for category in CATEGORIES]
        self._terms = tuple(terms)
        # For an objection, and for a line without one: which classes are open to it.
        unfit = np.array([[NO_TERM], [DEFAULT_TERM]])
        self._fit = (np.array([terms]) != unfit).astype(np.float64)
        self._entries = self._fit * (np.array(terms) != NO_TERM)

    def decide(self, category: Floats, glossary: Floats) -> Verdicts:
        """Decide about lines.

        Parameters
        ----------
        category : array, shape (n_lines, n_categories)
        glossary : array, shape (n_lines, n_terms + 1)
        """
        probabilities = category[:, self._columns]
        best = probabilities.argmax(axis=1)
        lines = np.arange(len(best))
        scores = np.rint(probabilities * WHOLE).astype(np.int64)
        scores[lines, best] += WHOLE - scores.sum(axis=1)  # the greatest takes what rounding left over
        uncertain = scores[lines, best] < round(self.thresholds.uncertain_below * WHOLE)
        silent = (best == _SILENT).astype(np.int64)
        return Verdicts(best, scores, uncertain, *self._choose_terms(silent, glossary), self._terms)

    def _choose_terms(self, silent: Ints, glossary: Floats) -> tuple[Ints, Ints]:
        """Choose entries: an objection always has one, another line only where surely some entry fits."""
        entries = glossary * self._entries[silent]
        of_all = (glossary * self._fit[silent]).sum(axis=1)
        any_entry = entries.sum(axis=1) / of_all
        best = entries.argmax(axis=1)
        given = np.where(silent, any_entry >= self.thresholds.term_from, True)  # noqa: FBT003 (a value)
        given &= self._entries[silent].any(axis=1)
        confidence = np.where(given, entries[np.arange(len(best)), best] / of_all, 1 - any_entry)
        return np.where(given, best, _NONE), np.rint(confidence * WHOLE).astype(np.int64)
