"""Corrections on their way into the store: labels checked, personal data masked, the answer filled in."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from objections.classifier import Classifier
from objections.labels import DEFAULT_TERM, NO_OBJECTION, NO_TERM, TERMS
from objections.line import Line
from objections.privacy import mask
from objections.text import is_blank
from service.correction_schemas import CorrectionRequest, GivenAnswer
from service.problems import InputProblem
from service.store.corrections import NewCorrection

NOBODY: Final = "nobody"
"""Who corrects where neither a key nor the request says it."""

Mask = Callable[[str], str]


def keep(text: str) -> str:
    """Store a text as it is, but for what PostgreSQL cannot hold."""
    return text.replace("\0", " ")


def mask_and_keep(text: str) -> str:
    """Store a text without telephone numbers, e-mail addresses and card numbers."""
    return keep(mask(text))


def check_labels(
    where: str, category: str | None, term: str | None, categories: Sequence[str]
) -> Iterator[InputProblem]:
    """Find what is wrong with a category and a term, naming what is allowed."""
    at = f"{where}." if where else ""
    if category not in categories:
        yield InputProblem(where=f"{at}category", problem=f"is not one of: {', '.join(categories)}")
    if term is not None and term not in TERMS:
        yield InputProblem(where=f"{at}glossary", problem=f"is not one of: {', '.join(TERMS)}; or null")
    if term == DEFAULT_TERM and category == NO_OBJECTION:
        problem = f"«{DEFAULT_TERM}» is for objections; name another term or leave it out"
        yield InputProblem(where=f"{at}glossary", problem=problem)


def fill_term(category: str, term: str | None) -> str:
    """Give the term, or the one that the labelled data would have."""
    if term is not None:
        return term
    return NO_TERM if category == NO_OBJECTION else DEFAULT_TERM


def check_corrections(
    corrections: Sequence[CorrectionRequest], places: Sequence[str], categories: Sequence[str]
) -> list[InputProblem]:
    """Find all that is wrong with corrections."""
    problems = []
    for place, correction in zip(places, corrections, strict=True):
        if is_blank(correction.text):
            where = f"{place}.text" if place else "text"
            problems.append(InputProblem(where=where, problem="is empty: send the line that was corrected"))
        problems += check_labels(place, correction.category, correction.glossary, categories)
    return problems


def prepare(
    corrections: Sequence[CorrectionRequest], author: str | None, stored_as: Mask, classifier: Classifier
) -> list[NewCorrection]:
    """Make corrections as they are stored; what was not said of the answer is asked of the current model.

    Parameters
    ----------
    corrections : sequence of CorrectionRequest
        Checked.
    author : str or None
        Whom the API key belongs to: it outweighs what the request says.
    stored_as : callable
        `keep` or `mask_and_keep`.
    classifier : Classifier
    """
    return [_prepare(correction, author, stored_as, classifier) for correction in corrections]


def _prepare(
    correction: CorrectionRequest, author: str | None, stored_as: Mask, classifier: Classifier
) -> NewCorrection:
    answer, model = correction.answer, correction.model
    if answer is None:
        answer, model = _ask(correction.text, classifier), classifier.card.id
    return NewCorrection(
        author=author or correction.author or NOBODY,
        text=stored_as(correction.text),
        category=correction.category,
        term=fill_term(correction.category, correction.glossary),
        model=model or classifier.card.id,
        answered_category=answer.category,
        answered_confidence=answer.confidence,
        answered_term=answer.glossary,
        speaker=correction.speaker and keep(correction.speaker),
        call_id=correction.call_id and keep(correction.call_id),
        number=correction.number,
        id=correction.id,
    )


def _ask(text: str, classifier: Classifier) -> GivenAnswer:
    (now,) = classifier.classify([Line(text)])
    term = now.suggestion.entry.term if now.suggestion else None
    return GivenAnswer(category=now.category, confidence=now.confidence, glossary=term)
