"""The page of an evaluation, for heads of sales."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from types import ModuleType

import pytest

from objections.card import Change, Comparison, Gate, Interval, Shortfall
from objections.labels import CATEGORIES, NO_OBJECTION, TERMS
from tests.support import make_evaluation, make_phrase, make_verdict
from training import evaluation_page, plots
from training.evaluation import Evaluation
from training.evaluation_page import write_page

HOSTILE = "<script src=\"https://bad.example/x.js\"></script><img src=x onerror='alert(1)'>&amp;"


class _Page(HTMLParser):
    """Collects what a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.text = ""
        self.style = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] == ["style"] and not self.style:
            self.style = data
        else:
            self.text += data

    def values(self, name: str) -> list[str]:
        return [value for _, attribute, value in self.attributes if attribute == name]


def _read(page: str) -> _Page:
    parser = _Page()
    parser.feed(page)
    parser.close()
    return parser


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    """Forty lines, every fourth answered wrongly, one of them hostile."""
    phrases = [
        make_phrase(name, "" if name == NO_OBJECTION else "КЭВ", f"строка {n}", 4 * n + m)
        for n in range(10)
        for m, name in enumerate(CATEGORIES, 2)
    ]
    phrases[0] = make_phrase("отказ", "КЭВ", HOSTILE)
    verdicts = [
        make_verdict("цена" if n % 4 == 0 else phrase.category, "КЭВ", 0.4 + n / 80)
        for n, phrase in enumerate(phrases)
    ]
    return make_evaluation(phrases, verdicts)


@pytest.fixture(scope="module")
def page(evaluation: Evaluation) -> _Page:
    """The page as a browser reads it."""
    return _read(write_page(evaluation))


def test_nothing_is_fetched(page: _Page) -> None:
    """Every picture is inside the page; no address, no script, no imported style."""
    assert all(value.startswith("data:image/svg+xml;base64,") for value in page.values("src"))
    assert page.values("href") == []
    assert len(page.values("src")) == 4
    assert not {"script", "link", "iframe", "object"} & set(page.tags)
    assert page.style
    assert not re.search(r"url\(|@import", page.style)


def test_hostile_text_stays_text(page: _Page, evaluation: Evaluation) -> None:
    """What a client said is shown as it was said."""
    assert HOSTILE in page.text
    assert not [name for _, name, _ in page.attributes if name.startswith("on")]
    assert HOSTILE not in write_page(evaluation)


def test_it_can_be_read_without_seeing_it(page: _Page) -> None:
    """Language, alternative texts, captions and header cells with a direction."""
    assert ("html", "lang", "ru") in page.attributes
    assert all(len(text) > 40 for text in page.values("alt"))
    assert len(page.values("alt")) == page.tags.count("img")
    assert page.tags.count("caption") == page.tags.count("table")
    assert page.tags.count("th") == len(page.values("scope"))


def test_figures_are_written_as_russians_do(page: _Page, evaluation: Evaluation) -> None:
    """Decimal commas; every category and term has its row."""
    assert f"{evaluation.metrics.accuracy * 100:.1f}\xa0%".replace(".", ",") in page.text
    assert not re.search(r"\d\.\d", page.text.replace(evaluation.card.id, ""))
    for word in (*CATEGORIES, *TERMS):
        assert word in page.text


def test_the_same_evaluation_gives_the_same_bytes(evaluation: Evaluation) -> None:
    """So a digest in a card means something."""
    assert write_page(evaluation) == write_page(evaluation)


def test_a_refusal_is_told_with_what_fell(evaluation: Evaluation) -> None:
    """The reader sees which categories, then and now."""
    change = Change(now=0.5, then=0.75)
    comparison = Comparison(
        model="20300101T000000-abcdef",
        macro_f1=change,
        categories=dict.fromkeys(CATEGORIES, change),
        difference=-0.25,
        interval=Interval(low=-0.3, high=-0.2),
        worse=True,
    )
    gate = Gate(passed=False, comparison=comparison, below={"macro_f1": Shortfall(value=0.5, floor=0.88)})
    text = _read(write_page(evaluation, gate)).text
    assert "работать продолжает прежняя" in text
    assert "−0,250" in text
    assert "0,500 при пороге 0,88" in text
    forced = gate.model_copy(update={"forced": "новая разметка"})
    assert "Причина: новая разметка" in _read(write_page(evaluation, forced)).text


def test_a_file_of_one_category_makes_a_page() -> None:
    """Without what it cannot show."""
    phrases = [make_phrase(NO_OBJECTION)] * 5
    text = _read(write_page(make_evaluation(phrases, [make_verdict(NO_OBJECTION)] * 5))).text
    assert "Ошибок нет." in text
    assert "не размечены термины" in text


@pytest.mark.parametrize(
    "draw",
    [plots.draw_confusion, plots.draw_reliability, plots.draw_precision_recall, plots.draw_confidence],
)
def test_pictures_carry_their_letters(draw: Callable[[Evaluation], bytes], evaluation: Evaluation) -> None:
    """Outlines, not fonts of the reader's machine."""
    picture = draw(evaluation)
    assert b"<svg" in picture
    assert b"<text" not in picture


def test_examples(doctest_module: Callable[[ModuleType], None]) -> None:
    """What the docstrings show is so."""
    doctest_module(evaluation_page)
