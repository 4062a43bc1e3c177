"""An evaluation as one web page in Russian, for heads of sales: everything inside it, nothing fetched."""

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Final

from jinja2 import Environment, StrictUndefined

from objections.card import Gate, Interval
from objections.labels import CATEGORIES, TERMS
from objections.russian import count, counted, number, percent
from training import plots
from training.evaluation import Evaluation

TEMPLATE: Final = Path(__file__).with_name("evaluation_page.html.j2")
LINES: Final = ("реплика", "реплики", "реплик")
LINES_IN: Final = ("реплике", "репликах", "репликах")
FIGURES: Final = {
    **{f"f1 {name}": f"F1 категории «{name}»" for name in CATEGORIES},
    "left_out_macro_f1": "macro-F1 на отложенных при обучении репликах",
    "macro_f1": "macro-F1 на этом файле",
    "no_false_alarm": "доля реплик без возражения, узнанных как такие",
    "glossary_accuracy": "доля верных подсказок глоссария",
}
"""How floors are called on the page."""

_MONTHS: Final = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
_SPACE: Final = "\N{NO-BREAK SPACE}"


def write_page(evaluation: Evaluation, gate: Gate | None = None) -> str:
    """Write the page.

    Parameters
    ----------
    evaluation : Evaluation
    gate : Gate or None
        What the gate said when the model was trained; shown where it is given.
    """
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"percent": percent, "number": number, "signed": signed, "count": count}
    created = evaluation.card.created
    return environment.from_string(TEMPLATE.read_text(encoding="utf-8")).render(
        evaluation=evaluation,
        card=evaluation.card,
        metrics=evaluation.metrics,
        intervals=evaluation.intervals,
        created=f"{created.day}{_SPACE}{_MONTHS[created.month - 1]} {created.year}{_SPACE}г.",
        terms=[(term, evaluation.labelled.count_terms()[term]) for term in TERMS],
        confused=_most_confused(evaluation),
        pictures={name: _embed(draw(evaluation)) for name, draw in _PICTURES.items()},
        gate=gate,
        figures=FIGURES,
        between=between,
        lines=lambda n: counted(n, LINES),
        in_lines=lambda n: counted(n, LINES_IN),
        percent=percent,
        signed=signed,
    )


_PICTURES: Final[dict[str, Callable[[Evaluation], bytes]]] = {
    "confusion": plots.draw_confusion,
    "reliability": plots.draw_reliability,
    "precision_recall": plots.draw_precision_recall,
    "confidence": plots.draw_confidence,
}


def signed(value: float) -> str:
    """Write a difference with its sign.

    >>> signed(0.0123), signed(-0.2)
    ('+0,012', '−0,200')
    """
    return ("+" if value > 0 else "") + number(value, 3)


def between(interval: Interval | None, write: Callable[[float], str] = number) -> str:
    """Write an interval; a dash where there is none.

    >>> between(Interval(low=0.891, high=0.917))
    'от 0,89 до 0,92'
    """
    return f"от {write(interval.low)} до {write(interval.high)}" if interval else "–"


def _most_confused(evaluation: Evaluation) -> list[tuple[str, str, int]]:
    """Give the three most frequent mistakes: true, answered, lines."""
    pairs = [
        (true, answered, lines)
        for true, row in evaluation.metrics.confusion.items()
        for answered, lines in row.items()
        if true != answered and lines
    ]
    return sorted(pairs, key=lambda pair: -pair[2])[:3]


def _embed(picture: bytes) -> str:
    return f"data:image/svg+xml;base64,{b64encode(picture).decode()}"
