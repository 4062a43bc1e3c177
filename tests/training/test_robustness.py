"""Noise, long lines and nonsense, counted on small cases."""

from pathlib import Path

import pytest

from objections.classifier import Classifier, Prediction
from objections.line import Line
from objections.phrases import Phrase
from tests.support import ROOT
from training.evaluation import Labelled
from training.noise import CORRUPTIONS
from training.robustness import Figure, measure_long, measure_noise, measure_nonsense, read_lines, table


class Fixed(Classifier):
    """Answers «цена» where it reads «дорого», unsure where it reads «хм»."""

    def __init__(self) -> None:
        """Need no model."""

    def classify(self, lines: object, *, explain: bool = False) -> list[Prediction]:  # noqa: ARG002
        """Answer by a word."""
        texts = [line.text if isinstance(line, Line) else line for line in lines]  # type: ignore[attr-defined]
        return [
            Prediction(
                "m",
                "цена" if "дорого" in text or "хм" in text else "нет возражения",
                0.9,
                uncertain="хм" in text,
            )
            for text in texts
        ]


def test_long_lines_are_compared_with_the_short_ones_of_the_same_objections() -> None:
    """Recall alone, recall buried, the difference."""
    filler = "и вот мы тогда с братом поехали на дачу " * 3
    lines = [
        Phrase("слишком дорого для нас", "цена", "КЭВ", "x", 2),
        Phrase("дорого всё это", "цена", "КЭВ", "x", 3),
        Phrase(filler + "дорого", "цена", "КЭВ", "x", 4),
        Phrase(filler + "кусается", "цена", "КЭВ", "x", 5),
        Phrase(filler, "нет возражения", "", "x", 6),
    ]
    figures = {figure.what: figure.value for figure in measure_long(Fixed(), lines)}
    assert figures["recall of objections, alone"] == 1
    assert figures["recall of the same objections, buried in 20-40 words"] == 0.5
    assert figures["difference"] == -0.5


def test_nonsense_is_calm_where_it_is_no_objection_or_uncertain() -> None:
    """By kind and together."""
    lines = [("asdf", "keyboard"), ("хм", "keyboard"), ("дорого", "song"), ("ля ля", "song")]
    figures = {figure.what: figure.value for figure in measure_nonsense(Fixed(), lines)}
    assert figures == {"all": 0.75, "keyboard": 1.0, "song": 0.5}


def test_noise_is_told_against_the_clean_lines(small: Classifier, shipped_phrases: list[Phrase]) -> None:
    """One figure for each corruption; ё and doubled letters change nothing."""
    labelled = Labelled("lines", "0" * 64, shipped_phrases[::150])
    figures = {figure.what: figure.value for figure in measure_noise(small, labelled)}
    assert set(figures) == {"macro-F1, clean", *CORRUPTIONS}
    assert figures["ё → е"] == figures["letters doubled in every fifth word"] == 0


def test_figures_are_written_as_a_table() -> None:
    """With what is aimed at."""
    assert table("noise", iter([Figure("ё", -0.0012, "≥ −0.03")])).splitlines() == [
        "| noise | | aim |",
        "|---|---:|---|",
        "| ё | -0.001 | ≥ −0.03 |",
    ]


@pytest.mark.parametrize("kind", ["english", "kazakh", "other", "hallucination", "song", "keyboard"])
def test_each_kind_of_nonsense_has_lines(kind: str) -> None:
    """At least thirty."""
    path: Path = ROOT / "data" / "nonsense_lines.csv"
    assert sum(found == kind for _, found in read_lines(path)) >= 30
