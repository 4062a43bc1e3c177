"""SRT, WebVTT, Zoom: every variant is told and read, nothing that was said is lost."""

import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objections.document import Document
from objections.errors import DataError
from objections.transcripts import cues
from tests.objections.transcripts.texts import (
    FORMATS,
    check_any_bytes,
    damaged,
    document,
    expected_rows,
    golden_files,
    read,
    recognizing,
    rows,
    try_to_read,
)

NAMES: Final = ("srt", "vtt", "zoom-vtt")
SRT: Final = "1\n00:00:01,000 --> 00:00:02,000\nДорого.\n\n2\n00:00:03,000 --> 00:00:04,000\nПонимаю.\n"
WHOLE: Final = {
    "srt": (
        "1\n00:00:01,200 --> 00:00:02,900\n[SPEAKER_00]: слово1 слово2\nслово3\n\n"
        "2\n00:00:03,000 --> 00:00:04,000\nКлиент: слово4: слово5\n\n"
        "3\n00:00:05,000 --> 00:00:06,000\nслово6 <i>слово7</i>\n\nслово8\n"
    ),
    "vtt": (
        "WEBVTT\n\n00:01.200 --> 00:02.900 align:start\n<v Клиент>слово1 слово2</v>\n<v.b Менеджер>слово3\n\n"
        "7-a\n00:03.000 --> 00:04.000\nслово4 &amp; слово5\n\n00:05.000 --> 00:06.000\n<c>слово6</c> слово7\n"
    ),
    "zoom-vtt": (
        "\ufeffWEBVTT\r\n\r\n1\r\n00:00:01.200 --> 00:00:02.900\r\nИван Петров: слово1\r\nслово2\r\n\r\n"
        "2\r\n00:00:03.000 --> 00:00:02.000\r\nОльга\r\nслово3 слово4\r\n\r\n"
        "3\r\n00:00:05.000 --> 00:00:06.000\r\nОльга\r\nслово5\r\n"
    ),
}

each_format = pytest.mark.parametrize("name", NAMES)


@pytest.mark.parametrize(
    ("name", "path"), golden_files(*NAMES), ids=lambda value: value.name if isinstance(value, Path) else value
)
def test_golden_files_are_told_and_read(name: str, path: Path) -> None:
    """By one format alone, with every line in its place."""
    with path.open("rb") as file:
        content = Document(file, path.name)
        assert recognizing(content) == [name]
        assert rows(FORMATS[name].read(content)) == expected_rows(path)


@each_format
@pytest.mark.parametrize("before", ["", "\n\n", "\ufeff", "\ufeff\r\n \r\n"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_mark_empty_lines_and_line_ends_change_nothing(name: str, before: str, line_end: str) -> None:
    """Windows, old Macs and careful editors write them."""
    plain = WHOLE[name].lstrip("\ufeff").replace("\r\n", "\n")
    content = before + plain.replace("\n", line_end)
    assert recognizing(document(content)) == [name]
    assert read(name, content) == read(name, plain)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "\n\n",
        "1\n2\n3\n",
        "Клиент: дорого\nМенеджер: понимаю\nКлиент: нет\n",
        "start\tend\ttext\n1200\t2900\tДорого.\n",
        "Дата;Текст\n01.02.2026;цена --> скидка\n",
        '{"segments":[{"start":1.2,"end":2.9,"text":"00:00:01,200 --> 00:00:02,900"}]}',
        "WEBVTTA\n\nтекст\n",
        "цена --> скидка 12:30\n",
        "00:00:01,200 -> 00:00:02,900\nДорого.\n",
    ],
)
def test_other_files_are_none(content: str) -> None:
    """What only resembles subtitles is left to others."""
    assert not set(recognizing(document(content))) & set(NAMES)


@each_format
def test_telling_does_not_read_the_whole(name: str) -> None:
    """The beginning is enough."""
    content = document(WHOLE[name])
    assert recognizing(content) == [name]
    assert "text" not in vars(content)


def test_names_of_zoom_without_numbers_are_no_zoom() -> None:
    """Recognisers write names before colons too."""
    content = "WEBVTT\n\n00:01.000 --> 00:02.000\nИван Петров: дорого\n"
    assert recognizing(document(content)) == ["vtt"]
    assert read("vtt", content) == [[1.0, 2.0, "Иван Петров", "дорого"]]


@each_format
def test_an_end_before_the_start_is_no_end(name: str) -> None:
    """The words stay, and the moment at which they begin."""
    content = "00:00:05.000 --> 00:00:04.000\nДорого.\n"
    assert read(name, content) == [[5.0, None, None, "Дорого."]]


