"""What a report says in words."""

import pytest

from service.report.sentences import (
    write_certainty,
    write_extremes,
    write_halves,
    write_headline,
    write_missing,
    write_unscored,
)
from tests.service.report.conftest import Summarize
from tests.support import make_scored

YES, PRICE, REFUSAL = "да|нет возражения", "дорого|цена", "не надо|отказ"


@pytest.mark.parametrize(
    ("rows", "headline"),
    [
        (
            [f"1,{PRICE}", f"2,{PRICE}", f"2,{REFUSAL}", f"3,{YES}"],
            "В 2 из 3\xa0звонков клиент возражал; чаще всего – цена (67\xa0% возражений)",
        ),
        (
            [f"{call},{REFUSAL if call < 3 else YES}" for call in range(21)],
            "В 3 из 21\xa0звонка клиент возражал; каждый раз – отказ",
        ),
        (
            [f"1,{PRICE}", f"1,{REFUSAL}", f"1,{PRICE}", f"1,{YES}"],
            "Клиент возражал в 3 из 4\xa0реплик; чаще всего – цена (67\xa0% возражений)",
        ),
        ([f"1,{YES}", f"2,{YES}"], "В 2\xa0репликах возражений не нашлось"),
        ([f"1,{PRICE}"], "Клиент возражал в 1 из 1\xa0реплики; каждый раз – цена"),
        (["1,привет"], "В файле нет ни одной реплики клиента"),
        ([], "В файле нет ни одной реплики клиента"),
    ],
)
def test_the_headline_says_the_main_thing(summary_of: Summarize, rows: list[str], headline: str) -> None:
    """In calls where there are several, else in lines."""
    assert write_headline(summary_of(make_scored(rows, "call,text"))) == headline


def test_what_the_file_does_not_tell_is_said_with_the_column_that_would(summary_of: Summarize) -> None:
    """One sentence each."""
    sentences = list(write_missing(summary_of(make_scored([PRICE], "text"))))
    assert len(sentences) == 4
    for sentence, column in zip(sentences, ["call_id", "менеджер", "дата", "speaker"], strict=True):
        assert column in sentence


def test_columns_without_content_are_missing_too(summary_of: Summarize) -> None:
    """Names and dates that are not there."""
    sentences = list(write_missing(summary_of(make_scored([f"1,вчера,,Клиент,{PRICE}"] * 10))))
    assert len(sentences) == 2
    assert "он пуст" in sentences[0]
    assert "нет ни одной даты" in sentences[1]


def test_nothing_is_missing_from_a_full_file(summary_of: Summarize) -> None:
    """No sentence."""
    assert list(write_missing(summary_of(make_scored([f"1,01.02.2026,Анна,Клиент,{PRICE}"] * 10)))) == []


def test_few_objections_tell_nothing_of_their_places(summary_of: Summarize) -> None:
    """And it is said so."""
    (sentence,) = write_missing(summary_of(make_scored([f"1,01.02.2026,Анна,Клиент,{PRICE}"] * 9)))
    assert sentence == "Где в звонке возражают: возражений меньше 10, доли были бы случайными."


def test_how_sure_the_model_is(summary_of: Summarize) -> None:
    """Of all lines and of objections."""
    content = make_scored([PRICE, YES, YES, YES], "text")
    assert write_certainty(summary_of(content)) == "Модель уверена во всех ответах."
    said = write_certainty(summary_of(content.replace(b"false", b"true", 1)))
    assert said.startswith("Модель не уверена в 25,0\xa0% реплик и в 100,0\xa0% возражений: ")
    assert "возражений" not in write_certainty(
        summary_of(make_scored([YES], "text").replace(b"false", b"true"))
    )


def test_lines_that_are_not_scored_are_counted(summary_of: Summarize) -> None:
    """By the reason."""
    rows = ["Оператор,да", "Оператор,да", "Клиент,", f"Клиент,{YES}"]
    assert (
        write_unscored(summary_of(make_scored(rows, "speaker,text")))
        == "Всего в файле 4\xa0реплики, из них не оценены: продавца – 2, без слов – 1."
    )
    assert (
        write_unscored(summary_of(make_scored([YES], "text"))) == "Всего в файле 1\xa0реплика, оценены все."
    )


def test_the_halves_of_a_call_are_compared(summary_of: Summarize) -> None:
    """They make up the whole."""
    rows = [f"1,{PRICE}", f"1,{YES}", f"1,{PRICE}", f"1,{PRICE}"]
    assert (
        write_halves(summary_of(make_scored(rows, "call,text")))
        == "На первую половину звонка приходится 33\xa0% возражений, на вторую – 67\xa0%."
    )


def test_managers_are_compared_where_there_are_enough_calls(summary_of: Summarize) -> None:
    """Two calls are no ground for a comparison."""
    rows = [
        f"{name} {call},{name},{PRICE if call < objecting else YES}"
        for name, calls, objecting in (("Анна", 10, 2), ("Борис", 20, 5), ("Вера", 2, 2))
        for call in range(calls)
    ]
    summary = summary_of(make_scored(rows, "call,manager,text"))
    assert write_extremes(summary) == (
        "Самая большая доля звонков с возражением – Борис: 5 из 20 (25\xa0%); "
        "самая маленькая – Анна: 2 из 10 (20\xa0%)."
    )
    assert write_extremes(summary_of(make_scored(rows[:10], "call,manager,text"))) is None
