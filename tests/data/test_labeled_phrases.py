"""The shipped labelled lines keep the hard rules."""

import csv
import re

from objections.labels import CATEGORIES, TERMS
from objections.phrases import Phrase
from objections.text import normalize, words
from tests.support import ROOT

FILE = ROOT / "data" / "labeled_phrases.csv"
COLUMNS = ["text", "category", "glossary", "speaker", "industry", "channel", "source"]

TELEPHONE = re.compile(r"(?:\+7|\b[78])[\s(-]*\d{3}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}\b")
CARD = re.compile(r"\b(?:\d{4}[\s-]?){4}\b")


def _rows() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_row_is_whole() -> None:
    """All seven columns, in order; only the glossary may be empty."""
    rows = _rows()
    assert list(rows[0]) == COLUMNS
    for row in rows:
        assert all(row[column] for column in COLUMNS if column != "glossary"), row


def test_the_guide_is_kept(shipped_phrases: list[Phrase]) -> None:
    """Labels, terms and speakers are the guide's and do not contradict each other (read_phrases checks)."""
    assert {phrase.category for phrase in shipped_phrases} == set(CATEGORIES)
    assert {phrase.glossary for phrase in shipped_phrases} == {"", *TERMS}


def test_no_line_stands_twice(shipped_phrases: list[Phrase]) -> None:
    """After case, ё and punctuation are folded."""
    keys = [" ".join(words(normalize(phrase.text))) or phrase.text for phrase in shipped_phrases]
    assert len(set(keys)) == len(keys)


def test_no_personal_data(shipped_phrases: list[Phrase]) -> None:
    """No e-mail addresses, no telephone or card numbers."""
    for phrase in shipped_phrases:
        assert not re.search(r"\w@\w+\.\w", phrase.text), phrase.row
        assert not TELEPHONE.search(phrase.text), phrase.row
        assert not CARD.search(phrase.text), phrase.row