@each_format
def test_what_has_no_times_is_an_error_that_repeats_no_words(name: str) -> None:
    """A user who named the wrong format is told so."""
    with pytest.raises(DataError, match=r"no line with times.*name another format") as error:
        read(name, "Дорого.\n")
    assert "Дорого" not in str(error.value)


@pytest.mark.parametrize(("name", "content"), [("srt", ""), ("srt", "\n \n"), ("vtt", "WEBVTT\n")])
def test_what_has_no_words_has_no_lines(name: str, content: str) -> None:
    """It is no error to have said nothing."""
    assert read(name, content) == []


def test_text_on_the_line_of_times_is_said() -> None:
    """Settings are not."""
    assert read("srt", "1\n00:01,000 --> 00:02,000 X1:1 Y2:5 Очень дорого.\nДа.\n") == [
        [1.0, 2.0, None, "Очень дорого. Да."]
    ]


def test_a_number_that_does_not_go_on_with_the_count_is_said() -> None:
    """Also as the last line of a cue without an empty line after it."""
    content = "1\n00:01,000 --> 00:02,000\nСколько?\n15\n00:03,000 --> 00:04,000\n2\n"
    assert [text for *_, text in read("srt", content)] == ["Сколько? 15", "2"]


def test_a_word_that_stands_before_a_colon_once_is_no_name() -> None:
    """It is said, though all other cues have names."""
    content = SRT.replace("Дорого.", "Иван: Дорого.\nСмотрите: вот.").replace("Понимаю.", "Иван: Понимаю.")
    assert [row[2:] for row in read("srt", content)] == [
        ["Иван", "Дорого. Смотрите: вот."],
        ["Иван", "Понимаю."],
    ]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("<b>Дорого</b>", "Дорого"),
        ("<c.red.big>Дорого</c>", "Дорого"),
        ('<font color="#fff">Дорого</font>', "Дорого"),
        ("До<00:01.500>рого", "Дорого"),
        ("{\\an8}Дорого", "Дорого"),
        ("Дорого<br/>нам", "Дорого нам"),
        ("R&amp;D&nbsp;&#1076;&quot;", 'R&D д"'),
        ("&lt;b&gt;", "<b>"),
        ("&слово; & &nothing;", "&слово; & &nothing;"),
        ("5 < 6, а 7 > 6", "5 < 6, а 7 > 6"),
        ("<b дорого>", "<b дорого>"),
        ("<цена>", "<цена>"),
        ("<v Клиент", "<v Клиент"),
    ],
)
def test_tags_and_entities_go_and_words_stay(written: str, said: str) -> None:
    """Only what is surely a tag is removed."""
    assert read("vtt", f"WEBVTT\n\n00:01.000 --> 00:02.000\n{written}\n") == [[1.0, 2.0, None, said]]


@pytest.mark.parametrize(
    "line",
    [
        *("5", "5" * 10**6, "слово ", "<v ", "<b", "&#1", "&a", "{\\a", "-->", "0:", ":", "[", "\t"),
        *("\n", "1\n", "NOTE\n", "STYLE\n", "0:1 --> 0:2\n", "1\n0:1 --> 0:2\n", "Имя: да\n", "Kind:\n"),
    ],
    ids=lambda line: repr(line[:12]),
)
def test_long_files_are_read_at_a_stroke(line: str) -> None:
    """Whatever comes again and again, time grows with the length alone."""
    content = "WEBVTT\n\n1\n00:00:01,000 --> 00:00:02,000\n" + line * (100_000 // len(line) + 1)
    assert len(recognizing(document(content))) == 1
    assert try_to_read(FORMATS["zoom-vtt"], content)  # does all that the others do


@each_format
@given(content=st.binary())
def test_any_bytes_are_told_and_read_or_refused(name: str, content: bytes) -> None:
    """With nothing but a clear error."""
    check_any_bytes(name, content, WHOLE[name])


@each_format
@given(data=st.data())
def test_damage_loses_no_words(name: str, data: st.DataObject) -> None:
    """Every word is in a line or is somebody's name, or the reader says that it cannot read the file."""
    content = data.draw(damaged(WHOLE[name])).encode(errors="replace").decode()
    FORMATS[name].recognizes(document(content))
    lines = try_to_read(FORMATS[name], content)
    if lines is not None:
        kept = "\n".join(f"{line.speaker}\n{line.text}" for line in lines)
        written = "\n".join(row for row in re.split("[\r\n]", content) if "WEBVTT" not in row)
        for word in re.findall(r"слово\d", written):
            assert kept.count(word) >= written.count(word)


def test_examples_in_docstrings_hold(doctest_module: Callable[[ModuleType], None]) -> None:
    """What the docstrings show is what comes out."""
    doctest_module(cues)
