"""``objections audit``: what to look at in a labelled file before a model learns from it."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from cleanlab.filter import find_label_issues
from scipy.special import softmax

from objections.labels import CATEGORIES
from objections.phrases import Phrase, check_phrases
from objections.privacy import find_personal_data
from objections.text import normalize, words
from training import repetition
from training.balance import Share, largest_industries, measure_balance
from training.near_copies import find_near_copies
from training.pipeline import FitSettings
from training.validation import score_left_out

HARD: Final = ("error", "duplicate", "in the other file", "personal data")
"""What must be mended; the other findings are to be looked at."""

FEWEST_TO_FIT: Final = 200
"""Below this many lines a left-out model knows too little to doubt a label."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One row to look at.

    Attributes
    ----------
    row : int
        As a spreadsheet shows it: the header is row 1.
    check : str
        Which check found it.
    detail : str
        What was found, in words.
    text : str
        The line.
    """

    row: int
    check: str
    detail: str
    text: str = ""

    @property
    def is_hard(self) -> bool:
        """Whether it must be mended."""
        return self.check in HARD


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit found.

    Attributes
    ----------
    lines : int
        Well-formed lines.
    findings : list of Finding
        By check, then by row; doubtful labels with the most doubtful first.
    balance : list of Share
    industries : list of (str, float)
        The largest, with their shares.
    """

    lines: int
    findings: list[Finding]
    balance: list[Share]
    industries: list[tuple[str, float]]

    def counts(self) -> Counter[str]:
        """Count the findings by check."""
        return Counter(finding.check for finding in self.findings)


def audit(path: Path, other: Path | None, settings: FitSettings, progress: Callable[[str], None]) -> Audit:
    """Audit a labelled file.

    Parameters
    ----------
    path : Path
        The file.
    other : Path or None
        A labelled file that must share no line with it, such as the evaluation set.
    settings : FitSettings
        For the models that doubt labels.
    progress : callable
        Told in words what is going on.

    Raises
    ------
    DataError
        Where a file cannot be read as a labelled table at all.
    """
    phrases, complaints = check_phrases(path)
    findings = [Finding(complaint.row, "error", complaint.said) for complaint in complaints]
    progress(f"read {len(phrases)} well-formed lines from {path}; looking for copies")
    findings += _duplicates(phrases)
    if other is not None:
        findings += _shared(phrases, check_phrases(other)[0], other)
    findings += _personal_data(phrases)
    findings += _repetition(phrases)
    if len(phrases) >= FEWEST_TO_FIT:
        progress("fitting models that have not seen the lines they doubt")
        findings += _doubtful_labels(phrases, settings, progress)
    return Audit(len(phrases), findings, measure_balance(phrases), largest_industries(phrases))


def folded(text: str) -> str:
    """Fold a line for comparison: case, ё/е and punctuation; a line of marks alone stays as it is."""
    return " ".join(words(normalize(text))) or normalize(text)


def near_pairs(phrases: Sequence[Phrase]) -> list[tuple[Phrase, Phrase]]:
    """Pair each line that nearly copies an earlier one with the first such line; exact copies too."""
    texts = [phrase.text for phrase in phrases]
    first: dict[int, int] = {}
    for left, right in find_near_copies(texts, texts).tolist():
        if right < left:
            first[left] = min(right, first.get(left, right))
    return [(phrases[left], phrases[right]) for left, right in sorted(first.items())]


def _duplicates(phrases: Sequence[Phrase]) -> Iterator[Finding]:
    for phrase, earlier in near_pairs(phrases):
        same = folded(phrase.text) == folded(earlier.text)
        check = "duplicate" if same else "near-copy"
        yield Finding(phrase.row, check, f"of row {earlier.row}: {earlier.text}", phrase.text)


def _shared(phrases: Sequence[Phrase], others: Sequence[Phrase], path: Path) -> Iterator[Finding]:
    pairs = find_near_copies([p.text for p in phrases], [p.text for p in others]).tolist()
    for left, right in pairs:
        where = f"nearly row {others[right].row} of {path.name}: {others[right].text}"
        yield Finding(phrases[left].row, "in the other file", where, phrases[left].text)


def _personal_data(phrases: Sequence[Phrase]) -> Iterator[Finding]:
    for phrase in phrases:
        if found := find_personal_data(phrase.text):
            yield Finding(phrase.row, "personal data", ", ".join(one.kind for one in found), phrase.text)


def _repetition(phrases: Sequence[Phrase]) -> Iterator[Finding]:
    for check, groups, most in (
        ("opening", repetition.openings(phrases), repetition.LARGEST_OPENING),
        ("frame", repetition.frames(phrases), repetition.LARGEST_FRAME),
    ):
        for key, group in repetition.repeated(groups, most, len(phrases)):
            for phrase in group:
                yield Finding(phrase.row, check, f"«{key}» in {len(group)} lines", phrase.text)


def _doubtful_labels(
    phrases: Sequence[Phrase], settings: FitSettings, progress: Callable[[str], None]
) -> Iterator[Finding]:
    """Confident learning (Northcutt et al., JAIR 2021) on models that left the line's batch out."""
    probabilities = softmax(score_left_out(phrases, settings, progress).category, axis=1)
    labels = np.array([CATEGORIES.index(phrase.category) for phrase in phrases])
    doubtful = find_label_issues(labels, probabilities, return_indices_ranked_by="self_confidence")
    for number in doubtful.tolist():
        phrase, best = phrases[number], int(probabilities[number].argmax())
        detail = (
            f"labelled {phrase.category} ({probabilities[number, labels[number]]:.2f}), "
            f"the model says {CATEGORIES[best]} ({probabilities[number, best]:.2f})"
        )
        yield Finding(phrase.row, "doubtful label", detail, phrase.text)
