"""From lines to answers: what every door calls."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from objections import artifact
from objections.card import Card
from objections.decision import DecisionRule, Verdict, Verdicts
from objections.evidence import Span, find_evidence
from objections.glossary import Entry, Glossary
from objections.labels import Category
from objections.line import Line
from objections.scorer import Scorer
from objections.speaker import is_seller


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The glossary entry that helps with a line.

    Attributes
    ----------
    entry : Entry
    advice : str
        What to do now: for an objection, the entry's advice for its category where there is one.
    confidence : float
        Probability of the term among those that fit the category.
    """

    entry: Entry
    advice: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Prediction:
    """The answer to one line. A line of the seller is not scored: it has nothing but `model`.

    Attributes
    ----------
    model : str
        Id of the model that answered.
    category : Category or None
    confidence : float or None
        Calibrated probability of `category`.
    uncertain : bool
        Whether validation says that such answers are often wrong.
    scores : dict of Category to float, or None
        Probabilities that sum to 1.
    suggestion : Suggestion or None
    evidence : tuple of Span, or None
        What made it decide, strongest first; None unless asked for.
    """

    model: str
    category: Category | None = None
    confidence: float | None = None
    uncertain: bool = False
    scores: dict[Category, float] | None = None
    suggestion: Suggestion | None = None
    evidence: tuple[Span, ...] | None = None


class Classifier:
    """A model that answers.

    Parameters
    ----------
    card : Card
        Names the model and holds its thresholds.
    scorer : Scorer
        Gives probabilities.
    glossary : Glossary
        The entries to suggest.
    """

    def __init__(self, card: Card, scorer: Scorer, glossary: Glossary) -> None:
        self.card = card
        self.glossary = glossary
        self._scorer = scorer
        self._rule = DecisionRule(card.thresholds, scorer.categories, scorer.terms)

    @classmethod
    def load(cls, folder: Path, glossary: Glossary) -> Self:
        """Load the model in `folder`.

        Raises
        ------
        ModelError
            See `artifact.load`.
        """
        return cls(*artifact.load(folder), glossary)

    @property
    def categories(self) -> tuple[Category, ...]:
        """The categories that answers can have."""
        return self._rule.categories

    def classify(self, lines: Iterable[Line | str], *, explain: bool = False) -> list[Prediction]:
        """Answer each line; no answer depends on another line.

        Parameters
        ----------
        lines : iterable of Line or str
            A bare string is a line whose speaker nobody knows.
        explain : bool, default False
            Whether to say which words decided.

        Returns
        -------
        list of Prediction
            As many as lines, in their order.
        """
        read = [Line(line) if isinstance(line, str) else line for line in lines]
        scored = [number for number, line in enumerate(read) if not is_seller(line.speaker)]
        predictions = [Prediction(self.card.id)] * len(read)
        verdicts = self.decide([read[number].text for number in scored])
        for number, verdict in zip(scored, verdicts, strict=True):
            predictions[number] = self._answer(read[number].text, verdict, explain=explain)
        return predictions

    def decide(self, texts: Sequence[str]) -> Verdicts:
        """Decide about lines of clients, column by column: the short way for millions of them."""
        scores = self._scorer.score(texts)
        return self._rule.decide(scores.category, scores.glossary)

    def explain(self, text: str, category: Category) -> tuple[Span, ...]:
        """Say which words of a line speak for a category, strongest first."""
        return find_evidence(self._scorer, text, category)

    def _answer(self, text: str, verdict: Verdict, *, explain: bool) -> Prediction:
        suggestion = None
        if verdict.term is not None:
            entry = self.glossary[verdict.term]
            suggestion = Suggestion(entry, entry.advise(verdict.category), verdict.term_confidence)
        return Prediction(
            model=self.card.id,
            category=verdict.category,
            confidence=verdict.confidence,
            uncertain=verdict.uncertain,
            scores=verdict.scores,
            suggestion=suggestion,
            evidence=self.explain(text, verdict.category) if explain else None,
        )
