"""A served model judged on a labelled file."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from objections.classifier import Classifier
from objections.labels import CATEGORIES, NO_OBJECTION
from tests.support import ROOT, make_evaluation, make_phrase, make_verdict
from training.evaluation import WORST, Evaluation, Labelled, evaluate
from training.evaluation_text import FAMILIAR, NO_TERMS, to_json, write_text

EVALUATION = ROOT / "data" / "evaluation_phrases.csv"


@pytest.fixture(scope="module")
def evaluation(small: Classifier) -> Evaluation:
    """The small model on the shipped evaluation lines."""
    return evaluate(small, Labelled.read(EVALUATION))


def test_it_judges_what_is_served(small: Classifier, evaluation: Evaluation) -> None:
    """The same answers as any door gives, for each line."""
    predictions = small.classify([phrase.text for phrase in evaluation.labelled.phrases])
    assert [verdict.category for verdict in evaluation.verdicts] == [p.category for p in predictions]
    assert [verdict.scores for verdict in evaluation.verdicts] == [p.scores for p in predictions]
    assert [verdict.term for verdict in evaluation.verdicts] == [
        p.suggestion.entry.term if p.suggestion else None for p in predictions
    ]


def test_lines_of_the_seller_are_judged_too(evaluation: Evaluation) -> None:
    """The label is about the text."""
    assert any(phrase.speaker == "seller" for phrase in evaluation.labelled.phrases)
    with EVALUATION.open(encoding="utf-8", newline="") as file:
        assert evaluation.metrics.lines == sum(1 for _ in csv.DictReader(file))


def test_intervals_hold_their_figures(evaluation: Evaluation) -> None:
    """Each figure lies within its own."""
    metrics, intervals = evaluation.metrics, evaluation.intervals
    pairs = [
        (metrics.macro_f1, intervals.macro_f1),
        (metrics.false_alarms, intervals.false_alarms),
        (metrics.glossary_accuracy, intervals.glossary_accuracy),
        *((metrics.categories[name].f1, intervals.f1[name]) for name in CATEGORIES),
    ]
    for figure, interval in pairs:
        assert interval is not None
        assert interval.low < figure < interval.high
    assert metrics.intervals == intervals


def test_the_worst_mistakes_are_the_surest_wrong_answers() -> None:
    """Right answers are none, however sure; twenty at most."""
    phrases = [make_phrase("цена", "КЭВ", f"строка {n}", n) for n in range(2, 50)]
    verdicts = [make_verdict("отказ", "КЭВ", n / 100) for n in range(30, 77)] + [
        make_verdict("цена", "КЭВ", 0.99)
    ]
    worst = make_evaluation(phrases, verdicts).worst
    assert len(worst) == WORST
    assert (worst[0][0].row, worst[0][1].confidence) == (48, 0.76)
    assert all(verdict.category == "отказ" for _, verdict in worst)


def test_the_text_says_it_all(evaluation: Evaluation) -> None:
    """Figures, intervals, confusion, calibration, glossary, mistakes."""
    out = StringIO()
    write_text(evaluation, out)
    text = out.getvalue()
    assert text.startswith(f"model {evaluation.card.id} on all {evaluation.metrics.lines} lines of")
    assert f"macro-F1 {evaluation.metrics.macro_f1:.3f} [" in text
    for word in (*CATEGORIES, "true, then answered", "false alarms", "uncertain", "calibration error", "КЭВ"):
        assert word in text
    assert "the 20 worst mistakes" in text
    assert f"row {evaluation.worst[0][0].row}, " in text
    assert FAMILIAR not in text


def test_one_mistake_stays_on_one_line() -> None:
    """Neither a line break nor an escape sequence of a text reaches the terminal."""
    phrases = [make_phrase("цена", "КЭВ", "раз\nдва\x1b[31m три")]
    out = StringIO()
    write_text(make_evaluation(phrases, [make_verdict("отказ", "КЭВ")]), out)
    assert "| раз два [31m три\n" in out.getvalue()
    assert "\x1b" not in out.getvalue()


def test_a_model_without_mistakes_is_said_to_have_none() -> None:
    """Instead of an empty list."""
    out = StringIO()
    write_text(make_evaluation([make_phrase(NO_OBJECTION)], [make_verdict(NO_OBJECTION)]), out)
    assert "no mistakes" in out.getvalue()


def test_a_file_without_terms_is_not_judged_by_them(small: Classifier, tmp_path: Path) -> None:
    """Every objection would have the default one."""
    path = tmp_path / "plain.csv"
    path.write_text("text,category\nдорого,цена\nда,нет возражения\n", encoding="utf-8")
    out = StringIO()
    write_text(evaluate(small, Labelled.read(path)), out)
    assert NO_TERMS in out.getvalue()
    assert "right term" not in out.getvalue()


def test_the_training_file_is_recognised(small: Classifier, small_csv: Path) -> None:
    """Its figures flatter, and that is said."""
    out = StringIO()
    write_text(evaluate(small, Labelled.read(small_csv)), out)
    assert FAMILIAR in out.getvalue()


def test_figures_for_machines_hold_no_words_of_clients(evaluation: Evaluation) -> None:
    """They can be passed on; the row says where the line stands."""
    figures = json.loads(to_json(evaluation))
    assert figures["metrics"]["macro_f1"] == evaluation.metrics.macro_f1
    assert figures["metrics"]["intervals"]["f1"].keys() == set(CATEGORIES)
    assert sum(bin_["lines"] for bin_ in figures["reliability"]) == evaluation.metrics.lines
    assert figures["worst"][0].keys() == {"row", "true", "answered", "confidence"}
    assert len(figures["worst"]) == WORST
    assert evaluation.worst[0][0].text not in to_json(evaluation)
