"""The page: what a browser makes of it."""

import hashlib
import re
from base64 import b64encode
from collections.abc import Callable
from html.parser import HTMLParser
from types import ModuleType

import pytest

from service.report import page as module
from service.report.page import write_page
from tests.service.report.conftest import Summarize
from tests.support import make_scored

HOSTILE = "<script>alert(1)</script>' onmouseover='alert(2)' <img src=x> &amp;"
ROWS = [
    *["1,02.02.2026,Анна,Клиент,дорого|цена"] * 10,
    "1,02.02.2026,Анна,Менеджер,понимаю",
    "2,03.02.2026,Борис,Клиент,да|нет возражения",
]


class _Page(HTMLParser):
    """Collects what a browser would make of a page."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.sources: dict[str, str] = {}
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        tag = self.tags[-1] if self.tags else ""
        if tag in {"style", "script"} and tag not in self.sources:
            self.sources[tag] = data
        else:
            self.text += data

    def values(self, name: str) -> list[str]:
        return [value for attribute, value in self.attributes if attribute == name]


def test_the_findings_stand_on_the_page(summary_of: Summarize) -> None:
    """In Russian, with their headings."""
    page = _Page(write_page(summary_of(make_scored(ROWS))))
    for words in (
        "В 1 из 2\xa0звонков клиент возражал",
        "2–3 февраля 2026",
        "По менеджерам",
        "По дням",
        "Где в звонке возражают",
        "Что говорят клиенты",
        "Звонки, где возражали больше всего",
        "Что подсказывает глоссарий",
        "Насколько уверена модель",
    ):
        assert words in page.text
    assert "Чего нет в отчёте" not in page.text


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        ([], "text"),
        (["|"], "text"),
        (["дорого|цена"], "text"),
        (["да|нет возражения"], "text"),
        (["1,да|нет возражения", "2,да"], "call,text"),
        (["Анна,дорого|цена", ",да|нет возражения"], "manager,text"),
        (["01.02.2026,дорого|цена", "нет,да|нет возражения"], "date,text"),
        (["01.02.2000,да", "01.02.2026,дорого|цена"], "date,text"),
    ],
)
def test_any_file_has_a_page(summary_of: Summarize, rows: list[str], columns: str) -> None:
    """Without rows, without objections, without columns."""
    page = _Page(write_page(summary_of(make_scored(rows, columns))))
    assert page.tags.count("h1") == 1
    assert "None" not in page.text
    assert "Чего нет в отчёте" in page.text


def test_no_text_of_the_file_becomes_html(summary_of: Summarize) -> None:
    """Not from lines, calls, managers, terms or the names of columns."""
    plain = make_scored([f"{word},01.02.2026,{word},Клиент,{word}|цена" for word in ["слово слово"] * 5])
    hostile = plain.replace("слово слово".encode(), HOSTILE.encode()).replace(
        "Возражение".encode(), HOSTILE.encode()
    )
    expected, page = _Page(write_page(summary_of(plain))), _Page(write_page(summary_of(hostile)))
    assert HOSTILE in page.text
    assert {"img", "onmouseover"}.isdisjoint([*page.tags, *(name for name, _ in page.attributes)])
    assert page.tags.count("script") == expected.tags.count("script") == 1


def test_personal_data_are_hidden(summary_of: Summarize) -> None:
    """In examples, in the lines of calls, in the names of calls."""
    rows = ["89000000000,,,Клиент,это дорого: 8 900 000-00-00 или a@b.ru или 4111 1111 1111 1111|цена"] * 5
    page = write_page(summary_of(make_scored(rows)))
    assert not re.search(r"900\D?000|a@b|4111", page)
    assert "[телефон] или [почта] или [карта]" in page


def test_the_page_fetches_nothing_and_allows_only_its_own_script(summary_of: Summarize) -> None:
    """By its policy, with no style at an element that the policy would refuse."""
    page = _Page(write_page(summary_of(make_scored(ROWS))))
    (policy,) = (value for value in page.values("content") if "default-src" in value)
    assert policy.startswith("default-src 'none'; ")
    for tag, source in page.sources.items():
        digest = b64encode(hashlib.sha256(source.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert {"src", "href", "style", "onclick"}.isdisjoint(name for name, _ in page.attributes)
    assert "url(" not in page.sources["style"]


def test_every_column_that_can_be_sorted_has_its_values(summary_of: Summarize) -> None:
    """Numbers as they are, not as they are written."""
    source = write_page(summary_of(make_scored(ROWS)))
    managers = source.partition('<table class="sortable">')[2].partition("</table>")[0]
    first, second = re.findall(r"<tr>\s*<th scope=\"row\".*?</tr>", managers, re.DOTALL)
    assert re.findall(r'data-value="([^"]*)"', first) == ["1.0", "1", "1", "0", "0", "10"]
    assert re.findall(r'data-value="([^"]*)"', second) == ["0", "1", "0", "0", "0", "0"]


def test_ids_are_unique_and_labels_lead_somewhere(summary_of: Summarize) -> None:
    """For those who hear the page."""
    page = _Page(write_page(summary_of(make_scored(ROWS))))
    ids = page.values("id")
    assert len(set(ids)) == len(ids)
    assert set(page.values("aria-labelledby")) <= set(ids)


def test_many_managers_are_cut_off_with_a_word(
    summary_of: Summarize, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The workbook has them all."""
    monkeypatch.setattr(module, "MOST_ROWS", 3)
    rows = [f"{number},,менеджер {number},Клиент,дорого|цена" for number in range(5)]
    text = _Page(write_page(summary_of(make_scored(rows)))).text
    assert "Показаны не все менеджеры: 3 из 5" in " ".join(text.split())


def test_examples_in_docstrings_hold(doctest_module: Callable[[ModuleType], None]) -> None:
    """What the docstrings show is what comes out."""
    doctest_module(module)
