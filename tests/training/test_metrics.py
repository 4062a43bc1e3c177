"""Figures, on verdicts made by hand."""

import pytest

from objections.labels import NO_OBJECTION
from tests.support import make_phrase, make_verdict
from training.metrics import measure


def test_figures_are_counted_as_defined() -> None:
    """Small enough to count by hand."""
    phrases = [
        make_phrase("цена", "КЭВ"),
        make_phrase("цена", "ЛПР"),
        make_phrase("отказ", "Возражение"),
        make_phrase(NO_OBJECTION),
        make_phrase(NO_OBJECTION, "ЛПР"),
    ]
    verdicts = [
        make_verdict("цена", "КЭВ"),
        make_verdict("отказ", "ЛПР", uncertain=True),
        make_verdict("отказ", "КЭВ"),
        make_verdict("цена", "КЭВ"),
        make_verdict(NO_OBJECTION, "ЛПР"),
    ]
    metrics = measure(phrases, verdicts, "by hand")
    assert metrics.accuracy == pytest.approx(3 / 5)
    assert metrics.confusion["цена"] == {"отказ": 1, "сомнение в качестве": 0, "цена": 1, "нет возражения": 0}
    assert (metrics.categories["цена"].precision, metrics.categories["цена"].recall) == (0.5, 0.5)
    assert metrics.macro_f1 == pytest.approx((2 / 3 + 1 / 2 + 2 / 3) / 3, abs=1e-4)
    assert metrics.false_alarms == 0.5
    assert (metrics.uncertain, metrics.uncertain_errors) == (0.2, 0.5)
    assert metrics.glossary_accuracy == pytest.approx(2 / 3, abs=1e-4)
    assert metrics.glossary_recall["ЛПР"] == 1
    assert metrics.glossary_recall["Возражение"] == 0
    assert metrics.glossary_false_alarms == 1
    assert metrics.calibration_error == pytest.approx(0.2, abs=1e-4)
    assert metrics.intervals is None


def test_a_category_without_lines_does_not_count() -> None:
    """A file of price lines alone can be judged; one that is answered although it is absent costs recall."""
    phrases = [make_phrase("цена", "КЭВ")] * 4
    verdicts = [make_verdict("цена", "КЭВ")] * 3 + [make_verdict("отказ", "КЭВ")]
    metrics = measure(phrases, verdicts, "by hand")
    assert metrics.macro_f1 == pytest.approx(6 / 7, abs=1e-4)
    assert metrics.categories["отказ"].f1 == 0
    assert metrics.false_alarms == 0
