"""Corrections over HTTP."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from objections.classifier import Classifier
from objections.labels import CATEGORIES, TERMS
from service.app import create_app
from service.settings import Settings
from service.store.corrections import Correction, latest_corrections
from service.store.database import Database

PATH = "/v1/feedback"
ONE = {"text": "ну это надо считать", "category": "цена", "glossary": "КЭВ", "author": "anna"}


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The address of a database of its own."""
    return f"sqlite:///{tmp_path / 'feedback.db'}"


@pytest.fixture
def client(small: Classifier, home: Path, url: str) -> Iterator[TestClient]:
    """The application around the small model with a database of its own."""
    app = create_app(small, Settings(home=home, database_url=url))
    with TestClient(app, raise_server_exceptions=False) as test_client:
        yield test_client


def _stored(url: str) -> list[Correction]:
    with Database.open(url).session() as session:
        return list(latest_corrections(session))


def _send(client: TestClient, body: Any, **headers: str) -> list[str]:
    answer = client.post(PATH, json=body, headers=headers).raise_for_status().json()
    return [one["status"] for one in answer["results"]]


def test_a_correction_is_stored_with_the_answer_that_it_corrects(
    client: TestClient, url: str, small: Classifier
) -> None:
    """What the request does not say of the answer is asked of the current model."""
    assert _send(client, ONE) == ["stored"]
    (row,) = _stored(url)
    (now,) = small.classify([ONE["text"]])
    assert (row.author, row.text, row.category, row.term) == ("anna", ONE["text"], "цена", "КЭВ")
    assert (row.answered_category, row.answered_confidence) == (now.category, now.confidence)
    assert row.model == small.card.id


def test_what_the_request_says_of_the_answer_is_kept(client: TestClient, url: str) -> None:
    """It may have been another model's."""
    answer = {"category": "отказ", "confidence": 0.7, "glossary": "ЛПР"}
    _send(client, {**ONE, "answer": answer, "model": "earlier", "call_id": "17", "number": 4})
    (row,) = _stored(url)
    assert (row.answered_category, row.answered_confidence, row.answered_term) == ("отказ", 0.7, "ЛПР")
    assert (row.model, row.call_id, row.number) == ("earlier", "17", 4)


def test_many_are_stored_together(client: TestClient, url: str) -> None:
    """In one request; the answer says of each what became of it."""
    many = {"corrections": [ONE, {"text": "не надо", "category": "отказ"}, ONE]}
    assert _send(client, many) == ["stored", "stored", "known"]
    assert [row.author for row in _stored(url)] == ["anna", "nobody"]


def test_the_default_term_is_that_of_the_labelled_data(client: TestClient, url: str) -> None:
    """`Возражение` for an objection, none for a line without one."""
    _send(
        client,
        {"corrections": [{"text": "а", "category": "отказ"}, {"text": "б", "category": "нет возражения"}]},
    )
    assert [row.term for row in _stored(url)] == ["Возражение", ""]


@pytest.mark.parametrize("header", [{}, {"Idempotency-Key": "k1"}])
def test_what_is_sent_twice_counts_once(client: TestClient, url: str, header: dict[str, str]) -> None:
    """By the header, by the id, or by what it says."""
    body = ONE if header else {**ONE, "id": "b7"}
    assert _send(client, body, **header) == ["stored"]
    assert _send(client, body, **header) == ["known"]
    assert len(_stored(url)) == 1


def test_an_id_that_comes_again_with_another_correction_is_refused(client: TestClient, url: str) -> None:
    """Nothing that came with it is stored."""
    _send(client, {**ONE, "id": "b7"})
    answer = client.post(
        PATH, json={"corrections": [{**ONE, "text": "иное"}, {**ONE, "id": "b7", "category": "отказ"}]}
    )
    assert answer.status_code == 409
    assert "was sent before with another correction" in answer.json()["detail"]
    assert len(_stored(url)) == 1


@pytest.mark.parametrize(
    ("body", "where", "said"),
    [
        ({**ONE, "category": "дорого"}, "category", f"is not one of: {', '.join(CATEGORIES)}"),
        ({**ONE, "glossary": "кэв!"}, "glossary", f"is not one of: {', '.join(TERMS)}"),
        ({**ONE, "category": "нет возражения", "glossary": "Возражение"}, "glossary", "is for objections"),
        ({**ONE, "text": " "}, "text", "is empty"),
        ({"text": "а"}, "category", "is missing"),
        ({"corrections": []}, "corrections", "at least 1 item"),
        ({"corrections": [ONE, {**ONE, "category": "x"}]}, "corrections[1].category", "is not one of"),
        ({"corrections": [{**ONE, "typo": 1}]}, "corrections[0].typo", "is not a field"),
        ({**ONE, "author": ""}, "author", "should have at least"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_stored(
    client: TestClient, url: str, body: Any, where: str, said: str
) -> None:
    """With the labels that are allowed."""
    answer = client.post(PATH, json=body)
    assert answer.status_code == 422
    (problem,) = answer.json()["errors"]
    assert (problem["where"], said in problem["problem"]) == (where, True)
    assert _stored(url) == []


def test_personal_data_are_masked_before_they_are_stored(
    client: TestClient, url: str, tmp_path: Path
) -> None:
    """No byte of them is in the file."""
    _send(client, {**ONE, "text": "дорого, пишите на ivan@example.com или +7 912 000-11-22"})
    assert _stored(url)[0].text == "дорого, пишите на [почта] или [телефон]"
    files = b"".join(path.read_bytes() for path in tmp_path.glob("feedback.db*"))
    assert b"ivan@example" not in files
    assert b"912" not in files


def test_masking_can_be_switched_off(small: Classifier, home: Path, url: str) -> None:
    """By a setting."""
    app = create_app(small, Settings(home=home, database_url=url, mask_personal_data=False))
    with TestClient(app) as client:
        _send(client, {**ONE, "text": "пишите на ivan@example.com\0"})
    assert _stored(url)[0].text == "пишите на ivan@example.com "


def test_a_database_that_cannot_be_used_is_told(small: Classifier, home: Path) -> None:
    """Answers go on."""
    app = create_app(small, Settings(home=home, database_url="sqlite:////none/feedback.db"))
    with TestClient(app) as client:
        answer = client.post(PATH, json=ONE)
        assert (answer.status_code, answer.json()["type"]) == (503, "urn:objections:problem:no-database")
        assert client.post("/v1/classify", json={"text": "дорого"}).status_code == 200
