"""Variants of the model, on a few hundred lines."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from objections.labels import CATEGORIES, NO_OBJECTION
from objections.phrases import Phrase
from tests.support import make_phrase
from training import ablation
from training.ablation import PLAIN, SHIPPED_VARIANT, VARIANTS, Variant, main, measure_variants, score_variant
from training.calibrations import CALIBRATION_COLUMNS
from training.figures import COLUMNS, write_header
from training.parts import most_objecting, split_parts
from training.word_classes import class_numbers

SMALL = replace(PLAIN, char_range=(2, 3))


@pytest.mark.parametrize(
    "variant",
    [
        Variant("words", SMALL, ("word",)),
        Variant("ratios", replace(SMALL, ratio_power=1.0), ("word", "char")),
        Variant("smoothed", SMALL, ("word",), smoothing=0.1),
        Variant("one-vs-rest", SMALL, ("word",), one_vs_rest=True),
        Variant("binary, parts", SMALL, ("word", "stem"), change={"binary": True}, parts=True),
        Variant("classes", SMALL, ("word",), read_words=class_numbers),
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
    assert [variant for variant in VARIANTS if "(shipped)" in variant.name] == [SHIPPED_VARIANT]


def test_a_long_line_gets_the_mean_of_its_own_scores_and_those_of_its_most_objecting_part(
    shipped_phrases: list[Phrase],
) -> None:
    """As the shipped model's `with_parts` says."""
    variant, lines = Variant("words", SMALL, ("word",)), shipped_phrases[::40]
    text = "мы вчера весь день считали и знаете что это очень дорого выходит для нас пока"
    whole, *parts = score_variant(
        variant,
        lines,
        [
            make_phrase("цена", text=text),
            *(make_phrase("цена", text=text[a:b]) for a, b in split_parts(text)),
        ],
    )
    best = parts[most_objecting(np.array(parts), CATEGORIES.index(NO_OBJECTION))]
    (scores,) = score_variant(replace(variant, parts=True), lines, [make_phrase("цена", text=text)])
    np.testing.assert_allclose(scores, (whole + best) / 2)


def test_words_are_read_as_the_variant_says(shipped_phrases: list[Phrase]) -> None:
    """To a reader that sees one word everywhere, all lines look alike."""
    lines = shipped_phrases[::200]
    blind = Variant("blind", SMALL, ("word",), read_words=_see_nothing)
    assert len(np.unique(score_variant(blind, lines, lines), axis=0)) == 1


def _see_nothing(_: str) -> list[str]:
    return ["слово"]


def test_the_command_prints_the_rows_that_are_asked_for(small_csv: Path) -> None:
    """Here of the first table alone."""
    result = CliRunner().invoke(main, [str(small_csv), str(small_csv), "--only", "single words"])
    assert result.exit_code == 0, result.output
    head, rule, row, end = result.output.split("\n", 3)
    assert [head, rule] == write_header("variant").splitlines()
    assert row.startswith("| single words | 0.")
    assert not end.strip()


def test_the_command_prints_calibrations_as_a_table_of_their_own(
    small_csv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With their columns; here of a quick variant."""
    monkeypatch.setattr(ablation, "SHIPPED_VARIANT", Variant("words", SMALL, ("word",)))
    result = CliRunner().invoke(main, [str(small_csv), str(small_csv), "--only", "isotonic"])
    assert result.exit_code == 0, result.output
    head, rule, row = result.output.splitlines()
    assert head.endswith(" | ".join(CALIBRATION_COLUMNS) + " |")
    assert rule.count("|") == row.count("|") == head.count("|")
    assert row.startswith("| isotonic, each category against the rest | 0.")
