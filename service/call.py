"""A call seen whole: its lines with their answers, and what came of it in a few numbers."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from objections.classifier import Prediction
from objections.labels import NO_OBJECTION, order_categories
from objections.line import Line

PARTS: Final = 10
"""A call is cut into so many parts to say where in it the client objects."""


@dataclass(frozen=True, slots=True)
class CallSummary:
    """What came of a call, or of all calls of a file.

    Attributes
    ----------
    calls, lines, scored, objections, uncertain : int
        `scored` are the lines that got an answer: not the seller's.
    categories : dict
        Lines of each category.
    terms : dict
        Lines for which each glossary term was suggested, most frequent first.
    objections_by_part : list of int, length `PARTS`
        Objections in the first tenth of the lines of their call, in the second …
    """

    calls: int
    lines: int
    scored: int
    objections: int
    uncertain: int
    categories: dict[str, int]
    terms: dict[str, int]
    objections_by_part: list[int]


def summarize(lines: Sequence[Line], predictions: Sequence[Prediction]) -> CallSummary:
    """Count what the answers to the lines of a file say."""
    answered = [one for one in predictions if one.category is not None]
    categories = Counter(str(one.category) for one in answered)
    terms = Counter(one.suggestion.entry.term for one in answered if one.suggestion)
    parts = Counter(_parts_with_objection(lines, predictions))
    return CallSummary(
        calls=len({line.call_id for line in lines}),
        lines=len(lines),
        scored=len(answered),
        objections=sum(parts.values()),
        uncertain=sum(one.uncertain for one in answered),
        categories={category: categories[category] for category in order_categories(categories)},
        terms=dict(terms.most_common()),
        objections_by_part=[parts[part] for part in range(PARTS)],
    )


def _parts_with_objection(lines: Sequence[Line], predictions: Sequence[Prediction]) -> Iterator[int]:
    lengths = Counter(line.call_id for line in lines)
    before: Counter[str | None] = Counter()
    for line, prediction in zip(lines, predictions, strict=True):
        if prediction.category not in {None, NO_OBJECTION}:
            yield before[line.call_id] * PARTS // lengths[line.call_id]
        before[line.call_id] += 1
