"""A served model judged on a labelled file, line by line, by the same classifier that answers requests."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import numpy as np

from objections.artifact import sha256
from objections.card import Card, Data, Intervals, Metrics
from objections.classifier import Classifier, Prediction
from objections.decision import Verdict
from objections.labels import CATEGORIES, DEFAULT_TERM, NO_TERM, order_categories
from objections.phrases import Phrase, read_phrases
from training.bootstrap import find_intervals
from training.calibration import Bin, reliability
from training.metrics import measure

WORST: Final = 20
"""Mistakes shown: what a person reads in one sitting."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled file to judge by.

    Attributes
    ----------
    name : str
        Of the file, without its folder.
    sha256 : str
    phrases : list of Phrase
        Its lines, all of them.
    """

    name: str
    sha256: str
    phrases: list[Phrase]

    @classmethod
    def read(cls, path: Path, categories: Sequence[str] = CATEGORIES) -> Self:
        """Read and check a labelled file whose categories are among `categories`.

        Raises
        ------
        DataError
            See `phrases.read_phrases`.
        """
        phrases = read_phrases(path, categories)
        return cls(path.name, sha256(path.read_bytes()), phrases)

    @property
    def data(self) -> Data:
        """The file as a card describes it."""
        return Data(lines=len(self.phrases), sha256=self.sha256, categories=count_categories(self.phrases))

    @property
    def names_terms(self) -> bool:
        """Whether its labels say which entry helps; without the column every objection has the default."""
        return any(phrase.glossary not in {NO_TERM, DEFAULT_TERM} for phrase in self.phrases)

    def count_terms(self) -> Counter[str]:
        """Count the lines of each term; 0 for a term that it lacks."""
        return Counter(phrase.glossary for phrase in self.phrases)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a model is worth on a labelled file.

    Attributes
    ----------
    card : Card
        Of the model.
    labelled : Labelled
    verdicts : list of Verdict
        One for each line.
    metrics : Metrics
        As a card carries them, with the intervals.
    intervals : Intervals
    """

    card: Card
    labelled: Labelled
    verdicts: list[Verdict]
    metrics: Metrics
    intervals: Intervals

    @property
    def bins(self) -> list[Bin]:
        """How often answers of each confidence are right."""
        return reliability(self.confidence, self.right)

    @property
    def confidence(self) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        """Of each line's answer."""
        return np.array([verdict.confidence for verdict in self.verdicts])

    @property
    def right(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Whether each line's category is right."""
        pairs = zip(self.labelled.phrases, self.verdicts, strict=True)
        return np.array([phrase.category == verdict.category for phrase, verdict in pairs])

    @property
    def worst(self) -> list[tuple[Phrase, Verdict]]:
        """The wrong answers with the highest confidence, `WORST` at most."""
        pairs = zip(self.labelled.phrases, self.verdicts, strict=True)
        wrong = [(phrase, verdict) for phrase, verdict in pairs if phrase.category != verdict.category]
        return sorted(wrong, key=lambda pair: (-pair[1].confidence, pair[0].row))[:WORST]

    @property
    def is_familiar(self) -> bool:
        """Whether the model was trained on this very file, so that its figures flatter."""
        return self.labelled.sha256 == self.card.data.sha256


def evaluate(classifier: Classifier, labelled: Labelled) -> Evaluation:
    """Let a classifier answer every line of a labelled file, and measure.

    Only the text is passed on: the label is about the text, so a line of the seller is scored too.
    """
    predictions = classifier.classify([phrase.text for phrase in labelled.phrases])
    verdicts = [_verdict(prediction) for prediction in predictions]
    metrics = measure(labelled.phrases, verdicts, f"all {len(verdicts)} lines of {labelled.name}")
    intervals = find_intervals(labelled.phrases, verdicts)
    metrics = metrics.model_copy(update={"intervals": intervals})
    return Evaluation(classifier.card, labelled, verdicts, metrics, intervals)


def count_categories(phrases: Sequence[Phrase]) -> dict[str, int]:
    """Count the lines of each category."""
    counts = Counter(phrase.category for phrase in phrases)
    return {category: counts[category] for category in order_categories(counts)}


def _verdict(prediction: Prediction) -> Verdict:
    """Give back what was decided; a line without a speaker always has an answer."""
    if prediction.category is None or prediction.scores is None:
        raise AssertionError("a line whose speaker is not told was not scored")
    suggestion = prediction.suggestion
    return Verdict(
        prediction.category,
        prediction.scores,
        prediction.uncertain,
        suggestion.entry.term if suggestion else None,
        suggestion.confidence if suggestion else 0.0,
    )
