"""From probabilities to an answer. The rule lives with the model, so what is measured is what is served.

It takes probabilities, so it can be tested, and measured on left-out lines, without a fitted model.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, cast

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from objections.arrays import Floats
from objections.labels import CATEGORIES, DEFAULT_TERM, NO_OBJECTION, NO_TERM, Category, Term

DECIMALS: Final = 4
"""Digits of a probability in an answer; more would claim what no validation shows."""


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

    def decide(self, category_row: Floats, glossary_row: Floats) -> Verdict:
        """Decide about one line.

        Parameters
        ----------
        category_row : array, shape (n_categories,)
        glossary_row : array, shape (n_terms + 1,)
        """
        probabilities = category_row[self._columns]
        best = int(probabilities.argmax())
        category = CATEGORIES[best]
        scores = _round(probabilities, best)
        term, term_confidence = self._choose_term(category, glossary_row)
        uncertain = scores[category] < self.thresholds.uncertain_below
        return Verdict(category, scores, uncertain, term, term_confidence)

    def _choose_term(self, category: Category, row: Floats) -> tuple[Term | None, float]:
        """Choose the entry: an objection always has one, another line only where surely some entry fits."""
        unfit = DEFAULT_TERM if category == NO_OBJECTION else NO_TERM
        fit = [number for number, term in enumerate(self._terms) if term != unfit]
        terms = [number for number in fit if self._terms[number] != NO_TERM]
        of_all = float(row[fit].sum())
        any_term = sum(float(row[number]) for number in terms) / of_all
        if not terms or (category == NO_OBJECTION and any_term < self.thresholds.term_from):
            return None, round(1 - any_term, DECIMALS)
        best = max(terms, key=row.__getitem__)
        return cast("Term", self._terms[best]), round(float(row[best]) / of_all, DECIMALS)


def _round(probabilities: Floats, best: int) -> dict[Category, float]:
    """Round so that the scores still sum to 1: the greatest takes what rounding left over."""
    rounded = np.round(probabilities, DECIMALS)
    rounded[best] += 1 - rounded.sum()
    return dict(zip(CATEGORIES, (round(float(score), DECIMALS) for score in rounded), strict=True))
