"""Corrections: none twice, none lost, the latest counts."""

import threading
from dataclasses import replace

import pytest

from service.store.corrections import (
    KeyReusedError,
    NewCorrection,
    add_corrections,
    labelled_lines,
    latest_corrections,
)
from service.store.database import Database

ONE = NewCorrection(author="anna", text="надо считать", category="цена", term="КЭВ", model="m1")


def _add(database: Database, *corrections: NewCorrection) -> list[bool]:
    with database.session() as session:
        return [stored.new for stored in add_corrections(session, corrections)]


def _latest(database: Database) -> list[tuple[str, str, str]]:
    with database.session() as session:
        return [(one.author, one.text, one.category) for one in latest_corrections(session)]


def test_a_correction_is_kept_with_all_it_says(database: Database) -> None:
    """The answer, the model, who, when, the call."""
    full = replace(
        ONE,
        answered_category="отказ",
        answered_confidence=0.6,
        answered_term="ЛПР",
        speaker="client",
        call_id="17",
        number=4,
        source="import",
    )
    _add(database, full)
    with database.session() as session:
        (row,) = latest_corrections(session)
    for name in ("author", "text", "category", "term", "model", "answered_category", "answered_confidence"):
        assert getattr(row, name) == getattr(full, name)
    assert (row.answered_term, row.speaker, row.call_id, row.number, row.source) == (
        "ЛПР",
        "client",
        "17",
        4,
        "import",
    )
    assert row.created.utcoffset() is not None


def test_what_is_sent_twice_under_one_id_counts_once(database: Database) -> None:
    """However long after."""
    named = replace(ONE, id="b7")
    assert _add(database, named) == [True]
    _add(database, replace(ONE, category="отказ", term="ЛПР"))
    assert _add(database, named) == [False]
    assert _latest(database) == [("anna", "надо считать", "отказ")]


def test_one_id_cannot_stand_for_two_corrections(database: Database) -> None:
    """The second is refused, and nothing that came with it is kept."""
    _add(database, replace(ONE, id="b7"))
    with pytest.raises(KeyReusedError) as caught:
        _add(database, replace(ONE, text="другое"), replace(ONE, id="b7", category="отказ"))
    assert caught.value.place == 1
    assert len(_latest(database)) == 1


def test_ids_of_two_people_do_not_meet(database: Database) -> None:
    """Each counts from 1."""
    assert _add(database, replace(ONE, id="1"), replace(ONE, id="1", author="boris")) == [True, True]


def test_the_latest_correction_of_a_person_wins(database: Database) -> None:
    """Also one that goes back to the first."""
    steps = [("цена", True), ("цена", False), ("отказ", True), ("цена", True)]
    assert [_add(database, replace(ONE, category=category)) for category, _ in steps] == [
        [new] for _, new in steps
    ]
    assert _latest(database) == [("anna", "надо считать", "цена")]


def test_a_line_is_its_place_in_a_call_or_its_words(database: Database) -> None:
    """The same words in two calls are two lines; without a call, case and punctuation make no other line."""
    first, second = (replace(ONE, call_id=call, number=1) for call in ("1", "2"))
    assert _add(database, first, second, ONE, replace(ONE, text="Надо  считать")) == [True, True, True, False]


def test_what_people_disagree_on_is_counted_and_the_latest_is_learned(database: Database) -> None:
    """One labelled line for each text."""
    _add(database, ONE, replace(ONE, author="boris", category="отказ"), replace(ONE, text="дорого"))
    with database.session() as session:
        lines, disputed = labelled_lines(session)
    assert [(one.text, one.category) for one in lines] == [("надо считать", "отказ"), ("дорого", "цена")]
    assert disputed == 1


def test_two_requests_at_once_count_once(database: Database) -> None:
    """The same correction, sent by two impatient clicks."""
    news: list[bool] = []

    def send() -> None:
        news.extend(_add(database, replace(ONE, id="b7"), replace(ONE, text="дорого")))

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(news) == [False] * 6 + [True] * 2
    assert len(_latest(database)) == 2
