"""How macro-F1 on the evaluation set grows with the training lines; run by ``make curve``.

Whole batches are added at a time, in several random orders, for lines of one batch resemble each other
and a curve over single lines would flatter.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click
import matplotlib as mpl
import numpy as np
from joblib import Parallel, delayed
from matplotlib import pyplot as plt
from sklearn.metrics import f1_score

from objections.labels import CATEGORIES
from objections.phrases import Phrase, read_phrases
from training.pipeline import FitSettings, Fitted

SHARES: Final = (0.1, 0.25, 0.5, 0.75, 1.0)
ORDERS: Final = 5
"""Random orders of the batches; the curve is their mean."""


@dataclass(frozen=True, slots=True)
class Point:
    """One fit.

    Attributes
    ----------
    share : float
        Of the training lines, as asked for.
    lines : int
        Fitted on; whole batches, so not quite the share.
    macro_f1 : float
    """

    share: float
    lines: int
    macro_f1: float


def measure_curve(
    training: Sequence[Phrase], evaluation: Sequence[Phrase], settings: FitSettings
) -> list[Point]:
    """Fit on growing parts of the training lines and score each fit on the evaluation lines."""
    jobs = [
        delayed(_score)(share, part, evaluation, settings)
        for order in range(ORDERS)
        for share, part in _parts(training, order)
    ]
    return list(Parallel(n_jobs=-1)(jobs))


def _parts(training: Sequence[Phrase], order: int) -> Iterator[tuple[float, list[Phrase]]]:
    """Yield growing parts of the lines, batch after batch; the whole only once."""
    batches = sorted({phrase.source for phrase in training})
    shuffled = np.random.default_rng(order).permutation(batches).tolist()
    ranked = sorted(training, key=lambda phrase: shuffled.index(phrase.source))
    ends = [n for n in range(1, len(ranked)) if ranked[n].source != ranked[n - 1].source] + [len(ranked)]
    for share in SHARES:
        end = min(ends, key=lambda n: abs(n - share * len(ranked)))
        if share < 1 or order == 0:
            yield share, ranked[:end]


def _score(
    share: float, part: Sequence[Phrase], evaluation: Sequence[Phrase], settings: FitSettings
) -> Point:
    fitted = Fitted.fit(part, settings)
    raw, _ = fitted.decision_function([phrase.text for phrase in evaluation])
    answered = fitted.category.classes_[raw.argmax(axis=1)]
    true = [phrase.category for phrase in evaluation]
    return Point(share, len(part), float(f1_score(true, answered, labels=CATEGORIES, average="macro")))


def write_table(points: Sequence[Point], path: Path) -> None:
    """Write every fit as a row."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["share", "lines", "macro_f1"])
        writer.writerows([point.share, point.lines, f"{point.macro_f1:.4f}"] for point in points)


def plot(points: Sequence[Point], path: Path) -> None:
    """Draw every fit as a dot and the mean of each share as a line."""
    mpl.use("svg")
    figure, axes = plt.subplots(figsize=(7, 4.2), layout="constrained")
    axes.scatter(
        [p.lines for p in points], [p.macro_f1 for p in points], s=14, color="#8aa4c8", label="one fit"
    )
    means = [_mean([p for p in points if p.share == share]) for share in SHARES]
    axes.plot(*zip(*means, strict=True), color="#1f4e8c", marker="o", label="mean")
    for lines, macro_f1 in means:
        axes.annotate(f"{macro_f1:.3f}", (lines, macro_f1), (0, 8), textcoords="offset points", ha="center")
    axes.set(xlabel="training lines (whole batches)", ylabel="macro-F1 on the evaluation set")
    axes.margins(y=0.12)
    axes.grid(alpha=0.3)
    axes.legend(loc="lower right")
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def _mean(points: Sequence[Point]) -> tuple[float, float]:
    return float(np.mean([p.lines for p in points])), float(np.mean([p.macro_f1 for p in points]))


@click.command()
@click.argument("training", type=click.Path(path_type=Path, exists=True))
@click.argument("evaluation", type=click.Path(path_type=Path, exists=True))
@click.argument("output", type=click.Path(path_type=Path))
def main(training: Path, evaluation: Path, output: Path) -> None:
    """Measure the learning curve and write OUTPUT.svg and OUTPUT.csv."""
    points = measure_curve(read_phrases(training), read_phrases(evaluation), FitSettings())
    write_table(points, output.with_suffix(".csv"))
    plot(points, output.with_suffix(".svg"))
    for share in SHARES:
        lines, macro_f1 = _mean([point for point in points if point.share == share])
        click.echo(f"{share:>4.0%}  {lines:>6.0f} lines  macro-F1 {macro_f1:.3f}")


if __name__ == "__main__":
    main()
