"""What nobody said is dropped and counted; what a client says is kept."""

from collections.abc import Callable
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objections.line import Line
from objections.transcripts import cleaning as module
from objections.transcripts.cleaning import Dropped, clean

SPEAKERS = st.sampled_from(["client", "seller", None])
MOMENTS = st.none() | st.floats(0, 30)
LINES = st.builds(Line, st.sampled_from(["да", "Да.", "нет", "...", "Музыка"]), SPEAKERS, MOMENTS, MOMENTS)


def _on(
    channel: str | None, start: float | None, end: float | None, text: str = "дорого", call: str = "c"
) -> Line:
    return Line(text, channel, start, end, call)


@pytest.mark.parametrize("text", ["", "  \n", "…", "...", " - ", "—", "♪♪", "\u200b", "\x00", ". , ."])
def test_a_line_without_words_is_empty(text: str) -> None:
    """Recognisers write dots where they heard nothing."""
    assert clean([Line(text)]) == ([], Dropped(empty=1))


@pytest.mark.parametrize(
    "text",
    [
        "Продолжение следует...",
        "ПРОДОЛЖЕНИЕ СЛЕДУЕТ",
        "Спасибо за просмотр!",
        "Редактор субтитров А.Семкин Корректор А.Егорова",
        "Редактор субтитров А. Синецкая",
        "Корректор А.Кулакова",
        "Субтитры сделал DimaTorzok",
        "Субтитры создавал DimaTorzok.",
        "Подписывайтесь на канал!",
        "Не забудьте подписаться на канал",
        "Смотрите продолжение в следующей части",
        "[Музыка]",
        "♪ музыка ♪",
        "*Грустная музыка*",
        "НАПРЯЖЁННАЯ МУЗЫКА",
        "(играет музыка)",
        "СМЕХ",
        "(аплодисменты)",
        "Thank you for watching.",
    ],
)
def test_what_recognisers_write_into_silence_is_hallucinated(text: str) -> None:
    """However it is spelt and bracketed."""
    assert clean([Line(text)]) == ([], Dropped(hallucinated=1))


@pytest.mark.parametrize(
    "text",
    [
        "музыка у вас громко играет",
        "Музыка мешает, перезвоните",
        "спасибо",
        "Спасибо за внимание",
        "да",
        "Корректор для лица есть?",
        "корректор с доставкой",
        "редактор субтитров у вас есть?",
        "субтитры сделали?",
        "а продолжение следует?",
        "Не смешно, а смех один, а не скидка",
        "подписаться на канал можно потом?",
        "?",
        "+",
        "))",
        "5000",
        "👍",
    ],
)
def test_what_clients_say_is_kept(text: str) -> None:
    """A phrase inside a longer one, thanks, an answer of one sign."""
    assert clean([Line(text)]) == ([Line(text)], Dropped())


@pytest.mark.parametrize(
    "echo",
    [
        _on("2", 1.0, 2.0),
        _on("2", 1.2, 2.3, "Дорого!"),
        _on("2", 1.4, 2.4),
        _on(None, 0.0, 9.0),
    ],
)
def test_one_phrase_on_both_channels_is_one(echo: Line) -> None:
    """The first is kept; cross-talk differs by a moment and by marks."""
    line = _on("1", 1.0, 2.0)
    assert clean([line, echo]) == ([line], Dropped(doubled=1))


@pytest.mark.parametrize(
    "other",
    [
        _on("2", 2.0, 3.0),
        _on("2", 1.8, 2.8),
        _on("1", 1.0, 2.0),
        _on("2", 1.0, 2.0, call="another"),
        _on("2", 1.0, 2.0, "дорого же"),
        _on("2", None, None),
        _on("2", 1.0, None),
        _on("2", 101.0, 102.0),
        _on("2", 1.5, 1.5),
    ],
)
def test_two_people_may_say_the_same(other: Line) -> None:
    """One after the other, in another call, or where nobody knows when."""
    line = _on("1", 1.0, 2.0)
    assert clean([line, other]) == ([line, other], Dropped())


def test_channels_may_stand_one_after_the_other() -> None:
    """The echo of a phrase is found behind everything else that its channel has."""
    first = [_on("1", start, start + 1, "да") for start in (1.0, 4.0, 9.9, 50.0)]
    second = [_on("2", start + 0.2, start + 1.2, "да") for start in (1.0, 4.0, 9.9, 50.0)]
    assert clean([*first, *second, _on("2", 60.0, 61.0, "да")]) == (
        [*first, _on("2", 60.0, 61.0, "да")],
        Dropped(doubled=4),
    )


def test_what_is_dropped_is_counted_by_kind() -> None:
    """Nothing vanishes silently."""
    lines = [_on("1", 1.0, 2.0), _on("2", 1.0, 2.0), Line("Музыка"), Line(""), Line("…"), Line("беру")]
    kept, dropped = clean(lines)
    assert [line.text for line in kept] == ["дорого", "беру"]
    assert dropped == Dropped(empty=2, doubled=1, hallucinated=1)
    assert dropped.total == 4


def test_half_a_surrogate_pair_is_marked_as_a_lost_letter() -> None:
    """JSON can hold it, no file that is written can."""
    kept, _ = clean([Line("да \ud83d", "Гость\udc80", 1.0, 2.0, "\ud800", 3)])
    assert kept == [Line("да \ufffd", "Гость\ufffd", 1.0, 2.0, "\ufffd", 3)]


@given(st.lists(LINES))
def test_every_line_is_kept_or_counted(lines: list[Line]) -> None:
    """In the order in which they came."""
    kept, dropped = clean(lines)
    assert len(kept) + dropped.total == len(lines)
    rest = iter(lines)
    assert all(line in rest for line in kept)


def test_examples_in_docstrings_hold(doctest_module: Callable[[ModuleType], None]) -> None:
    """What the docstrings show is what comes out."""
    doctest_module(module)
