"""Lines in, answers out, over HTTP."""

import pytest
from fastapi.testclient import TestClient

from objections.classifier import Classifier
from objections.labels import CATEGORIES
from service.schemas import Answer, BatchAnswer

ANSWER = ["category", "confidence", "uncertain", "scores", "glossary", "model"]
SUGGESTION = ["term", "name", "definition", "points", "advice", "confidence"]


def test_an_answer_has_the_shape_of_the_contract(client: TestClient, small: Classifier) -> None:
    """Field by field."""
    answer = client.post("/v1/classify", json={"text": "это дорого для нас"}).json()
    assert list(answer) == ANSWER
    assert list(answer["scores"]) == list(CATEGORIES)
    assert sum(answer["scores"].values()) == pytest.approx(1, abs=1e-9)
    assert answer["confidence"] == answer["scores"][answer["category"]]
    assert list(answer["glossary"]) == SUGGESTION
    assert answer["model"] == small.card.id


def test_evidence_comes_when_asked_for(client: TestClient) -> None:
    """As spans of the text that was sent."""
    text = "Ой, ДОРОГО 😱 для нас"
    answer = client.post("/v1/classify", json={"text": text, "explain": True}).json()
    assert list(answer) == [*ANSWER[:5], "evidence", "model"]
    assert answer["evidence"]
    for span in answer["evidence"]:
        assert list(span) == ["start", "end", "text", "weight"]
        assert text[span["start"] : span["end"]] == span["text"]


@pytest.mark.parametrize(
    "speaker", ["seller", "manager", "agent", "operator", "Менеджер", "оператор", "продавец"]
)
def test_lines_of_the_seller_are_not_scored(client: TestClient, speaker: str) -> None:
    """Their category is null."""
    answer = client.post("/v1/classify", json={"text": "дорого", "speaker": speaker, "explain": True}).json()
    assert [answer[field] for field in ANSWER[:5]] == [None, None, False, None, None]


@pytest.mark.parametrize("speaker", ["client", "SPEAKER_01", "", None])
def test_lines_of_others_are_scored(client: TestClient, speaker: str | None) -> None:
    """Unknown names are read as the client's."""
    assert client.post("/v1/classify", json={"text": "дорого", "speaker": speaker}).json()["category"]


@pytest.mark.parametrize(
    "text",
    [
        "😀",
        "how much is it",
        "қымбат екен",
        "до\x00ро\x1fго",
        "???",
        "5",
        "а" * 5000,
        "<script>alert(1)</script>",
    ],
)
def test_odd_lines_get_an_answer(client: TestClient, text: str) -> None:
    """Emoji, other languages, control characters, marks alone, the longest line: nothing is refused."""
    response = client.post("/v1/classify", json={"text": text, "explain": True})
    assert response.status_code == 200
    assert Answer.model_validate(response.json())


def test_a_batch_is_answered_in_order_and_count(client: TestClient, small: Classifier) -> None:
    """Ids come back; lines without one have none."""
    lines: list[dict[str, object]] = [
        {"text": "дорого", "id": "a"},
        {"text": "добрый день", "speaker": "manager", "id": 2},
        {"text": "нет, спасибо, не интересно"},
    ]
    response = client.post("/v1/classify/batch", json={"lines": lines})
    answer = response.json()
    assert BatchAnswer.model_validate(answer)
    assert [result.get("id", "none") for result in answer["results"]] == ["a", 2, "none"]
    assert [result["category"] is None for result in answer["results"]] == [False, True, False]
    assert answer["model"] == small.card.id
    for line, result in zip(lines, answer["results"], strict=True):
        alone = client.post("/v1/classify", json={k: v for k, v in line.items() if k != "id"}).json()
        result.pop("id", None)
        assert result == alone


def test_a_batch_can_be_explained(client: TestClient) -> None:
    """Line by line, except the seller's."""
    lines = [{"text": "дорого"}, {"text": "понимаю", "speaker": "seller"}]
    answer = client.post("/v1/classify/batch", json={"lines": lines, "explain": True}).json()
    assert ["evidence" in result for result in answer["results"]] == [True, False]


def test_the_largest_batch_is_answered(client: TestClient) -> None:
    """10,000 lines and no fewer results."""
    answer = client.post("/v1/classify/batch", json={"lines": [{"text": "да"}] * 10_000}).json()
    assert len(answer["results"]) == 10_000


def test_an_empty_batch_has_no_results(client: TestClient) -> None:
    """A call without lines is no error."""
    assert client.post("/v1/classify/batch", json={"lines": []}).json()["results"] == []


def test_a_body_without_content_type_is_read(client: TestClient) -> None:
    """JSON is JSON."""
    response = client.post("/v1/classify", content='{"text": "дорого"}'.encode())
    assert response.status_code == 200
