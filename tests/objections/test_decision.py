"""The decision rule, on probabilities alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from objections.decision import DecisionRule, Thresholds, Verdict
from objections.labels import CATEGORIES, DEFAULT_TERM, NO_OBJECTION, NO_TERM, TERMS

CLASSES = (NO_TERM, *TERMS)
RULE = DecisionRule(Thresholds(uncertain_below=0.5, term_from=0.6), CATEGORIES, CLASSES)
EVEN = np.full(len(CLASSES), 1 / len(CLASSES))


def _decide(rule: DecisionRule, category: "np.ndarray", glossary: "np.ndarray") -> Verdict:
    (verdict,) = rule.decide(category[np.newaxis], glossary[np.newaxis])
    return verdict


def _probabilities(size: int) -> st.SearchStrategy["np.ndarray"]:
    return arrays(np.float64, size, elements=st.floats(1e-9, 1)).map(lambda row: row / row.sum())


def _glossary(**shares: float) -> "np.ndarray":
    return np.array([shares.get(name or "none", 0.0) for name in CLASSES])


@given(_probabilities(4), _probabilities(9))
def test_scores_sum_to_one_and_the_category_leads(category: "np.ndarray", glossary: "np.ndarray") -> None:
    """Rounding takes nothing away and changes no decision."""
    verdict = _decide(RULE, category, glossary)
    assert sum(verdict.scores.values()) == pytest.approx(1, abs=1e-12)
    assert verdict.category == CATEGORIES[int(category.argmax())]
    assert verdict.confidence >= max(verdict.scores.values()) - 1e-3


@given(_probabilities(4), _probabilities(9))
def test_every_objection_has_a_term(category: "np.ndarray", glossary: "np.ndarray") -> None:
    """And «Возражение» never goes with a line without objection."""
    verdict = _decide(RULE, category, glossary)
    if verdict.category == NO_OBJECTION:
        assert verdict.term != DEFAULT_TERM
    else:
        assert verdict.term in TERMS


def test_uncertain_is_what_lies_below_the_threshold() -> None:
    """The threshold itself is sure enough."""
    assert _decide(RULE, np.array([0.4999, 0.2, 0.2, 0.1001]), EVEN).uncertain
    assert not _decide(RULE, np.array([0.5, 0.2, 0.2, 0.1]), EVEN).uncertain


@pytest.mark.parametrize(("share", "term"), [(0.7, "ЛПР"), (0.55, None)])
def test_a_line_without_objection_gets_only_a_sure_term(share: float, term: str | None) -> None:
    """Below the threshold no entry is shown."""
    verdict = _decide(RULE, np.array([0.0, 0.0, 0.1, 0.9]), _glossary(ЛПР=share, none=1 - share))
    assert verdict.term == term


def test_an_objection_takes_its_best_term_however_unsure() -> None:
    """«No entry» is not open to an objection."""
    verdict = _decide(RULE, np.array([0.9, 0.1, 0.0, 0.0]), _glossary(none=0.8, ЛПР=0.15, КЭВ=0.05))
    assert (verdict.term, verdict.term_confidence) == ("ЛПР", 0.75)


def test_classes_may_come_in_any_order() -> None:
    """Columns are found by name."""
    rule = DecisionRule(RULE.thresholds, tuple(reversed(CATEGORIES)), CLASSES)
    assert _decide(rule, np.array([0.0, 0.1, 0.2, 0.7]), EVEN).category == "отказ"


@given(st.lists(st.tuples(_probabilities(4), _probabilities(9)), min_size=1, max_size=20))
def test_neighbours_do_not_change_a_verdict(rows: list[tuple["np.ndarray", "np.ndarray"]]) -> None:
    """Many lines are decided as each alone is."""
    together = RULE.decide(*(np.array(column) for column in zip(*rows, strict=True)))
    assert list(together) == [_decide(RULE, *row) for row in rows]
    assert len(together) == len(rows)


def test_a_model_without_terms_suggests_none_to_a_line_without_objection() -> None:
    """«Возражение» is not open to it, and there is nothing else."""
    rule = DecisionRule(Thresholds(uncertain_below=0.5, term_from=0.0), CATEGORIES, ("", DEFAULT_TERM))
    assert _decide(rule, np.array([0.0, 0.0, 0.1, 0.9]), np.array([0.3, 0.7])).term is None
    assert _decide(rule, np.array([0.9, 0.0, 0.1, 0.0]), np.array([0.9, 0.1])).term == DEFAULT_TERM
