"""Four pictures of an evaluation, as SVG: for the report, where numbers alone would have to be imagined."""

import io
from collections.abc import Callable
from typing import Final

import numpy as np
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from sklearn.metrics import average_precision_score, precision_recall_curve

from objections.labels import CATEGORIES
from training.evaluation import Evaluation

COLOURS: Final = dict(zip(CATEGORIES, ("#c0392b", "#8e5a00", "#1f6fb2", "#4a7c59"), strict=True))
STYLES: Final = dict(zip(CATEGORIES, ("-", "--", "-.", ":"), strict=True))
"""Colour is never the only thing that tells lines apart."""

RIGHT: Final = "#1f6fb2"
WRONG: Final = "#c0392b"
_STEPS: Final = np.linspace(0.25, 1, 31)
"""Confidence of the best of four is never below a quarter."""

_DARK: Final = 0.55
_LOOK: Final = {
    "svg.hashsalt": "objections",  # the same evaluation, the same bytes
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "#8a8f98",
    "axes.labelcolor": "#2b2f36",
    "xtick.color": "#4b5059",
    "ytick.color": "#4b5059",
}


def draw_confusion(evaluation: Evaluation) -> bytes:
    """Draw true against answered categories; a row's colours are shares of its lines."""
    confusion = evaluation.metrics.confusion
    counts = np.array([list(row.values()) for row in confusion.values()])
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)

    def draw(figure: Figure) -> None:
        axes = figure.add_subplot()
        axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
        for (row, column), share in np.ndenumerate(shares):
            words = f"{counts[row, column]}\n{_percent(share)}"
            ink = "white" if share > _DARK else "#2b2f36"
            axes.text(column, row, words, ha="center", va="center", color=ink)
        names = [name.replace(" ", "\n", 1) for name in confusion]
        axes.set_xticks(range(len(names)), names)
        axes.set_yticks(range(len(names)), names)
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        axes.set(xlabel="Ответ модели", ylabel="На самом деле")

    return _draw(draw, (5.6, 4.8))


def draw_reliability(evaluation: Evaluation) -> bytes:
    """Draw how often answers of each confidence are right; a dot's size tells how many they are."""
    bins = evaluation.bins
    lines = np.array([bin_.lines for bin_ in bins])

    def draw(figure: Figure) -> None:
        axes = figure.add_subplot()
        means = [bin_.confidence for bin_ in bins], [bin_.accuracy for bin_ in bins]
        axes.plot((0.2, 1), (0.2, 1), color="#8a8f98", linestyle="--", label="идеальная модель")
        axes.plot(*means, color=RIGHT, linewidth=1)
        axes.scatter(*means, s=18 + 180 * lines / lines.max(), color=RIGHT, alpha=0.75, label="эта модель")
        axes.set(xlabel="Уверенность модели", ylabel="Доля верных ответов", xlim=(0.2, 1.03), ylim=(0, 1.05))
        axes.legend(loc="lower right", frameon=False, markerscale=0.6)
        axes.grid(alpha=0.25)
        _in_percent(axes)

    return _draw(draw, (5.6, 4.4))


def draw_precision_recall(evaluation: Evaluation) -> bytes:
    """Draw precision against recall of each category as its threshold moves."""
    true = np.array([phrase.category for phrase in evaluation.labelled.phrases])

    def draw(figure: Figure) -> None:
        axes = figure.add_subplot()
        for name in CATEGORIES:
            if not (wanted := true == name).any():
                continue
            scores = np.array([verdict.scores[name] for verdict in evaluation.verdicts])
            precision, recall, _ = precision_recall_curve(wanted, scores)
            area = f"{average_precision_score(wanted, scores):.3f}".replace(".", ",")
            axes.plot(
                recall, precision, STYLES[name], color=COLOURS[name], linewidth=1.8, label=f"{name}: {area}"
            )
        axes.set(xlabel="Полнота", ylabel="Точность", xlim=(0, 1.02), ylim=(0, 1.03))
        axes.legend(loc="lower left", frameon=False, title="Площадь под кривой", alignment="left")
        axes.grid(alpha=0.25)
        _in_percent(axes)

    return _draw(draw, (5.6, 4.4))


def draw_confidence(evaluation: Evaluation) -> bytes:
    """Draw how many answers of each confidence are right and how many are wrong, each to its own scale."""
    confidence, right = evaluation.confidence, evaluation.right

    def draw(figure: Figure) -> None:
        low = evaluation.card.thresholds.uncertain_below
        above, under = figure.subplots(2, sharex=True)
        for axes, of, word, colour in ((above, right, "Верно", RIGHT), (under, ~right, "Ошибка", WRONG)):
            axes.hist(confidence[of], bins=_STEPS.tolist(), color=colour, edgecolor="white", linewidth=0.5)
            axes.axvline(low, color="#2b2f36", linestyle="--", linewidth=1)
            axes.set_ylabel(f"{word}: {of.sum()}")
            axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
            axes.grid(axis="y", alpha=0.25)
        above.text(
            low - 0.01, 0.97, "«не уверена»", transform=above.get_xaxis_transform(), ha="right", va="top"
        )
        under.set_xlabel("Уверенность модели")
        under.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _percent(value)))

    return _draw(draw, (5.6, 4.4))


def _draw(draw: Callable[[Figure], None], size: tuple[float, float]) -> bytes:
    """Give what `draw` draws as an SVG file; letters are outlines, so it looks the same everywhere."""
    with style.context(_LOOK):
        figure = Figure(figsize=size, layout="constrained")
        draw(figure)
        buffer = io.BytesIO()
        figure.savefig(buffer, format="svg", metadata=dict.fromkeys(("Creator", "Date", "Format", "Type")))
    return buffer.getvalue()


def _percent(share: float) -> str:
    return f"{share * 100:.0f}\N{NO-BREAK SPACE}%"


def _in_percent(axes: Axes) -> None:
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda value, _: _percent(value)))
