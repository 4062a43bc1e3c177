"""Categories in their order."""

from collections.abc import Callable
from types import ModuleType

from objections import labels
from objections.labels import CATEGORIES, order_categories


def test_examples(doctest_module: Callable[[ModuleType], None]) -> None:
    """The docstring says what happens."""
    doctest_module(labels)


def test_a_companys_own_categories_come_last_by_the_alphabet() -> None:
    """Each once, wherever the names come from."""
    names = ["перенос", *CATEGORIES[::-1], "аренда", "перенос"]
    assert order_categories(names) == (*CATEGORIES, "аренда", "перенос")
