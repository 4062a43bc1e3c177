"""The review queue: useful lines first, each to one person at a time."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from service.store.base import now
from service.store.corrections import latest_corrections
from service.store.database import Database
from service.store.review import (
    ENOUGH_SKIPS,
    AnsweredError,
    Doubtful,
    NoSuchItemError,
    answer_item,
    answered_count,
    offer,
    take,
    take_back,
    waiting,
)
from service.store.review_items import ReviewItem

ONE = Doubtful("ну это надо считать", "цена", 0.5, "КЭВ", "m1")
LABELS = ("отказ", "ЛПР")


def _offer(database: Database, *doubtful: Doubtful, most: int = 100) -> int:
    with database.session() as session:
        return offer(session, doubtful, most, days=30)


def _take(database: Database, author: str = "anna", limit: int = 1) -> list[ReviewItem]:
    with database.session() as session:
        return take(session, author, limit, minutes=15)


def _answer(database: Database, item: int, author: str = "anna", answer: str = "label") -> ReviewItem:
    with database.session() as session:
        return answer_item(session, item, author, answer, LABELS if answer == "label" else None)  # type: ignore[arg-type]  # the test names them in words


def _corrections(database: Database) -> list[tuple[str, str]]:
    with database.session() as session:
        return [(one.text, one.category) for one in latest_corrections(session)]


def _waiting(database: Database) -> int:
    with database.session() as session:
        return waiting(session)


def test_copies_of_a_phrase_are_one_line(database: Database) -> None:
    """Whatever their case and punctuation; how often it came is counted."""
    copies = [
        replace(ONE, text=text)
        for text in ("Ну это надо считать.", "ну, это надо считать?!", "ну это надо считать")
    ]
    assert _offer(database, *copies) == 1
    (item,) = _take(database)
    assert item.seen == 3


def test_a_full_queue_keeps_the_most_doubtful(database: Database) -> None:
    """A surer line makes room for a less sure one, and not the other way round."""
    lines = [
        replace(ONE, text=f"строка {word}", confidence=sure)
        for word, sure in (("а", 0.9), ("б", 0.6), ("в", 0.5))
    ]
    assert _offer(database, *lines, most=2) == 3
    assert _offer(database, replace(ONE, text="строка г", confidence=0.95), most=2) == 0
    assert {item.text for item in _take(database, limit=5)} == {"строка б", "строка в"}


def test_what_waits_too_long_is_forgotten(database: Database) -> None:
    """It is not shown, and it goes when others come."""
    _offer(database, ONE)
    with database.session() as session:
        session.execute(update(ReviewItem).values(expires=now() - timedelta(seconds=1)))
    assert _take(database) == []
    _offer(database, replace(ONE, text="другая"))
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(ReviewItem)) == 1


def test_the_most_doubtful_come_first_and_no_two_alike(database: Database) -> None:
    """Fifty variants of one phrase do not fill the page."""
    alike = [replace(ONE, text=f"надо подумать про цену {n}", confidence=0.40) for n in range(50)]
    other = replace(ONE, text="у нас всё через тендер", confidence=0.55)
    _offer(database, *alike, other)
    texts = [item.text for item in _take(database, limit=2)]
    assert texts[0].startswith("надо подумать")
    assert texts[1] == other.text


def test_two_people_never_get_the_same_line(database: Database) -> None:
    """Also where they ask at the same moment."""
    _offer(database, *(replace(ONE, text=f"фраза номер {n}") for n in range(40)))
    got: list[int] = []

    def ask(author: str) -> None:
        got.extend(item.id for item in _take(database, author, limit=10))

    threads = [threading.Thread(target=ask, args=(f"person {n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == len(set(got)) == 40


def test_a_person_who_asks_again_gets_the_same_line(database: Database) -> None:
    """A page that is loaded anew loses nothing."""
    _offer(database, ONE, replace(ONE, text="другая"))
    assert [item.id for item in _take(database)] == [item.id for item in _take(database)]


def test_a_line_that_was_held_too_long_goes_to_others(database: Database) -> None:
    """Who went home holds nothing up."""
    _offer(database, ONE)
    (item,) = _take(database)
    assert _take(database, "boris") == []
    with database.session() as session:
        session.execute(update(ReviewItem).values(held_until=now() - timedelta(seconds=1)))
    assert [one.id for one in _take(database, "boris")] == [item.id]


def test_a_label_is_a_correction(database: Database) -> None:
    """And the line waits no longer."""
    _offer(database, ONE)
    (item,) = _take(database)
    assert _answer(database, item.id).answer == "label"
    assert _corrections(database) == [(ONE.text, "отказ")]
    assert (_waiting(database), _take(database)) == (0, [])


def test_an_answer_sent_twice_counts_once(database: Database) -> None:
    """A double click; another answer is refused."""
    _offer(database, ONE)
    (item,) = _take(database)
    _answer(database, item.id)
    assert _answer(database, item.id).answer == "label"
    assert len(_corrections(database)) == 1
    for author, answer in (("boris", "label"), ("anna", "not_client")):
        with pytest.raises(AnsweredError):
            _answer(database, item.id, author, answer)


def test_a_line_that_somebody_holds_is_answered_by_nobody_else(database: Database) -> None:
    """Their work would be lost."""
    _offer(database, ONE)
    (item,) = _take(database)
    with pytest.raises(AnsweredError, match="somebody else has this line"):
        _answer(database, item.id, "boris")


def test_what_is_no_clients_line_is_no_correction(database: Database) -> None:
    """It only leaves the queue."""
    _offer(database, ONE)
    (item,) = _take(database)
    _answer(database, item.id, answer="not_client")
    assert (_corrections(database), _waiting(database)) == ([], 0)


def test_what_a_person_skips_goes_to_others_until_enough_have(database: Database) -> None:
    """Nobody gets it twice."""
    _offer(database, ONE)
    for number in range(ENOUGH_SKIPS):
        (item,) = _take(database, f"person {number}")
        _answer(database, item.id, f"person {number}", "skip")
        assert _take(database, f"person {number}") == []
    assert _waiting(database) == 0


def test_an_answer_can_be_taken_back(database: Database) -> None:
    """The correction goes, and the person has the line again."""
    _offer(database, ONE)
    (item,) = _take(database)
    _answer(database, item.id)
    with pytest.raises(AnsweredError), database.session() as session:
        take_back(session, item.id, "boris", minutes=15)
    with database.session() as session:
        take_back(session, item.id, "anna", minutes=15)
    assert _corrections(database) == []
    assert [one.id for one in _take(database)] == [item.id]


def test_a_skip_can_be_taken_back(database: Database) -> None:
    """The line comes again."""
    _offer(database, ONE)
    (item,) = _take(database)
    _answer(database, item.id, answer="skip")
    with database.session() as session:
        take_back(session, item.id, "anna", minutes=15)
    assert [one.id for one in _take(database)] == [item.id]


def test_what_was_answered_is_counted(database: Database) -> None:
    """By person."""
    _offer(database, ONE)
    (item,) = _take(database)
    _answer(database, item.id)
    with database.session() as session:
        assert answered_count(session, "anna", now() - timedelta(hours=1)) == 1
        assert answered_count(session, "boris", now() - timedelta(hours=1)) == 0


def test_a_line_that_is_not_there_is_told(database: Database) -> None:
    """By its number."""
    with pytest.raises(NoSuchItemError, match="no line 99"):
        _answer(database, 99)
