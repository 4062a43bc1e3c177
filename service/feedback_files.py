"""Corrections as a labelled file, and labelled files as corrections."""

from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from objections.classifier import Classifier
from objections.line import Line
from objections.phrases import read_phrases
from service.correcting import keep, mask_and_keep
from service.store.corrections import NewCorrection, add_corrections, labelled_lines
from service.writers import open_writer

COLUMNS: Final = ("text", "category", "glossary", "speaker", "source")
SOURCE: Final = "feedback"
"""The batch that corrections form: left out as a whole where a model is measured."""


def export_feedback(session: Session, target: str) -> tuple[int, int]:
    """Write one labelled line for each corrected text; give how many, and how many are disputed."""
    lines, disputed = labelled_lines(session)
    with open_writer(target, COLUMNS) as writer:
        # The text is what counts: a correction of a line that the seller said would be refused by training.
        writer.write([line.text, line.category, line.term, None, SOURCE] for line in lines)
    return len(lines), disputed


def import_feedback(
    session: Session, path: Path, author: str, classifier: Classifier, *, masked: bool
) -> tuple[int, int]:
    """Store the lines of a labelled file as corrections; give how many are new, and how many were known.

    Raises
    ------
    DataError, BadRowsError
        As `read_phrases`; nothing is stored then.
    """
    phrases = read_phrases(path)
    answers = classifier.classify([Line(phrase.text) for phrase in phrases])
    stored_as = mask_and_keep if masked else keep
    corrections = [
        NewCorrection(
            author=author,
            text=stored_as(phrase.text),
            category=phrase.category,
            term=phrase.glossary,
            model=answer.model,
            answered_category=answer.category,
            answered_confidence=answer.confidence,
            answered_term=answer.suggestion.entry.term if answer.suggestion else None,
            speaker=phrase.speaker or None,
            source="import",
        )
        for phrase, answer in zip(phrases, answers, strict=True)
    ]
    stored = add_corrections(session, corrections)
    new = sum(one.new for one in stored)
    return new, len(stored) - new
