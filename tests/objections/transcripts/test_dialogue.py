"""Plain text: dialogues are told by their names and read turn by turn, nothing is lost."""

import re
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objections.document import Document
from objections.line import Line
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
)

NAMES: Final = ("dialogue", "text")
WHOLE: Final = {
    "dialogue": (
        "слово1, слово2\n\n[00:00:01] Клиент: слово3 слово4\nслово5\n\n00:02 Менеджер: слово6\n"
        "Клиент (00:03): слово7: слово8\nМенеджер - слово9\nИван Петров: слово2\n"
    ),
    "text": "слово1 слово2\n\n  слово3\nКлиент: слово4\n",
}

each_format = pytest.mark.parametrize("name", NAMES)


@pytest.mark.parametrize("path", [path for _, path in golden_files("dialogue")], ids=lambda path: path.name)
def test_golden_dialogues_are_told_and_read(path: Path) -> None:
    """By one format alone, with every turn in its place."""
    with path.open("rb") as file:
        content = Document(file, path.name)
        assert recognizing(content) == ["dialogue"]
        assert rows(FORMATS["dialogue"].read(content)) == expected_rows(path)


@pytest.mark.parametrize("path", [path for _, path in golden_files("text")], ids=lambda path: path.name)
def test_golden_texts_are_read_where_they_are_asked_for(path: Path) -> None:
    """Nobody can tell a transcript from any other text."""
    with path.open("rb") as file:
        content = Document(file, path.name)
        assert recognizing(content) == []
        assert rows(FORMATS["text"].read(content)) == expected_rows(path)


@pytest.mark.parametrize("before", ["", "\n\n", "\ufeff", "\ufeff\r\n \r\n"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_mark_empty_lines_and_line_ends_change_nothing(before: str, line_end: str) -> None:
    """Windows, old Macs and careful editors write them."""
    content = before + WHOLE["dialogue"].replace("\n", line_end)
    assert recognizing(document(content)) == ["dialogue"]
    assert read("dialogue", content) == read("dialogue", WHOLE["dialogue"])


@pytest.mark.parametrize(
    "content",
    [
        "Клиент: Дорого.\nМенеджер: Почему?\n",
        "клиент: дорого\nменеджер: почему?\n",
        "КЛИЕНТ : дорого\nМЕНЕДЖЕР : почему?\n",
        "К: дорого\nМ: почему?\nК: потому\nМ: понятно\n",
        "Менеджер по продажам: дорого?\nКлиент 1: да\nМенеджер по продажам: жаль\n",
        "[SPEAKER_00]: дорого\n[SPEAKER_01]: почему?\n",
        "[00:01] Клиент: дорого\n[00:02] Менеджер: почему?\n",
        "Иван: дорого\nОльга: почему?\nИван: потому\nОльга: понятно\n",
        "+7 900 000-00-00: дорого\nОльга: почему?\n+7 900 000-00-00: потому\nОльга: понятно\n",
        "Клиент - дорого\nМенеджер - почему?\n",
        "Дата: 1 мая\nТелефон: 2-12\n\nКлиент: дорого\nМенеджер: почему?\nКлиент: так\n",
        "Клиент:\nдорого\n\nМенеджер:\nпочему?\n",
        "Клиент: да, дорого\nМенеджер: так, почему?\nКлиент: ну, так\n",
    ],
)
def test_dialogues_are_told(content: str) -> None:
    """However the names are written."""
    assert recognizing(document(content)) == ["dialogue"]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "\n\n",
        "Дорого.\nНет, спасибо.\n",
        "Клиент: дорого\n",
        "Мы говорили с клиентом.\nИтог: дорого.\nДоговорились на среду.\nКлиент: ждёт.\nВсё.\n",
        "Клиент — тот, кто платит.\nОн решает сам.\nЭто важно.\nМенеджер — тот, кто продаёт.\nОн помогает.\n",
        "Спикер;Текст\nКлиент;Дорого: нет\nМенеджер;Почему: да\n",
        "Клиент: дорого;цена\nМенеджер: почему;нет возражения\n",
        "text,label\nКлиент: дорого,цена\nМенеджер: почему,нет возражения\nКлиент: так,цена\n",
        "text\tlabel\nКлиент: дорого\tцена\nМенеджер: почему\tнет\n",
        '"Клиент: дорого"\n"Менеджер: почему"\n',
        '{\n"Клиент": "дорого",\n"Менеджер": "почему"\n}\n',
        '[\n"Клиент: дорого",\n"Менеджер: почему"\n]\n',
        "1\n00:00:01,000 --> 00:00:02,000\nКлиент: дорого\n\n2\n00:00:03,000 --> 00:00:04,000\nКлиент: да\n",
        "WEBVTT\nКлиент: дорого\nМенеджер: почему?\n",
        "Клиент: ООО Пример\nДата: 1 мая\nТелефон: 2-12\nСумма: 500\nМенеджер: Лисина\n",
        "From: a\nTo: b\nSubject: c\nDate: d\n",
        "Имя: Пример\nГород: Псков\nУлица: Садовая\nДом: 5\n",
        "Вопрос: дорого?\nОтвет: нет\nВопрос: точно?\nОтвет: да\n",
        "https://a.example\nhttps://b.example\nhttps://a.example\n",
        "созвон в 12:30\nсозвон в 12:40\nсозвон в 12:30\n",
        "Слово за слово\n" * 20 + "Клиент: дорого\nМенеджер: почему?\n",
    ],
)
def test_other_files_are_no_dialogues(content: str) -> None:
    """Prose, tables, cards, subtitles."""
    assert "dialogue" not in recognizing(document(content))


