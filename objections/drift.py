"""Whether new lines are still like those that a model was made for.

Nobody has labelled the new lines, so nothing here says how many answers are wrong: it says how strange the
lines are to the model, and how sure the model is. The limits of the signs were chosen on the evaluation set:
among its thirty trades, which the model answers well, none differs that much from the whole.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from objections.card import Card
from objections.classifier import Classifier
from objections.decision import WHOLE
from objections.vocabulary import Vocabulary

LEAST_LINES: Final = 200
"""With fewer, chance alone moves the share of uncertain answers by several points."""
UNSEEN_WORDS_MORE: Final = 0.08
"""The strangest trade, industrial chemicals, has 0.06 more unseen words than all; lines in other languages
and noise 0.45 more."""
UNSEEN_PAIRS_MORE: Final = 0.10
"""The strangest trades have 0.07 more unseen pairs."""
CONFIDENCE_LESS: Final = 0.05
"""The trade with the least sure answers is at 0.03 less; long winding lines at 0.09."""
UNCERTAIN_MORE: Final = 0.10
"""The trade with the most uncertain answers has 0.07 more; long winding lines 0.16 more."""
MIX_MOVED: Final = 0.20
"""The trade with the oddest mix has 0.14 of its answers in other categories than usual."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What can be said of lines without knowing their labels; None where it was not measured.

    Attributes
    ----------
    lines : int
    unseen_words, unseen_pairs : float or None
        See `vocabulary.Unseen`.
    confidence : float or None
        Its mean.
    uncertain : float
        Share of answers that are marked so.
    categories : mapping of str to float
        Share of each category among the answers.
    """

    lines: int
    unseen_words: float | None
    unseen_pairs: float | None
    confidence: float | None
    uncertain: float
    categories: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing in which lines may differ from the usual ones.

    Attributes
    ----------
    name : str
    usual, here : float or None
        None where nobody measured what is usual.
    limit : float
        Largest change that means nothing; negative where less is worse.
    """

    name: str
    usual: float | None
    here: float
    limit: float

    @property
    def change(self) -> float | None:
        """From usual to here."""
        return None if self.usual is None else self.here - self.usual

    @property
    def is_over(self) -> bool:
        """Whether the change goes beyond the limit."""
        return self.change is not None and self.change * math.copysign(1, self.limit) > abs(self.limit)


@dataclass(frozen=True, slots=True)
class Drift:
    """New lines beside the usual ones.

    Attributes
    ----------
    usual, here : Profile
    """

    usual: Profile
    here: Profile

    @property
    def signs(self) -> tuple[Sign, ...]:
        """What speaks for retraining."""
        usual, here = self.usual, self.here
        return (
            Sign("unseen words", usual.unseen_words, here.unseen_words or 0, UNSEEN_WORDS_MORE),
            Sign("unseen pairs of words", usual.unseen_pairs, here.unseen_pairs or 0, UNSEEN_PAIRS_MORE),
            Sign("mean confidence", usual.confidence, here.confidence or 0, -CONFIDENCE_LESS),
            Sign("uncertain answers", usual.uncertain, here.uncertain, UNCERTAIN_MORE),
        )

    @property
    def moved(self) -> float:
        """Share of the answers that would have to be of another category for the usual mix."""
        names = {*self.usual.categories, *self.here.categories}
        shares = ((self.here.categories.get(name, 0), self.usual.categories.get(name, 0)) for name in names)
        return sum(abs(here - usual) for here, usual in shares) / 2

    @property
    def is_due(self) -> bool | None:
        """Whether to retrain; None where there are too few lines to say.

        A mix that moved is not enough: calls about prices hold more objections to prices.
        """
        if self.here.lines < LEAST_LINES:
            return None
        return any(sign.is_over for sign in self.signs)

    @property
    def advice(self) -> str:
        """What to do, in a sentence."""
        if self.is_due is None:
            return (
                f"Whether retraining is due cannot be said from {self.here.lines} lines: "
                f"give {LEAST_LINES} or more."
            )
        if self.is_due:
            reasons = "; ".join(_in_words(sign) for sign in self.signs if sign.is_over)
            return f"Retraining is due ({reasons}): correct or label lines such as these and train with them."
        if self.moved > MIX_MOVED:
            return (
                f"Retraining is not due by the words, but {self.moved:.1%} of the answers moved to other "
                "categories: look through some of them."
            )
        return "Retraining is not due: these lines are as usual."


def measure_profile(classifier: Classifier, vocabulary: Vocabulary, texts: Sequence[str]) -> Profile:
    """Measure lines of clients, one at least."""
    verdicts = classifier.decide(texts)
    unseen = vocabulary.measure(texts)
    names = classifier.categories
    shares = np.bincount(verdicts.category, minlength=len(names)) / len(texts)
    return Profile(
        lines=len(texts),
        unseen_words=unseen.words,
        unseen_pairs=unseen.pairs,
        confidence=float(verdicts.confidence.mean()) / WHOLE,
        uncertain=float(verdicts.uncertain.mean()),
        categories=dict(zip(names, shares.tolist(), strict=True)),
    )


def card_profile(card: Card) -> Profile:
    """Give what a card says of lines that the model was not fitted on, for want of the lines themselves."""
    metrics = card.evaluation or card.metrics
    answered = {
        name: sum(row.get(name, 0) for row in metrics.confusion.values()) for name in metrics.confusion
    }
    return Profile(
        lines=metrics.lines,
        unseen_words=None,
        unseen_pairs=None,
        confidence=None,
        uncertain=metrics.uncertain,
        categories={name: count / metrics.lines for name, count in answered.items()},
    )


def _in_words(sign: Sign) -> str:
    return f"{sign.name} {sign.here:.1%} against {sign.usual:.1%}"
