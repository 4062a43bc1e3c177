"""Variants of the model, on a few hundred lines."""

from dataclasses import replace

import pytest

from objections.labels import CATEGORIES
from objections.phrases import Phrase
from training.ablation import PLAIN, VARIANTS, Variant, measure_variants, score_variant
from training.figures import COLUMNS

SMALL = replace(PLAIN, char_range=(2, 3))


@pytest.mark.parametrize(
    "variant",
    [
        Variant("words", SMALL, ("word",)),
        Variant("ratios", SMALL, ("word", "char"), log_counts=True),
        Variant("smoothed", SMALL, ("word",), smoothing=0.1),
        Variant("one-vs-rest", SMALL, ("word",), one_vs_rest=True),
        Variant("binary, parts", SMALL, ("word", "stem"), change={"binary": True}, parts=True),
    ],
    ids=lambda variant: variant.name,
)
def test_each_kind_of_variant_learns(variant: Variant, shipped_phrases: list[Phrase]) -> None:
    """Better than chance on lines it has not seen."""
    scored = shipped_phrases[1::40]
    scores = score_variant(variant, shipped_phrases[::20], scored)
    answers = [CATEGORIES[best] for best in scores.argmax(axis=1)]
    right = sum(answer == phrase.category for answer, phrase in zip(answers, scored, strict=True))
    assert scores.shape == (len(scored), len(CATEGORIES))
    assert right > 0.55 * len(scored)


def test_figures_are_given_left_out_and_on_the_evaluation_set(shipped_phrases: list[Phrase]) -> None:
    """Macro-F1 and false alarms of each, in the columns of the table."""
    lines = shipped_phrases[::40]
    ((name, figures),) = measure_variants([Variant("words", SMALL, ("word",))], lines, lines[:60], 3)
    assert name == "words"
    assert len(figures) == len(COLUMNS)
    assert all(0 <= figure <= 1 for figure in figures)
    assert figures[2] > figures[0]  # the evaluation lines were fitted on here


def test_the_shipped_model_is_among_the_variants() -> None:
    """Each has a name of its own."""
    names = [variant.name for variant in VARIANTS]
    assert len(set(names)) == len(names)
    assert sum("(shipped)" in name for name in names) == 1
