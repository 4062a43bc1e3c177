"""A home in which a correction can be learned within seconds."""

import csv
from pathlib import Path

from objections.labels import CATEGORIES, PRICE
from objections.phrases import Phrase
from tests.support import ROOT
from tests.tiny_model import publish_tiny

MODEL = "20300101T000000-000000"
LINE = "зузубрики у вас нынче по тарабумбе"
"""Words that no labelled line has: only a correction can say what they mean."""
WEIGHT = 20
"""What the correction counts as, to be heard among so few lines."""


def make_circle_home(folder: Path, phrases: list[Phrase]) -> None:
    """Put a model into a folder that takes `LINE` for no objection, and some labelled lines."""
    (folder / "data").mkdir()
    (folder / "data" / "glossary.toml").symlink_to(ROOT / "data" / "glossary.toml")
    _write(folder / "data" / "labeled_phrases.csv", phrases[::5], 30)
    _write(folder / "data" / "evaluation_phrases.csv", phrases[1::5], 10)
    publish_tiny(folder / "models", MODEL, {"дорого": PRICE})


def _write(path: Path, phrases: list[Phrase], per_category: int) -> None:
    """Write the first so many lines of each category as a labelled file."""
    chosen = [
        phrase
        for category in CATEGORIES
        for phrase in [one for one in phrases if one.category == category][:per_category]
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["text", "category", "glossary"])
        writer.writerows([phrase.text, phrase.category, phrase.glossary] for phrase in chosen)
