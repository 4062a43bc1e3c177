"""An evaluation as one web page in Russian, for heads of sales: everything inside it, nothing fetched."""

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Final

from jinja2 import Environment, StrictUndefined

from objections.card import Gate, Interval
from objections.labels import CATEGORIES, TERMS
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
_TEEN: Final = range(11, 15)
_FEW: Final = range(2, 5)


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
        lines=lambda n: f"{count(n)}{_SPACE}{plural(n, LINES)}",
        in_lines=lambda n: f"{count(n)}{_SPACE}{plural(n, LINES_IN)}",
        percent=percent,
        signed=signed,
    )


_PICTURES: Final[dict[str, Callable[[Evaluation], bytes]]] = {
    "confusion": plots.draw_confusion,
    "reliability": plots.draw_reliability,
    "precision_recall": plots.draw_precision_recall,
    "confidence": plots.draw_confidence,
}


def number(value: float, digits: int = 2) -> str:
    """Write a figure as Russians do.

    >>> number(0.904)
    '0,90'
    """
    return f"{value:.{digits}f}".replace(".", ",").replace("-", "\N{MINUS SIGN}")


def signed(value: float) -> str:
    """Write a difference with its sign.

    >>> signed(0.0123), signed(-0.2)
    ('+0,012', '−0,200')
    """
    return ("+" if value > 0 else "") + number(value, 3)


def percent(share: float, digits: int = 1) -> str:
    r"""Write a share.

    >>> percent(0.0781)
    '7,8\xa0%'
    """
    return f"{number(share * 100, digits)}{_SPACE}%"


def count(value: int) -> str:
    r"""Write a count; from five digits on in groups of three.

    >>> count(2090), count(21610)
    ('2090', '21\xa0610')
    """
    return f"{value:,}".replace(",", _SPACE) if value >= 10_000 else str(value)  # noqa: PLR2004 – the rule itself


def plural(value: int, forms: tuple[str, str, str]) -> str:
    """Choose the form of a noun.

    >>> [plural(n, LINES) for n in (1, 3, 11, 25)]
    ['реплика', 'реплики', 'реплик', 'реплик']
    """
    if value % 10 == 1 and value % 100 != _TEEN[0]:
        return forms[0]
    return forms[1] if value % 10 in _FEW and value % 100 not in _TEEN else forms[2]


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
