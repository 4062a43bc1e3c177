"""The wordings of each category: phrases of two to four words that stand in many of its lines.

Phrases are counted by lines while the file is read once. Counters are pruned when they grow too large
(lossy counting: Manku and Motwani, 2002), so a phrase in very few of very many lines may be missed, and
memory stays bounded. Examples come from a random sample of the lines. What is typical of a category is
told by log-odds ratios with an informative Dirichlet prior (Monroe, Colaresi and Quinn, 2008).
"""

import math
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Final

from objections.labels import CATEGORIES, NO_OBJECTION, Category
from objections.privacy import mask
from objections.text import align, normalize
from service.report.function_words import FUNCTION_WORDS, NEVER_FIRST, NEVER_LAST

MOST_PHRASES: Final = 200_000
"""In a counter; there is one for each category."""
SAMPLED_LINES: Final = 10_000
"""Of each category, to take examples from."""
SHOWN_WORDINGS: Final = 8
SHOWN_EXAMPLES: Final = 3

_LENGTHS: Final = range(2, 5)
_LONGEST_LINE: Final = 2000
"""Characters of a line that are read; the rest of a monologue adds nothing to its first minutes."""
_FEWEST_LINES: Final = 2
_NEARLY_ALL: Final = 0.8
"""A phrase that stands in a longer one so often is only a piece of it."""
_PRIOR_SHARE: Final = 0.1
"""Weight of the prior: what is usual in the whole file counts as so many more lines of either side."""
_SURE: Final = 1.96
"""Standard errors from which on a phrase is typical: chance alone gives them once in forty times."""
_ALIKE: Final = 0.6
"""Share of common words above which two examples are the same one."""
_CANDIDATES: Final = 200
_AROUND: Final = 90
"""Characters of an example on each side of the phrase."""

_BREAK: Final = re.compile(r"[^\w\s%-]+|\s-\s")
_WORD: Final = re.compile(r"\w+(?:-\w+)*")


@dataclass(frozen=True, slots=True)
class Example:
    """A masked line with the phrase in it, cut where it is long.

    Attributes
    ----------
    before, phrase, after : str
    """

    before: str
    phrase: str
    after: str

    @property
    def text(self) -> str:
        """The whole of it."""
        return self.before + self.phrase + self.after


@dataclass(frozen=True, slots=True)
class Wording:
    """A frequent phrase.

    Attributes
    ----------
    phrase : str
        As most lines write it.
    lines : int
        Lines of the category that hold it.
    elsewhere : int
        Other lines that hold it.
    examples : tuple of Example
        Up to three that differ.
    """

    phrase: str
    lines: int
    elsewhere: int
    examples: tuple[Example, ...]


