"""The learning curve."""

from pathlib import Path

import pytest

from objections.phrases import Phrase
from tests.support import QUICK
from training import learning_curve
from training.learning_curve import SHARES, Point, measure_curve, plot, write_table


def test_the_curve_adds_whole_batches_up_to_the_whole(
    shipped_phrases: list[Phrase], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each share in each order, the whole once; no batch is cut."""
    monkeypatch.setattr(learning_curve, "ORDERS", 2)
    training, evaluation = shipped_phrases[::15], shipped_phrases[1::40]
    points = measure_curve(training, evaluation, QUICK)
    assert [point.share for point in points] == [*SHARES, *SHARES[:-1]]
    assert points[4].lines == len(training)
    assert points[0].lines < points[2].lines < points[4].lines
    assert points[0].macro_f1 < points[4].macro_f1


def test_table_and_plot_are_written(tmp_path: Path) -> None:
    """Every fit as a row; the plot is the same every time."""
    points = [Point(share, int(share * 100), share / 2) for share in SHARES]
    write_table(points, tmp_path / "curve.csv")
    assert (tmp_path / "curve.csv").read_text(encoding="utf-8").splitlines()[1] == "0.1,10,0.0500"
    plot(points, tmp_path / "a.svg")
    assert "<svg" in (tmp_path / "a.svg").read_text(encoding="utf-8")