def test_telling_does_not_read_the_whole() -> None:
    """The beginning is enough."""
    content = document(WHOLE["dialogue"])
    assert recognizing(content) == ["dialogue"]
    assert "text" not in vars(content)


def test_a_time_of_day_is_said() -> None:
    """Only in square brackets, or in front of a name, is it the time of a turn."""
    content = (
        "Клиент: Давайте\n12:30 в среду\n(12:40) или так\n[00:05 - 00:04] И всё\n00:07 Менеджер: Хорошо\n"
    )
    assert read("dialogue", content) == [
        [None, None, "Клиент", "Давайте 12:30 в среду (12:40) или так"],
        [5.0, None, "Клиент", "И всё"],
        [7.0, None, "Менеджер", "Хорошо"],
    ]


def test_a_dash_in_a_dialogue_with_colons_is_said() -> None:
    """Names stand before one of the two."""
    content = "Менеджер: Смотрите\nКлиент - это вы\nКлиент: Да\n"
    assert [row[2:] for row in read("dialogue", content)] == [
        ["Менеджер", "Смотрите Клиент - это вы"],
        ["Клиент", "Да"],
    ]


def test_text_without_names_is_read_as_lines_without_speakers() -> None:
    """Where it is asked for: one for each line."""
    assert list(FORMATS["dialogue"].read(document("Дорого.\n\nСмотрите: скидка\n"))) == [
        Line("Дорого."),
        Line("Смотрите: скидка"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        *("5", "слово ", "[", "[0:", "[00:01", "00:01 ", "А", "А ", ": ", " - ", "(", "\t", ";", ",", "\n"),
        *("К:\n", "К: да\n", "[00:01]\n", "да\n", "да\n\n", "К - да\n", "А (00:01)\n", "Дата: да\n"),
    ],
    ids=repr,
)
def test_long_files_are_read_at_a_stroke(line: str) -> None:
    """Whatever comes again and again, time grows with the length alone."""
    content = "Клиент: дорого\nМенеджер: почему?\n" + line * (100_000 // len(line))
    assert set(recognizing(document(content))) <= {"dialogue"}
    assert read("dialogue", content)[0][2:] == ["Клиент", "дорого"]


@each_format
@given(content=st.binary())
def test_any_bytes_are_told_and_read_or_refused(name: str, content: bytes) -> None:
    """With nothing but a clear error."""
    check_any_bytes(name, content, WHOLE[name])


@each_format
@given(data=st.data())
def test_damage_loses_no_words(name: str, data: st.DataObject) -> None:
    """Every word is in a line, or is somebody's name."""
    content = data.draw(damaged(WHOLE[name])).encode(errors="replace").decode()
    FORMATS[name].recognizes(document(content))
    lines = FORMATS[name].read(document(content))
    kept = "\n".join(f"{line.speaker}\n{line.text}" for line in lines)
    for word in re.findall(r"слово\d", content):
        assert kept.count(word) >= content.count(word)
