"""How a labelled file is spread over every column, beside the shares that the shipped set aims at."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from objections.labels import CATEGORIES, NO_OBJECTION, NO_TERM, TERMS
from objections.phrases import Phrase

CHANNELS: Final = {"asr": 0.45, "call": 0.20, "chat": 0.35}
LENGTHS: Final = {(1, 3): 0.20, (4, 10): 0.50, (11, 20): 0.24, (21, 40): 0.06}
LARGEST_INDUSTRY: Final = 0.06


@dataclass(frozen=True, slots=True)
class Share:
    """How many lines have one value of one column.

    Attributes
    ----------
    column, value : str
    lines : int
    share : float
        Of all lines.
    aim : float or None
        The share that the shipped set aims at; None where there is none.
    """

    column: str
    value: str
    lines: int
    share: float
    aim: float | None = None


def count_words(text: str) -> int:
    """Count words as the table of lengths does: what stands between spaces."""
    return len(text.split())


def measure_balance(phrases: Sequence[Phrase]) -> list[Share]:
    """Count the lines by category, speaker, channel, length and term; none for an empty file."""
    if not phrases:
        return []
    return [
        *_shares(phrases, "category", CATEGORIES, lambda phrase: phrase.category),
        *_shares(phrases, "speaker", ("client", "seller"), lambda phrase: phrase.speaker),
        *_shares(phrases, "channel", tuple(CHANNELS), lambda phrase: phrase.channel, CHANNELS),
        *_length_shares(phrases),
        *_shares(phrases, "glossary", (*TERMS, NO_TERM), lambda phrase: phrase.glossary),
        Share(
            "glossary",
            f"any, {NO_OBJECTION}",
            lines := sum(p.category == NO_OBJECTION and p.glossary != NO_TERM for p in phrases),
            lines / len(phrases),
        ),
    ]


def largest_industries(phrases: Sequence[Phrase], most: int = 5) -> list[tuple[str, float]]:
    """Name the industries with most lines, with their shares."""
    counts = Counter(phrase.industry for phrase in phrases if phrase.industry)
    return [(industry, lines / len(phrases)) for industry, lines in counts.most_common(most)]


def _shares(
    phrases: Sequence[Phrase],
    column: str,
    values: Sequence[str],
    of: Callable[[Phrase], str],
    aims: dict[str, float] | None = None,
) -> list[Share]:
    counts = Counter(of(phrase) for phrase in phrases)
    return [
        Share(column, value or "none", counts[value], counts[value] / len(phrases), (aims or {}).get(value))
        for value in values
    ]


def _length_shares(phrases: Sequence[Phrase]) -> list[Share]:
    lengths = [count_words(phrase.text) for phrase in phrases]
    shares = []
    for (shortest, longest), aim in LENGTHS.items():
        lines = sum(shortest <= length <= longest for length in lengths)
        shares.append(Share("length", f"{shortest}-{longest} words", lines, lines / len(phrases), aim))
    return shares