class Wordings:
    """Collects phrases line by line, then tells the wordings of a category."""

    def __init__(self, most_phrases: int = MOST_PHRASES) -> None:
        self._most_phrases = most_phrases
        self._lines: Counter[Category] = Counter()
        self._phrases: dict[Category, Counter[str]] = {category: Counter() for category in CATEGORIES}
        self._samples: dict[Category, list[str]] = {category: [] for category in CATEGORIES}
        # Of lines to show, no secret; the same file gives the same report.
        self._random = random.Random(0)  # noqa: S311

    def add(self, category: Category, text: str) -> None:
        """Count the phrases of one line."""
        self._lines[category] += 1
        masked = mask(text)[:_LONGEST_LINE]
        counter = self._phrases[category]
        counter.update(phrases(masked))
        if len(counter) > self._most_phrases:
            self._phrases[category] = _prune(counter, self._most_phrases // 2)
        if category != NO_OBJECTION:
            self._sample(category, masked)

    def find(self, category: Category) -> list[Wording]:
        """Give the wordings of a category, the most frequent first."""
        others = [self._phrases[other] for other in CATEGORIES if other != category]
        found = {
            phrase: (lines, sum(other[phrase] for other in others))
            for phrase, lines in self._phrases[category].items()
            if lines >= _FEWEST_LINES
        }
        here, elsewhere = self._lines[category], self._lines.total() - self._lines[category]
        pieces = _pieces({phrase: lines for phrase, (lines, _) in found.items()})
        typical = {
            phrase: log_odds(*counts, here, elsewhere)
            for phrase, counts in found.items()
            if phrase not in pieces
        }
        chosen = _choose(typical)
        examples = self._examples(category, chosen)
        wordings = [
            Wording(_spelling(phrase, examples[phrase]), *found[phrase], _differing(examples[phrase]))
            for phrase in chosen
        ]
        return sorted(wordings, key=lambda wording: -wording.lines)

    def find_lines(self, category: Category) -> tuple[Example, ...]:
        """Give up to three lines of a category that differ."""
        lines = self._samples[category][:_CANDIDATES]
        return _differing(Example("", "", _shorten_right(line)) for line in lines)

    def _sample(self, category: Category, line: str) -> None:
        """Keep every line with the same chance (reservoir sampling)."""
        sample = self._samples[category]
        if len(sample) < SAMPLED_LINES:
            sample.append(line)
        elif (place := self._random.randrange(self._lines[category])) < SAMPLED_LINES:
            sample[place] = line

    def _examples(self, category: Category, chosen: Iterable[str]) -> dict[str, list[Example]]:
        """Cut out the first of the sampled lines that hold each phrase."""
        examples: dict[str, list[Example]] = {phrase: [] for phrase in chosen}
        for line in self._samples[category]:
            for phrase in phrases(line) & examples.keys():
                if len(examples[phrase]) < _CANDIDATES:
                    examples[phrase].append(_cut(line, phrase))
        return examples


def phrases(text: str) -> set[str]:
    """Give the phrases of a line that can be a wording, normalized.

    Examples
    --------
    >>> sorted(phrases("Ну, это дорого! Я подумаю."))
    ['это дорого', 'я подумаю']
    """
    return set(_phrases(text))


def _phrases(text: str) -> Iterator[str]:
    for piece in _BREAK.split(normalize(text)):
        words = _WORD.findall(piece)
        for start, first in enumerate(words):
            if first in NEVER_FIRST:
                continue
            says = first not in FUNCTION_WORDS
            for end in range(start + 1, min(start + _LENGTHS[-1], len(words))):
                says = says or words[end] not in FUNCTION_WORDS
                if says and words[end] not in NEVER_LAST:
                    yield " ".join(words[start : end + 1])


def log_odds(here: int, elsewhere: int, lines_here: int, lines_elsewhere: int) -> float:
    """How much more typical a phrase is here than elsewhere, in standard errors.

    Parameters
    ----------
    here, elsewhere : int
        Lines that hold the phrase.
    lines_here, lines_elsewhere : int
        All lines.

    Examples
    --------
    >>> log_odds(30, 3, 100, 300) > 3 > 0 > log_odds(3, 30, 100, 300)
    True
    """
    prior = _PRIOR_SHARE * (here + elsewhere)
    prior_lines = _PRIOR_SHARE * (lines_here + lines_elsewhere)
    first, second = here + prior, elsewhere + prior
    # A phrase in every line would leave no line for the odds.
    rest_here = max(lines_here + prior_lines - first, 0.5)
    rest_elsewhere = max(lines_elsewhere + prior_lines - second, 0.5)
    difference = math.log(first / rest_here) - math.log(second / rest_elsewhere)
    return difference / math.sqrt(1 / first + 1 / second)


def _prune(counter: Counter[str], most: int) -> Counter[str]:
    """Drop the rarest phrases; a counter in which nearly all are equally rare is emptied of them."""
    floor = sorted(counter.values(), reverse=True)[most]
    return Counter({phrase: lines for phrase, lines in counter.items() if lines > floor})


def _pieces(lines: Mapping[str, int]) -> set[str]:
    """Find phrases that stand nearly always in one longer phrase."""
    return {
        shorter
        for phrase, count in lines.items()
        for shorter in _inner(phrase)
        if shorter in lines and count >= _NEARLY_ALL * lines[shorter]
    }


def _inner(phrase: str) -> Iterator[str]:
    words = phrase.split()
    for length in range(_LENGTHS[0], len(words)):
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])


def _choose(typical: Mapping[str, float]) -> list[str]:
    """Take the most typical phrases; no two share a pair of words, or one would say what the other says."""
    chosen: list[str] = []
    taken: set[tuple[str, str]] = set()
    sure = (phrase for phrase, errors in typical.items() if errors >= _SURE)
    for phrase in sorted(sure, key=lambda phrase: (-typical[phrase], phrase)):
        pairs = set(pairwise(phrase.split()))
        if not pairs & taken and len(chosen) < SHOWN_WORDINGS:
            chosen.append(phrase)
            taken |= pairs
    return chosen


def _cut(line: str, phrase: str) -> Example:
    """Cut a line around a phrase; the phrase keeps its spelling."""
    aligned = align(line)
    pattern = r"(?<!\w)" + r"\W+".join(map(re.escape, phrase.split())) + r"(?!\w)"
    found = re.search(pattern, aligned.text)
    if found is None:  # pragma: no cover (phrases() has found it in this very line)
        return Example(line[: 2 * _AROUND], "", "")
    start, end = aligned.starts[found.start()], aligned.ends[found.end() - 1]
    return Example(_shorten_left(line[:start]), line[start:end], _shorten_right(line[end:]))


def _shorten_left(text: str) -> str:
    text = " ".join(text.split()) + (" " if text[-1:].isspace() else "")
    if len(text) <= _AROUND:
        return text.lstrip()
    return "… " + text[-_AROUND:].partition(" ")[2]


def _shorten_right(text: str) -> str:
    text = (" " if text[:1].isspace() else "") + " ".join(text.split())
    if len(text) <= _AROUND:
        return text
    return text[:_AROUND].rpartition(" ")[0] + " …"


def _spelling(phrase: str, examples: Iterable[Example]) -> str:
    """Write a phrase as most examples do: normalizing has taken ё and doubled letters."""
    spellings = Counter(" ".join(example.phrase.lower().split()) for example in examples)
    return spellings.most_common(1)[0][0] if spellings else phrase


def _differing(examples: Iterable[Example]) -> tuple[Example, ...]:
    """Choose up to three examples that are not alike."""
    kept: list[tuple[Example, set[str]]] = []

    def is_new(words: set[str]) -> bool:
        return all(
            words != other and len(words & other) <= _ALIKE * min(len(words), len(other)) for _, other in kept
        )

    for example in examples:
        words = set(_WORD.findall(normalize(example.before + example.after)))
        if is_new(words):
            kept.append((example, words))
    return tuple(example for example, _ in islice(kept, SHOWN_EXAMPLES))
