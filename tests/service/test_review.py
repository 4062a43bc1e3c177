"""The review queue over HTTP: from an uncertain answer to a label."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from objections.classifier import Classifier
from objections.phrases import Phrase
from service.app import create_app
from service.settings import Settings
from service.store.corrections import latest_corrections
from service.store.database import Database

PATH = "/v1/review"


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The address of a database of its own."""
    return f"sqlite:///{tmp_path / 'feedback.db'}"


@pytest.fixture
def client(small: Classifier, home: Path, url: str) -> Iterator[TestClient]:
    """The application with the queue switched on."""
    app = create_app(small, Settings(home=home, database_url=url, review_queue=True))
    with TestClient(app, raise_server_exceptions=False) as test_client:
        yield test_client


@pytest.fixture(scope="session")
def uncertain(small: Classifier, shipped_phrases: list[Phrase]) -> list[str]:
    """Lines of which the small model is not sure."""
    texts = [phrase.text for phrase in shipped_phrases[1:600] if phrase.speaker == "client"]
    return [text for text, one in zip(texts, small.classify(texts), strict=True) if one.uncertain][:6]


def _wait(client: TestClient, count: int) -> Any:
    """Ask until so many lines wait: they come into the queue behind the answers."""
    for _ in range(100):
        answer = client.get(PATH, params={"author": "observer", "limit": 1}).raise_for_status().json()
        if answer["waiting"] >= count:
            return answer
        time.sleep(0.05)
    raise AssertionError(answer)


def _take(client: TestClient, author: str, limit: int = 1) -> list[Any]:
    lines: list[Any] = client.get(PATH, params={"author": author, "limit": limit}).json()["lines"]
    return lines


def test_uncertain_lines_come_into_the_queue(
    client: TestClient, uncertain: list[str], small: Classifier
) -> None:
    """One by one, in a batch, masked; sure ones and the seller's do not."""
    client.post("/v1/classify", json={"text": f"{uncertain[0]} ivan@example.com"})
    lines = [*uncertain[1:4], "это слишком дорого, дорого"]
    client.post("/v1/classify/batch", json={"lines": [{"text": text} for text in lines]})
    client.post("/v1/classify", json={"text": uncertain[4], "speaker": "manager"})
    expected = [one for one in small.classify([f"{uncertain[0]} ivan@example.com", *lines]) if one.uncertain]
    answer = _wait(client, len(expected))
    assert answer["waiting"] == len(expected)
    texts = [line["text"] for line in answer["lines"] + _take(client, "anna", 10)]
    assert not any("example.com" in text for text in texts)
    assert uncertain[4] not in texts


def test_a_label_becomes_a_correction(client: TestClient, uncertain: list[str], url: str) -> None:
    """Sent twice, it counts once."""
    client.post("/v1/classify", json={"text": uncertain[1]})
    (line,) = _wait(client, 1)["lines"]
    body = {"answer": "label", "category": "отказ", "author": "observer"}
    for _ in range(2):
        answer = client.post(f"{PATH}/{line['id']}", json=body)
        assert (answer.status_code, answer.json()) == (200, {"id": line["id"], "answer": "label"})
    with Database.open(url).session() as session:
        (row,) = latest_corrections(session)
    assert (row.text, row.category, row.term, row.author, row.source) == (
        uncertain[1],
        "отказ",
        "Возражение",
        "observer",
        "review",
    )
    after = client.get(PATH, params={"author": "observer"}).json()
    assert (after["lines"], after["waiting"], after["answered_today"]) == ([], 0, 1)


def test_an_answer_can_be_taken_back(client: TestClient, uncertain: list[str], url: str) -> None:
    """By the person who gave it."""
    client.post("/v1/classify", json={"text": uncertain[1]})
    (line,) = _wait(client, 1)["lines"]
    client.post(f"{PATH}/{line['id']}", json={"answer": "label", "category": "отказ", "author": "observer"})
    undo = f"{PATH}/{line['id']}/answer"
    assert client.delete(undo, params={"author": "boris"}).status_code == 409
    assert client.delete(undo, params={"author": "observer"}).json() == {"id": line["id"], "answer": None}
    with Database.open(url).session() as session:
        assert list(latest_corrections(session)) == []
    assert _take(client, "observer") == [line]


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"answer": "label"}, "category"),
        ({"answer": "label", "category": "дорого"}, "category"),
        ({"answer": "label", "category": "цена", "glossary": "x"}, "glossary"),
        ({"answer": "maybe"}, "answer"),
    ],
)
def test_a_wrong_answer_is_told(client: TestClient, body: Any, where: str) -> None:
    """With what is allowed."""
    answer = client.post(f"{PATH}/1", json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["where"] == where


def test_a_line_that_is_not_there_is_told(client: TestClient) -> None:
    """As 404 in the one shape."""
    answer = client.post(f"{PATH}/99", json={"answer": "skip"})
    assert (answer.status_code, answer.json()["type"]) == (404, "urn:objections:problem:unknown-line")


def test_nothing_is_kept_where_the_queue_is_off(
    small: Classifier, home: Path, url: str, uncertain: list[str]
) -> None:
    """As it is by default."""
    with TestClient(create_app(small, Settings(home=home, database_url=url))) as client:
        client.post("/v1/classify", json={"text": uncertain[0]})
        assert client.app.state.doubts is None  # type: ignore[attr-defined]  # the client knows any ASGI application
        assert client.get(PATH).json()["waiting"] == 0
