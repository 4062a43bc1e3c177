"""Which words of a line decided: the model's own weights, traced back to the text that was sent.

The raw score of a category is the intercept plus the sum of value × coefficient over the line's
n-grams and what its words add by their vectors. Each n-gram's share is laid on the characters it
covers, evenly over its occurrences, and summed over words; what pushes towards the category is shown.
Of a long line, whose score is the mean of the whole's and of its most objecting part's, each of the two
gives half. Coefficients are taken against their mean over the categories, for a softmax does not change
when all of them move together.
"""

from dataclasses import dataclass
from typing import Final

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
    on_character = scorer.weigh_characters(aligned.text, category)
    weights = [float(on_character[start:end].sum()) for start, end in spans]
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


def _original(text: str, aligned: Aligned, start: int, end: int, weight: float) -> Span:
    left, right = aligned.starts[start], aligned.ends[end - 1]
    return Span(left, right, text[left:right], weight)
