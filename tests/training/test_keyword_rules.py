"""Rules by keyword."""

from collections.abc import Callable
from types import ModuleType

import pytest

from objections.labels import CATEGORIES, Category
from training import keyword_rules
from training.keyword_rules import PATTERNS, answer_by_rules


def test_examples_in_the_docstrings(doctest_module: Callable[[ModuleType], None]) -> None:
    """They hold."""
    doctest_module(keyword_rules)


@pytest.mark.parametrize("category", CATEGORIES)
def test_each_category_has_a_careful_list(category: Category) -> None:
    """Fifteen patterns at least, none twice."""
    patterns = PATTERNS[category]
    assert len(set(patterns)) == len(patterns) >= 15


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("ДОРОГО", "цена"),
        ("рассрочка есть?", "цена"),
        ("а гарантия какая", "сомнение в качестве"),
        ("не интересует", "отказ"),
        ("цена устраивает", "нет возражения"),
    ],
)
def test_plain_lines_are_told_apart(text: str, category: Category) -> None:
    """Case and doubled letters change nothing."""
    assert answer_by_rules(text) == category


def test_a_line_without_any_keyword_is_no_objection() -> None:
    """Most lines of a call are."""
    assert answer_by_rules("семнадцать") == "нет возражения"


def test_the_reason_beats_the_bare_refusal() -> None:
    """Where as many patterns of both are found."""
    assert answer_by_rules("не надо, дорого") == "цена"


def test_a_pattern_begins_at_a_word() -> None:
    """«ого» is not found in «много»."""
    assert answer_by_rules("много") == "нет возражения"
