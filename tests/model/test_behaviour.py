"""What the shipped model must do whatever else changes: the guide's own typical lines.

The lines are the guide's examples, so a model that fails here has not learned the task.
"""

import pytest

from objections.artifact import sha256
from objections.classifier import Classifier
from tests.support import ROOT
from training.floors import Floors


def test_the_model_is_that_of_the_shipped_lines(shipped: Classifier) -> None:
    """After a change of data/labeled_phrases.csv run `make train`."""
    assert shipped.card.data.sha256 == sha256((ROOT / "data" / "labeled_phrases.csv").read_bytes())


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("что-то дороговато", "цена"),
        ("а скидка будет", "цена"),
        ("сколько это стоит", "цена"),
        ("на такое у нас бюджета нет", "цена"),
        ("а оно точно работает", "сомнение в качестве"),
        ("про вас отзывы плохие", "сомнение в качестве"),
        ("гарантия-то какая", "сомнение в качестве"),
        ("нет, не интересует", "отказ"),
        ("мы уже с другими работаем", "отказ"),
        ("я подумаю", "отказ"),
        ("да, слышно хорошо", "нет возражения"),
        ("счёт пришлите на почту", "нет возражения"),
        ("оплатили вчера", "нет возражения"),
    ],
)
def test_the_plainest_lines_of_the_guide(shipped: Classifier, text: str, category: str) -> None:
    """A minimum, not a measure."""
    (prediction,) = shipped.classify([text])
    assert prediction.category == category


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("надо с директором посоветоваться", "ЛПР"),
        ("откуда у вас мой номер, не звоните сюда", "Ледоруб"),
        ("позовите вашего руководителя", "РОП"),
        ("сколько это стоит", "КЭВ"),
        ("нет, спасибо, не интересно", "Возражение"),
    ],
)
def test_the_plainest_terms(shipped: Classifier, text: str, term: str) -> None:
    """A minimum, not a measure."""
    (prediction,) = shipped.classify([text])
    assert prediction.suggestion is not None
    assert prediction.suggestion.entry.term == term


def test_the_shipped_model_keeps_the_floors(shipped: Classifier) -> None:
    """They stand for the shipped evaluation lines; after a change of those run `make train floors`."""
    floors = Floors.read(ROOT / "data" / "quality_floors.json")
    assert floors is not None
    assert floors.evaluation_sha256 == sha256((ROOT / "data" / "evaluation_phrases.csv").read_bytes())
    assert shipped.card.evaluation is not None
    assert floors.find_below(shipped.card.metrics, shipped.card.evaluation) == {}
