"""Stem n-grams."""

from collections.abc import Callable
from types import ModuleType

from training import stems
from training.stems import stem_ngrams


def test_examples(doctest_module: Callable[[ModuleType], None]) -> None:
    """What the docstrings show is so."""
    doctest_module(stems)


def test_gaps_are_of_one_and_two_words() -> None:
    """Not of none, and not of three."""
    apart = {ngram for ngram in stem_ngrams("не очень работает у вас") if "…" in ngram}
    assert apart == {"не…работ", "очень…у", "работ…вас", "не…у", "очень…вас"}


def test_a_text_without_words_has_only_its_edges() -> None:
    """So that silence is not unknown."""
    assert stem_ngrams("?!") == ["< >"]
