"""Figures of verdicts beside labels, for cards, gates and reports."""

from collections.abc import Sequence

import numpy as np
from sklearn.metrics import accuracy_score, confusion_matrix, precision_recall_fscore_support, recall_score

from objections.card import ClassScores, Metrics
from objections.decision import DECIMALS, Verdict
from objections.labels import NO_OBJECTION, NO_TERM, TERMS, order_categories
from objections.phrases import Phrase
from training.calibration import expected_calibration_error


def measure(phrases: Sequence[Phrase], verdicts: Sequence[Verdict], method: str) -> Metrics:
    """Compare verdicts with labels.

    Parameters
    ----------
    phrases : sequence of Phrase, one or more
    verdicts : sequence of Verdict
        As many, in their order.
    method : str
        Which lines they are, in words for the card.
    """
    true = [phrase.category for phrase in phrases]
    answered = [verdict.category for verdict in verdicts]
    right = np.array(true) == np.array(answered)
    confidence = np.array([verdict.confidence for verdict in verdicts])
    uncertain = np.array([verdict.uncertain for verdict in verdicts])
    names = order_categories([*true, *answered])
    categories = _class_scores(true, answered, names)
    matrix = confusion_matrix(true, answered, labels=names)
    silent = np.array(true) == NO_OBJECTION
    f1_of_present = [scores.f1 for scores in categories.values() if scores.support]
    return Metrics(
        method=method,
        lines=len(phrases),
        macro_f1=round(float(np.mean(f1_of_present)), DECIMALS),
        accuracy=round(float(accuracy_score(true, answered)), DECIMALS),
        categories=categories,
        confusion={
            row: dict(zip(names, counts.tolist(), strict=True))
            for row, counts in zip(names, matrix, strict=True)
        },
        false_alarms=_share(~right[silent]),
        calibration_error=round(expected_calibration_error(confidence, right), DECIMALS),
        uncertain=_share(uncertain),
        uncertain_errors=_share(uncertain[~right]),
        **_glossary_figures(phrases, verdicts),
    )


def _class_scores(
    true: Sequence[str], answered: Sequence[str], names: Sequence[str]
) -> dict[str, ClassScores]:
    table = precision_recall_fscore_support(true, answered, labels=names, zero_division=0)
    return {
        name: ClassScores(
            precision=round(float(precision), DECIMALS),
            recall=round(float(recall), DECIMALS),
            f1=round(float(f1), DECIMALS),
            support=int(support),
        )
        for name, precision, recall, f1, support in zip(names, *table, strict=True)
    }


def _glossary_figures(phrases: Sequence[Phrase], verdicts: Sequence[Verdict]) -> dict[str, object]:
    true = np.array([phrase.glossary for phrase in phrases])
    given = np.array([verdict.term or NO_TERM for verdict in verdicts])
    objection = np.array([phrase.category != NO_OBJECTION for phrase in phrases])
    recalls = recall_score(true, given, labels=TERMS, average=None, zero_division=0)
    return {
        "glossary_accuracy": _share((true == given)[objection]),
        "glossary_recall": {
            term: round(float(recall), DECIMALS) for term, recall in zip(TERMS, recalls, strict=True)
        },
        "glossary_false_alarms": _share(given[true == NO_TERM] != NO_TERM),
    }


def _share(of: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> float:
    return round(float(of.mean()), DECIMALS) if len(of) else 0.0
