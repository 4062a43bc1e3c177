"""Openings and frames that stand too often: the traces of a template."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from objections.phrases import Phrase
from objections.text import normalize, words

OPENING_WORDS: Final = 3
LARGEST_OPENING: Final = 0.005
"""Most lines, as a share of all, that may begin with the same three words."""

LARGEST_FRAME: Final = 0.001
"""Most lines, as a share of all, that may have the same frame."""

FEWEST: Final = 4
"""Lines below this number are no pattern, however small the file."""

FRAME_WORDS: Final = 150
"""The most frequent words of a file make its frames; all others are its slots."""

SHORTEST_FRAME: Final = 4


def openings(phrases: Sequence[Phrase]) -> dict[str, list[Phrase]]:
    """Group the lines by their first three words; shorter lines have no opening."""
    return _group(phrases, lambda found: found[:OPENING_WORDS] if len(found) > OPENING_WORDS else None)


def frames(phrases: Sequence[Phrase]) -> dict[str, list[Phrase]]:
    """Group the lines by their frame: frequent words kept, each run of others made one ``_``."""
    counts = Counter(word for phrase in phrases for word in _words(phrase))
    frequent = {word for word, _ in counts.most_common(FRAME_WORDS)}

    def frame(found: list[str]) -> list[str] | None:
        slotted = list(_slot(found, frequent))
        return slotted if len(slotted) >= SHORTEST_FRAME and len(set(slotted)) > SHORTEST_FRAME // 2 else None

    return _group(phrases, frame)


def repeated(groups: dict[str, list[Phrase]], most: float, lines: int) -> list[tuple[str, list[Phrase]]]:
    """Pick the groups that are larger than a share of all lines, largest first."""
    limit = max(FEWEST - 1, most * lines)
    found = [(key, group) for key, group in groups.items() if len(group) > limit]
    return sorted(found, key=lambda pair: -len(pair[1]))


def _slot(found: Sequence[str], frequent: set[str]) -> Iterator[str]:
    previous = ""
    for word in found:
        kept = word if word in frequent else "_"
        if kept != "_" or previous != "_":
            yield kept
        previous = kept


def _group(
    phrases: Sequence[Phrase], key: Callable[[list[str]], list[str] | None]
) -> dict[str, list[Phrase]]:
    groups: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in phrases:
        if (found := key(_words(phrase))) is not None:
            groups[" ".join(found)].append(phrase)
    return groups


def _words(phrase: Phrase) -> list[str]:
    return words(normalize(phrase.text))
