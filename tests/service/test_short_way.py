"""The short way answers what the route would, and leaves the rest to it."""

import asyncio
import copy
import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from objections.classifier import Classifier
from service.app import create_app
from service.schemas import Answer
from service.settings import Settings
from service.short_way import PATH, ShortWay

GOOD = [
    {"text": "что-то дороговато, а скидка будет?"},
    {"text": "нет, спасибо, мы уже с другими работаем", "speaker": "client", "explain": True},
    {"text": "дорого?", "speaker": "менеджер"},
    {"text": "давайте, записывайте на четверг", "speaker": None, "explain": False},
    {"text": "😀 how much is it"},
]


@pytest.mark.parametrize("body", GOOD)
def test_both_ways_give_the_same_answer(client: TestClient, body: dict[str, object]) -> None:
    """A body in UTF-16 is read by the route alone."""
    short = client.post(PATH, content=json.dumps(body).encode())
    long = client.post(PATH, content=json.dumps(body).encode("utf-16"))
    assert short.status_code == long.status_code == 200
    assert short.content == long.content
    assert short.headers == long.headers


@pytest.mark.parametrize("body", GOOD)
def test_answers_keep_to_their_schema(client: TestClient, body: dict[str, object]) -> None:
    """Nobody else checks them: no field is missing, none is too much, none of another type."""
    answer = client.post(PATH, json=body).json()
    parsed = Answer.model_validate(answer, strict=True)
    assert parsed.model_dump(mode="json", exclude_unset=True) == answer
    assert set(Answer.model_fields) - set(answer) <= {"evidence"}
    assert ("evidence" in answer) == bool(body.get("explain"))


async def _no_app(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 (what it is not given)
    """Tell what came through."""
    messages = [await receive()]
    while messages[-1].get("more_body"):
        messages.append(await receive())
    body = b"".join(message["body"] for message in messages)
    await send({"type": "passed on", "body": body})


def _send(classifier: Classifier, *pieces: bytes) -> list[Message]:
    left = [
        {"type": "http.request", "body": piece, "more_body": number + 1 < len(pieces)}
        for number, piece in enumerate(pieces)
    ]
    sent: list[Message] = []

    async def receive() -> Message:
        return left.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    app = create_app(classifier, Settings(max_characters=100))
    scope = {"type": "http", "path": PATH, "method": "POST", "app": app}
    asyncio.run(ShortWay(_no_app)(scope, receive, send))
    return sent


def test_a_body_in_pieces_is_one_body(small: Classifier) -> None:
    """As slow clients send it."""
    start, body = _send(small, b'{"text": "', "дорого".encode(), b'"}')
    assert start["status"] == 200
    assert json.loads(body["body"])["category"] == "цена"


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"text": " "}', b'{"text": 5}', b'{"text": "' + b"a" * 101 + b'"}']
)
def test_whatever_is_wrong_goes_on_whole(small: Classifier, body: bytes) -> None:
    """The route reads the same bytes and says what is wrong."""
    half = len(body) // 2
    assert _send(small, body[:half], body[half:]) == [{"type": "passed on", "body": body}]


def test_both_ways_answer_by_what_the_app_holds_now(small: Classifier, home: Path) -> None:
    """A classifier and settings that are exchanged while it runs hold from the next request on."""
    app = create_app(small, Settings(home=home))
    other = copy.copy(small)
    other.card = small.card.model_copy(update={"id": "another"})
    with TestClient(app) as client:
        assert client.post(PATH, json=GOOD[0]).json()["model"] == small.card.id
        app.state.classifier = other
        for encoding in ("utf-8", "utf-16"):
            answer = client.post(PATH, content=json.dumps(GOOD[0]).encode(encoding))
            assert answer.json()["model"] == "another"
        app.state.settings = Settings(home=home, max_characters=5)
        assert client.post(PATH, json=GOOD[0]).status_code == 422


def test_other_routes_are_not_touched(client: TestClient) -> None:
    """Neither other methods nor other addresses."""
    assert client.get(PATH).status_code == 405
    assert client.post(f"{PATH}/batch", json={"lines": [{"text": "дорого"}]}).status_code == 200


def test_the_route_is_documented_as_before(small: Classifier, home: Path) -> None:
    """Whoever reads /docs sees one route."""
    schema = create_app(small, Settings(home=home)).openapi()
    answer = schema["paths"][PATH]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert answer == {"$ref": "#/components/schemas/Answer"}
