"""Lines over a WebSocket."""

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.testclient import WebSocketDenialResponse
from starlette.websockets import WebSocketDisconnect

from objections.classifier import Classifier
from service.app import create_app
from service.settings import Settings
from service.store.database import Database
from service.store.keys import create_key, revoke_key

PATH = "/v1/stream"
LINES = ["это слишком дорого", "давайте, записывайте на четверг", "мы уже с другими работаем"]


def _ask(stream: Any, **line: object) -> dict[str, Any]:
    stream.send_text(json.dumps(line, ensure_ascii=False))
    answer: dict[str, Any] = json.loads(stream.receive_text())
    return answer


def _refusal(client: TestClient, **headers: str) -> int:
    """Give the status with which a stream is refused."""
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(client.websocket_connect(PATH, headers=headers))
        except WebSocketDenialResponse as response:
            return response.status_code
    raise AssertionError("the stream was opened")


def test_a_line_gets_the_answer_of_classify(client: TestClient) -> None:
    """The stream is another way to the same answer."""
    body = {"text": LINES[0], "speaker": "client", "explain": True}
    with client.websocket_connect(PATH) as stream:
        assert _ask(stream, **body) == client.post("/v1/classify", json=body).json()


def test_answers_come_in_the_order_of_the_lines(client: TestClient) -> None:
    """Lines may be sent before answers are read; each answer has the name of its line."""
    with client.websocket_connect(PATH) as stream:
        for number, text in enumerate(LINES * 20):
            stream.send_text(json.dumps({"text": text, "id": number}))
        assert [json.loads(stream.receive_text())["id"] for _ in LINES * 20] == list(range(60))


@pytest.mark.parametrize(
    ("sent", "status", "where"),
    [
        ("{", 400, None),
        ("[]", 422, "body"),
        ('{"text": "  "}', 422, "text"),
        ('{"text": "дорого", "loud": true}', 422, "loud"),
        (json.dumps({"text": "а" * 5001}), 422, "text"),
    ],
)
def test_a_wrong_line_is_answered_by_a_problem(
    client: TestClient, sent: str, status: int, where: str | None
) -> None:
    """In the shape of every error; the stream goes on."""
    with client.websocket_connect(PATH) as stream:
        stream.send_text(sent)
        problem = json.loads(stream.receive_text())
        assert problem["status"] == status
        assert problem["type"].startswith("urn:objections:problem:")
        assert [error["where"] for error in problem["errors"]] == ([where] if where else [])
        assert _ask(stream, text=LINES[0])["category"]


def test_a_problem_names_its_line(client: TestClient) -> None:
    """Also where the line has another fault."""
    with client.websocket_connect(PATH) as stream:
        assert _ask(stream, text="", id="17/4")["id"] == "17/4"
        assert _ask(stream, text=5, id="17/5")["id"] == "17/5"


def test_a_page_of_another_site_is_refused(client: TestClient) -> None:
    """Browsers would let it open a stream to this machine."""
    assert _refusal(client, Origin="https://example.com") == 403


def test_doubtful_lines_are_kept_unless_they_are_being_typed(
    small: Classifier, home: Path, tmp_path: Path
) -> None:
    """Half a word is nothing to label."""
    database = f"sqlite:///{tmp_path / 'feedback.db'}"
    app = create_app(small, Settings(home=home, database_url=database, review_queue=True))
    texts = [f"ну {text}" for text in ("не знаю", "это надо считать", "посмотрим", "там видно будет")]
    with TestClient(app) as client, client.websocket_connect(PATH) as stream:
        doubtful = [text for text in texts if _ask(stream, text=text, draft=True)["uncertain"]]
        assert doubtful
        app.state.doubts.close()
        assert not Database(database).is_there()


@pytest.fixture
def locked(
    small: Classifier, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[TestClient, Database, str, str]:
    """An application with a key that scores and one that does not; it looks for keys all the time."""
    monkeypatch.setattr("service.key_ring.SECONDS_FRESH", 0.0)
    database = Database.open(f"sqlite:///{tmp_path / 'keys.db'}")
    with database.session() as session:
        scores = create_key(session, "anna", ["score"])
        trains = create_key(session, "ivan", ["train"])
    settings = Settings(home=home, database_url=f"sqlite:///{tmp_path / 'keys.db'}")
    return TestClient(create_app(small, settings)), database, scores, trains


def test_a_stream_takes_a_key(locked: tuple[TestClient, Database, str, str]) -> None:
    """In the header, or as a protocol, for browsers can send no header."""
    client, _, scores, trains = locked
    assert _refusal(client) == 401
    assert _refusal(client, Authorization=f"Bearer {trains}") == 403
    with client.websocket_connect(PATH, headers={"Authorization": f"Bearer {scores}"}) as stream:
        assert _ask(stream, text=LINES[0])["category"]
    with client.websocket_connect(PATH, subprotocols=["objections.v1", f"key.{scores}"]) as stream:
        assert str(stream.accepted_subprotocol) == "objections.v1"
        assert _ask(stream, text=LINES[0])["category"]


def test_a_stream_ends_when_its_key_is_revoked(locked: tuple[TestClient, Database, str, str]) -> None:
    """What stays open is looked at with each line."""
    client, database, scores, _ = locked
    with client.websocket_connect(PATH, headers={"Authorization": f"Bearer {scores}"}) as stream:
        assert _ask(stream, text=LINES[0])["category"]
        with database.session() as session:
            revoke_key(session, "anna")
        assert _ask(stream, text=LINES[0])["status"] == 401
        with pytest.raises(WebSocketDisconnect):
            stream.receive_text()
