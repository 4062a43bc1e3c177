"""Labelled files beside the one that a model learns from: checked, joined to it, weighed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from objections.errors import BadRow, BadRowsError
from objections.phrases import Phrase, read_phrases
from objections.privacy import find_personal_data
from objections.text import normalize
from training.near_copies import find_near_copies


@dataclass(frozen=True, slots=True)
class ExtraFile:
    """A labelled file to learn from too.

    Attributes
    ----------
    path : Path
    weight : float
        How many lines each of its lines counts as.
    corrects : bool
        Whether its labels take the place of others, as corrections do; else another label is a contradiction.
    """

    path: Path
    weight: float = 1.0
    corrects: bool = False


@dataclass(slots=True)
class Added:
    """What came of a file.

    Attributes
    ----------
    file : str
        Its name.
    weight : float
        Of each line.
    lines : int
        Added.
    known : int
        Lines that were there already with the same labels: not added again.
    corrected : int
        Lines that were there with other labels: taken out, for these are right.
    judged : int
        Corrections that nearly are lines of the evaluation file, which nothing is learned from: not added.
    """

    file: str
    weight: float
    lines: int = 0
    known: int = 0
    corrected: int = 0
    judged: int = 0

    def in_words(self) -> str:
        """Say it."""
        words = [f"{self.file}: {self.lines} lines added, each counts as {self.weight:g}"]
        if self.known:
            words.append(f"{self.known} known already")
        if self.corrected:
            words.append(f"{self.corrected} take the place of another label")
        if self.judged:
            words.append(f"{self.judged} not added, for models are judged by such lines")
        return "; ".join(words)


@dataclass(frozen=True, slots=True)
class Joined:
    """All that is learned from.

    Attributes
    ----------
    phrases : list of Phrase
        Those of extra files stand at the end.
    n_added : int
        How many do.
    added : list of Added
        One for each extra file.
    """

    phrases: list[Phrase]
    n_added: int
    added: list[Added]


def join(
    data: Path,
    phrases: Sequence[Phrase],
    extras: Sequence[ExtraFile],
    judged_by: Sequence[Phrase],
    categories: Sequence[str],
) -> Joined:
    """Join extra files to the lines of `data`; a line that is there already counts once.

    Parameters
    ----------
    data : Path
    phrases : sequence of Phrase
        Its lines.
    extras : sequence of ExtraFile
        In order: each may correct, or must not contradict, what stands before it.
    judged_by : sequence of Phrase
        Of the evaluation file: none of them, nor what nearly is one, is learned from.
    categories : sequence of str
        Those that a line may have.

    Raises
    ------
    BadRowsError
        Naming each row of an extra file that cannot be learned from.
    """
    pool = _Pool(data.name, phrases)
    added = []
    for extra in extras:
        new = read_phrases(extra.path, categories)
        judged = dict(find_near_copies(_texts(new), _texts(judged_by)).tolist())
        if not extra.corrects:
            rows = {new[number].row: judged_by[other].row for number, other in judged.items()}
            if bad := [row for phrase in new for row in _complain(phrase, rows, pool)]:
                raise BadRowsError(extra.path, bad)
        fresh = [phrase for number, phrase in enumerate(new) if number not in judged]
        added.append(pool.add(extra, fresh, len(judged)))
    return Joined([*pool.shipped, *pool.extra.values()], len(pool.extra), added)


class _Pool:
    """Lines that are learned, each found by its words."""

    def __init__(self, name: str, phrases: Sequence[Phrase]) -> None:
        self.shipped = list(phrases)
        self.extra: dict[str, Phrase] = {}
        self._known = {normalize(phrase.text): (phrase, name) for phrase in phrases}

    def find(self, phrase: Phrase) -> tuple[Phrase | None, str]:
        """Give the line of the same words, and the name of its file."""
        return self._known.get(normalize(phrase.text), (None, ""))

    def add(self, extra: ExtraFile, phrases: Sequence[Phrase], judged: int) -> Added:
        """Add lines; those with other labels take the place of the ones that are there."""
        added = Added(extra.path.name, extra.weight, judged=judged)
        corrected = set()
        for phrase in phrases:
            words, (other, _) = normalize(phrase.text), self.find(phrase)
            if other is not None and _labels(other) == _labels(phrase):
                added.known += 1
                continue
            if other is not None:
                corrected.add(words)
            batch = phrase.source or extra.path.name
            self.extra[words] = replace(phrase, weight=extra.weight, source=batch)
            self._known[words] = phrase, extra.path.name
            added.lines += 1
        self.shipped = [phrase for phrase in self.shipped if normalize(phrase.text) not in corrected]
        added.corrected = len(corrected)
        return added


def _complain(phrase: Phrase, judged: dict[int, int], pool: _Pool) -> Iterator[BadRow]:
    """Say why a line cannot be learned from; never with its words."""
    if found := find_personal_data(phrase.text):
        kinds = ", ".join(one.kind for one in found)
        yield BadRow(phrase.row, "text", f"holds personal data ({kinds}); write placeholders instead")
    if phrase.row in judged:
        yield BadRow(
            phrase.row, "text", f"nearly is row {judged[phrase.row]} of the evaluation file; leave it out"
        )
    other, file = pool.find(phrase)
    if other is not None and _labels(other) != _labels(phrase):
        yield BadRow(
            phrase.row,
            "category" if other.category != phrase.category else "glossary",
            f"«{_differing(phrase, other)}», but row {other.row} of {file} has the same text as "
            f"«{_differing(other, phrase)}»",
        )


def _labels(phrase: Phrase) -> tuple[str, str]:
    return phrase.category, phrase.glossary


def _differing(phrase: Phrase, other: Phrase) -> str:
    return phrase.category if phrase.category != other.category else phrase.glossary


def _texts(phrases: Sequence[Phrase]) -> list[str]:
    return [phrase.text for phrase in phrases]
