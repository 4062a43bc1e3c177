"""An evaluation in words for a terminal, and its figures for machines."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TextIO

from objections.card import Interval
from objections.labels import TERMS
from training.evaluation import Evaluation

FAMILIAR = "The model was trained on this very file: these figures flatter and say nothing about other lines."
NO_TERMS = "The file names no terms, so glossary figures are left out."


def write_text(evaluation: Evaluation, out: TextIO) -> None:
    """Write every figure, and the worst mistakes."""
    metrics, intervals = evaluation.metrics, evaluation.intervals
    out.write(f"model {evaluation.card.id} on {metrics.method}\n")
    if evaluation.is_familiar:
        out.write(f"{FAMILIAR}\n")
    out.write(f"\nmacro-F1 {metrics.macro_f1:.3f}{_around(intervals.macro_f1)}")
    out.write(f"   accuracy {metrics.accuracy:.3f}   95 % intervals by bootstrap over lines\n\n")
    out.write(f"{'category':<20} precision  recall     F1  {'95 %':<15} lines\n")
    out.writelines(
        f"{name:<20} {scores.precision:>9.3f} {scores.recall:>7.3f} {scores.f1:>6.3f}  "
        f"{_around(intervals.f1[name]).strip():<14} {scores.support:>6}\n"
        for name, scores in metrics.categories.items()
    )
    _write_confusion(evaluation, out)
    out.write(
        f"\nfalse alarms {metrics.false_alarms:.1%}{_around(intervals.false_alarms, '.1%')} "
        "of the lines without objection are taken for one\n"
        f"uncertain {metrics.uncertain:.1%} of the lines; they hold {metrics.uncertain_errors:.1%} "
        "of the errors\n"
    )
    _write_calibration(evaluation, out)
    _write_glossary(evaluation, out)
    _write_worst(evaluation, out)


def to_json(evaluation: Evaluation) -> str:
    """Give the figures for machines; mistakes by their rows, without what was said."""
    content = {
        "model": evaluation.card.id,
        "file": evaluation.labelled.name,
        "data": evaluation.labelled.data.model_dump(mode="json"),
        "trained_on_it": evaluation.is_familiar,
        "names_terms": evaluation.labelled.names_terms,
        "metrics": evaluation.metrics.model_dump(mode="json"),
        "reliability": [asdict(bin_) for bin_ in evaluation.bins],
        "worst": [
            {
                "row": phrase.row,
                "true": phrase.category,
                "answered": verdict.category,
                "confidence": verdict.confidence,
            }
            for phrase, verdict in evaluation.worst
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _write_confusion(evaluation: Evaluation, out: TextIO) -> None:
    names = list(evaluation.metrics.confusion)
    width = max(map(len, names))
    out.write(f"\n{'true, then answered':<20} {_row(names, width)}\n")
    out.writelines(
        f"{name:<20} {_row([str(row[other]) for other in names], width)}\n"
        for name, row in evaluation.metrics.confusion.items()
    )


def _row(cells: Sequence[str], width: int) -> str:
    return " ".join(f"{cell:>{width}}" for cell in cells)


def _write_calibration(evaluation: Evaluation, out: TextIO) -> None:
    out.write(f"\ncalibration error {evaluation.metrics.calibration_error:.3f}\n")
    out.write("confidence      lines  mean confidence  right\n")
    out.writelines(
        f"{bin_.start:.2f} … {bin_.end:.2f} {bin_.lines:>8} {bin_.confidence:>16.3f} {bin_.accuracy:>6.3f}\n"
        for bin_ in evaluation.bins
    )


def _write_glossary(evaluation: Evaluation, out: TextIO) -> None:
    metrics, intervals = evaluation.metrics, evaluation.intervals
    if not evaluation.labelled.names_terms:
        out.write(f"\n{NO_TERMS}\n")
        return
    around = _around(intervals.glossary_accuracy, ".1%")
    out.write(f"\nglossary: right term for {metrics.glossary_accuracy:.1%}{around} of the objections\n")
    out.write(f"{metrics.glossary_false_alarms:.1%} of the lines without a term get one\n")
    lines = evaluation.labelled.count_terms()
    out.write(f"{'term':<21}  recall  lines\n")
    for term in TERMS:
        recall = f"{metrics.glossary_recall[term]:.3f}" if lines[term] else "–"
        out.write(f"{term:<21} {recall:>7} {lines[term]:>6}\n")


def _write_worst(evaluation: Evaluation, out: TextIO) -> None:
    if not (worst := evaluation.worst):
        out.write("\nno mistakes\n")
        return
    out.write(f"\nthe {len(worst)} worst mistakes: the surest of the wrong answers\n")
    out.writelines(
        f"row {phrase.row}, {verdict.confidence:.3f}: {phrase.category} answered as "
        f"{verdict.category} | {_on_one_line(phrase.text)}\n"
        for phrase, verdict in worst
    )


def _on_one_line(text: str) -> str:
    """Take out line breaks, and what would drive the terminal."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _around(interval: Interval | None, form: str = ".3f") -> str:
    return f" [{interval.low:{form}}, {interval.high:{form}}]" if interval else ""
