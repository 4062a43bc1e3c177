"""Which words of a line decided: the model's own weights, traced back to the text that was sent.

The raw score of a category is the intercept plus the sum of value × coefficient over the line's
n-grams and what its words add by their vectors. Each n-gram's share is laid on the characters it
covers, evenly over its occurrences, and summed over words; what pushes towards the category is shown.
Of a long line, whose score is the mean of the whole's and of its most objecting part's, each of the two
gives half. Coefficients are taken against their mean over the categories, for a softmax does not change
when all of them move together.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Final

import numpy as np

from objections.arrays import Floats
from objections.ngrams import Place
from objections.parts import most_objecting, split_parts
from objections.scorer import Scorer
from objections.text import Aligned, align, word_spans

MOST_SPANS: Final = 5
FAINTEST: Final = 0.25
"""A word is shown where it weighs at least this part of the strongest word."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text that was sent, and how much it pushed the decision.

    Attributes
    ----------
    start, end : int
        ``text[start:end]``, in characters (code points).
    text : str
    weight : float
        Its part of the category's raw score (log-odds against the mean category).
    """

    start: int
    end: int
    text: str
    weight: float


def find_evidence(scorer: Scorer, text: str, category: str) -> tuple[Span, ...]:
    """Give the spans of `text` that pushed towards `category`, strongest first, at most `MOST_SPANS`."""
    aligned = align(text)
    spans = word_spans(aligned.text)
    weights = _word_weights(scorer, aligned.text, category, spans)
    least = FAINTEST * max(weights, default=0.0)
    found: list[Span] = []
    previous = -2
    for number, ((start, end), weight) in enumerate(zip(spans, weights, strict=True)):
        if weight <= 0 or weight < least:
            continue
        span = _original(text, aligned, start, end, weight)
        if number == previous + 1:
            before = found.pop()
            span = Span(before.start, span.end, text[before.start : span.end], before.weight + weight)
        found.append(span)
        previous = number
    strongest = sorted(found, key=lambda span: -span.weight)[:MOST_SPANS]
    return tuple(Span(s.start, s.end, s.text, round(s.weight, 4)) for s in strongest)


def _word_weights(scorer: Scorer, text: str, category: str, spans: list[Place]) -> list[float]:
    """Sum over each word what the n-grams that touch it, and its vector, add to the raw score."""
    column = scorer.category.classes.index(category)
    on_character = _character_weights(scorer, text, column, spans)
    if parts := split_parts(text):
        raw, _ = scorer.decision_function([text[start:end] for start, end in parts])
        start, end = parts[most_objecting(raw, scorer.silent)]
        inside = [(left - start, right - start) for left, right in spans if start <= left < end]
        on_character[start:end] += _character_weights(scorer, text[start:end], column, inside)
        on_character /= 2
    return [float(on_character[start:end].sum()) for start, end in spans]


def _character_weights(scorer: Scorer, text: str, column: int, spans: list[Place]) -> Floats:
    """Lay on each character of a text, taken as it is, what it adds to the raw score of a category."""
    head = scorer.category
    centred = head.coef[:, column] - head.coef.mean(axis=1)
    _, features, values = scorer.features([text])
    share = dict(zip(features.tolist(), (values * centred[features]).tolist(), strict=True))
    occurrences = scorer.occurrences(text)
    times = Counter(occurrence.feature for occurrence in occurrences)
    weights = np.zeros(len(text))
    for occurrence in occurrences:
        covered = _covered(occurrence.places, spans)
        weights[covered] += share[occurrence.feature] / times[occurrence.feature] / max(len(covered), 1)
    for row, factor, (start, end) in scorer.known_words(text):
        pushed = factor * (head.table[row, column] - head.table[row].mean())
        weights[start:end] += pushed / (end - start)
    return weights


def _covered(places: tuple[Place, ...], spans: list[Place]) -> list[int]:
    """List the characters of words that an n-gram covers.

    An n-gram of punctuation alone lies on the word before it: «дорого?!» is said by «дорого».
    """
    characters = [
        position
        for left, right in places
        for start, end in spans
        for position in range(max(start, left), min(end, right))
    ]
    before = [end - 1 for _, end in spans if places and end <= places[0][0]]
    return characters or before[-1:]


def _original(text: str, aligned: Aligned, start: int, end: int, weight: float) -> Span:
    left, right = aligned.starts[start], aligned.ends[end - 1]
    return Span(left, right, text[left:right], weight)
