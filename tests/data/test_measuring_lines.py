"""The lines that robustness is measured on keep what their datasheet says (data/README.md)."""

import csv
from collections import defaultdict

import pytest

from objections.labels import CATEGORIES, NO_OBJECTION
from objections.phrases import Phrase, read_phrases
from tests.support import ROOT
from training.near_copies import find_near_copies
from training.robustness import SHORTEST_LONG, read_lines

LONG = ROOT / "data" / "long_phrases.csv"
NONSENSE = ROOT / "data" / "nonsense_lines.csv"


def test_long_lines_keep_the_guide() -> None:
    """Errors and contradictions raise; there are enough of each category."""
    phrases = read_phrases(LONG)
    assert len(phrases) >= 400
    assert {phrase.category for phrase in phrases} == set(CATEGORIES)


def test_each_objection_stands_alone_and_buried() -> None:
    """Two rows of one category to a pair: 4 to 10 words, and 20 to 40."""
    pairs = defaultdict(list)
    with LONG.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["pair"]:
                pairs[row["pair"]].append(row)
            else:
                assert row["category"] == NO_OBJECTION
                assert SHORTEST_LONG <= len(row["text"].split()) <= 40
    assert len(pairs) >= 150
    for short, long in (sorted(rows, key=lambda row: len(row["text"].split())) for rows in pairs.values()):
        assert short["category"] == long["category"] != NO_OBJECTION
        assert 4 <= len(short["text"].split()) <= 10
        assert SHORTEST_LONG <= len(long["text"].split()) <= 40


@pytest.mark.parametrize("path", [LONG, NONSENSE], ids=lambda path: path.stem)
def test_nothing_that_is_measured_with_was_learned(path: object, shipped_phrases: list[Phrase]) -> None:
    """No training line nearly copies one of them."""
    texts = (
        [phrase.text for phrase in read_phrases(LONG)]
        if path == LONG
        else [t for t, _ in read_lines(NONSENSE)]
    )
    pairs = find_near_copies([phrase.text for phrase in shipped_phrases], texts)
    assert [shipped_phrases[left].text for left, _ in pairs.tolist()] == []


def test_nonsense_is_told_apart_by_kind() -> None:
    """Six kinds, no line twice."""
    lines = read_lines(NONSENSE)
    assert {kind for _, kind in lines} == {"english", "kazakh", "other", "hallucination", "song", "keyboard"}
    assert len({text for text, _ in lines}) == len(lines) >= 300
