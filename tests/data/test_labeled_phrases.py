"""The shipped lines keep the hard rules of their datasheet (data/README.md)."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from objections.labels import NO_OBJECTION, NO_TERM, TERMS
from objections.phrases import Phrase, read_phrases
from objections.privacy import find_personal_data
from tests.support import ROOT
from training import repetition
from training.audit import folded, near_pairs
from training.balance import CHANNELS, LARGEST_INDUSTRY, LENGTHS, measure_balance
from training.near_copies import find_near_copies

TRAINING = ROOT / "data" / "labeled_phrases.csv"
EVALUATION = ROOT / "data" / "evaluation_phrases.csv"
COLUMNS = ["text", "category", "glossary", "speaker", "industry", "channel", "source"]
NEARLY = 0.03
"""How far a share may be from its aim."""


@pytest.fixture(scope="module")
def evaluation() -> list[Phrase]:
    """Read the evaluation lines; contradictions and errors against the guide raise."""
    return read_phrases(EVALUATION)


@pytest.mark.parametrize("path", [TRAINING, EVALUATION], ids=lambda path: path.stem)
def test_every_row_is_whole(path: Path) -> None:
    """All seven columns, in order; only the glossary may be empty."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == COLUMNS
    for row in rows:
        assert all(row[column] for column in COLUMNS if column != "glossary"), row


def test_there_are_enough_lines_of_each_category(shipped_phrases: list[Phrase]) -> None:
    """Twenty thousand, and most lines of real calls are no objection."""
    counts = Counter(phrase.category for phrase in shipped_phrases)
    assert len(shipped_phrases) >= 20_000
    assert min(counts["цена"], counts["сомнение в качестве"], counts["отказ"]) >= 3_000
    assert counts[NO_OBJECTION] >= 11_000


def test_sellers_are_heard(shipped_phrases: list[Phrase]) -> None:
    """They name price, quality and refusal without objecting."""
    assert sum(phrase.speaker == "seller" for phrase in shipped_phrases) >= 2_000


def test_each_term_has_enough_lines(shipped_phrases: list[Phrase]) -> None:
    """And lines without objection have terms too."""
    counts = Counter(phrase.glossary for phrase in shipped_phrases)
    assert min(counts[term] for term in TERMS) >= 450
    assert sum(p.category == NO_OBJECTION and p.glossary != NO_TERM for p in shipped_phrases) >= 900


def test_channels_and_lengths_are_spread_as_planned(shipped_phrases: list[Phrase]) -> None:
    """Within three points of the plan."""
    shares = {(s.column, s.value): s for s in measure_balance(shipped_phrases) if s.aim is not None}
    assert len(shares) == len(CHANNELS) + len(LENGTHS)
    for share in shares.values():
        assert share.share == pytest.approx(share.aim, abs=NEARLY), share


def test_many_trades_and_none_too_large(shipped_phrases: list[Phrase]) -> None:
    """At least forty industries, none over six in a hundred."""
    counts = Counter(phrase.industry for phrase in shipped_phrases)
    assert len(counts) >= 40
    assert max(counts.values()) <= LARGEST_INDUSTRY * len(shipped_phrases)


def test_the_evaluation_set_has_the_mix_of_a_call(evaluation: list[Phrase]) -> None:
    """At least two thousand lines; about seventy in a hundred of the clients' are no objection."""
    assert len(evaluation) >= 2_000
    clients = [phrase.category for phrase in evaluation if phrase.speaker == "client"]
    assert clients.count(NO_OBJECTION) / len(clients) == pytest.approx(0.70, abs=0.03)


def test_no_line_stands_twice(shipped_phrases: list[Phrase], evaluation: list[Phrase]) -> None:
    """After case, ё and punctuation are folded; not in one file and not across both."""
    keys = Counter(folded(phrase.text) for phrase in [*shipped_phrases, *evaluation])
    assert [key for key, count in keys.items() if count > 1] == []


def test_near_copies_are_few(shipped_phrases: list[Phrase]) -> None:
    """Under half a percent (character 5-gram Jaccard ≥ 0.8)."""
    assert len(near_pairs(shipped_phrases)) < 0.005 * len(shipped_phrases)


def test_no_evaluation_line_is_nearly_a_training_line(
    shipped_phrases: list[Phrase], evaluation: list[Phrase]
) -> None:
    """The yardstick is not learned by heart."""
    pairs = find_near_copies([p.text for p in shipped_phrases], [p.text for p in evaluation])
    assert [shipped_phrases[left].text for left, _ in pairs.tolist()] == []


def test_training_and_evaluation_share_no_batch(
    shipped_phrases: list[Phrase], evaluation: list[Phrase]
) -> None:
    """Nobody wrote for both."""
    assert not {phrase.source for phrase in shipped_phrases} & {phrase.source for phrase in evaluation}


def test_no_opening_is_worn_out(shipped_phrases: list[Phrase]) -> None:
    """No three first words in over half a percent of the lines."""
    openings = repetition.openings(shipped_phrases)
    assert len(openings) > 5_000
    assert repetition.repeated(openings, repetition.LARGEST_OPENING, len(shipped_phrases)) == []


def test_no_personal_data(shipped_phrases: list[Phrase], evaluation: list[Phrase]) -> None:
    """No telephone numbers, e-mail addresses, card numbers."""
    found = [phrase.text for phrase in [*shipped_phrases, *evaluation] if find_personal_data(phrase.text)]
    assert found == []
