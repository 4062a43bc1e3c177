"""What ablation and comparison count, and the table they print."""

from collections.abc import Callable, Sequence
from types import ModuleType

import numpy as np

from objections.arrays import Floats
from objections.labels import CATEGORIES
from objections.phrases import Phrase
from tests.support import make_phrase
from training import figures
from training.figures import COLUMNS, count_figures, score_both, write_header, write_row


def test_examples_in_the_docstrings(doctest_module: Callable[[ModuleType], None]) -> None:
    """They hold."""
    doctest_module(figures)


def test_false_alarms_are_a_share_of_the_lines_without_objection() -> None:
    """One calm line of two is taken for an objection; the missed objection is no alarm."""
    phrases = [make_phrase("нет возражения"), make_phrase("нет возражения"), make_phrase("цена", "КЭВ")]
    scores = np.array([[0.1, 0.2, 0.6, 0.1], [0, 0, 0, 1], [0, 0, 0, 1]])
    _, alarms = count_figures(phrases, scores)
    assert alarms == 0.5


def test_macro_f1_is_one_where_every_answer_is_right() -> None:
    """In the order of the categories."""
    phrases = [make_phrase(category, "Возражение") for category in CATEGORIES]
    assert count_figures(phrases, np.eye(4)) == [1.0, 0.0]


def _first_row(fit: Sequence[Phrase], scored: Sequence[Phrase]) -> Floats:
    """How many lines were fitted on, and the row of each line that is scored."""
    return np.array([[len(fit), phrase.row, 0.0, 0.0] for phrase in scored])


def test_left_out_scores_stand_in_the_order_of_the_file() -> None:
    """Whichever split scored them; the evaluation lines are scored by a fit on all."""
    lines = [make_phrase("цена", "КЭВ", row=row) for row in range(5)]
    splits = [(np.array([1, 3]), np.array([0, 2, 4])), (np.array([0, 2, 4]), np.array([3, 1]))]
    left_out, judged = score_both(_first_row, lines, lines[:2], splits)
    assert left_out[:, 0].tolist() == [2, 3, 2, 3, 2]
    assert left_out[:, 1].tolist() == [0, 1, 2, 3, 4]
    assert judged[:, 0].tolist() == [5, 5]


def test_rows_have_the_columns_of_the_header() -> None:
    """So that Markdown shows them."""
    cells = {line.count("|") for line in write_header("method").splitlines()}
    assert cells == {write_row("rules", [0.5] * len(COLUMNS)).count("|")}
