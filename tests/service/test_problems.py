"""Every error of every route looks the same: this file asks them all."""

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi import APIRouter
from fastapi.testclient import TestClient

from objections.classifier import Classifier
from service.app import create_app
from service.settings import Settings

SECRET = "переезжаем-на-Лесную-7"
JSON = {"Content-Type": "application/json"}
CLASSIFY = "/v1/classify"
BATCH = "/v1/classify/batch"


def _lines(*texts: object) -> dict[str, object]:
    return {"lines": [{"text": text} for text in texts]}


BAD_BODIES: dict[str, tuple[str, object, int, str]] = {
    "empty text": (CLASSIFY, {"text": ""}, 422, "text is empty"),
    "white space": (CLASSIFY, {"text": " \t\n\u00a0\u200b"}, 422, "text is empty"),
    "control characters alone": (CLASSIFY, {"text": "\x00\x07"}, 422, "text is empty"),
    "a long line": (CLASSIFY, {"text": "а" * 10_000}, 422, "has 10000 characters, more than the 5000"),
    "null": (CLASSIFY, {"text": None}, 422, "text should be a valid string"),
    "a number": (CLASSIFY, {"text": 5}, 422, "text should be a valid string"),
    "a list": (CLASSIFY, {"text": ["дорого"]}, 422, "text should be a valid string"),
    "no text": (CLASSIFY, {}, 422, "text is missing"),
    "an unknown field": (CLASSIFY, {"text": "да", "speeker": "x"}, 422, "speeker is not a field"),
    "explain in words": (
        CLASSIFY,
        {"text": "да", "explain": "yes"},
        422,
        "explain should be a valid boolean",
    ),
    "a speaker that is no name": (
        CLASSIFY,
        {"text": "да", "speaker": 1},
        422,
        "speaker should be a valid string",
    ),
    "a list for a body": (CLASSIFY, [SECRET], 422, "body must be a JSON object"),
    "a string for a body": (CLASSIFY, SECRET, 422, "body must be a JSON object"),
    "no lines": (BATCH, {}, 422, "lines is missing"),
    "lines that are no list": (BATCH, {"lines": "дорого"}, 422, "lines should be a valid list"),
    "one empty line of three": (BATCH, _lines("да", " ", "нет"), 422, "lines[1].text is empty"),
    "two bad lines": (BATCH, _lines("", "да", None), 422, "lines[2].text should be a valid string"),
    "a line that is no object": (BATCH, {"lines": ["дорого"]}, 422, "lines[0] must be a JSON object"),
    "an id that is no name": (BATCH, {"lines": [{"text": "да", "id": 1.5}]}, 422, "lines[0].id should be"),
    "10,001 lines": (BATCH, _lines(*["да"] * 10_001), 422, "holds 10001 lines, more than the 10000"),
}

RAW_BODIES: dict[str, tuple[bytes, dict[str, str], int, str]] = {
    "no body": (b"", JSON, 422, "body must be a JSON object"),
    "no JSON": (SECRET.encode(), JSON, 400, "not valid JSON: it breaks at character 0"),
    "half a JSON": (b'{"text": "\xd0\xb4', JSON, 400, "not valid JSON: it breaks at character 9"),
    "broken UTF-8": (b'{"text": "\xff\xfe"}', JSON, 400, "must be JSON in UTF-8"),
    "a lone surrogate": (rb'{"text": "\ud800 da"}', JSON, 422, "text is not valid Unicode"),
    "a lone surrogate for a speaker": (
        rb'{"text": "da", "speaker": "\udfff"}',
        JSON,
        422,
        "speaker is not valid Unicode",
    ),
    "a form": (
        b"text=" + SECRET.encode(),
        {"Content-Type": "application/x-www-form-urlencoded"},
        422,
        "Content-Type",
    ),
    "deep nesting": (b'{"text": ' + b"[" * 100_000, JSON, 400, "must be JSON"),
    "a huge number": (b'{"text": ' + b"9" * 10_000 + b"}", JSON, 400, "must be JSON"),
    "a body over the limit": (
        b'{"text": "' + b"a" * 16_777_216 + b'"}',
        JSON,
        413,
        "OBJECTIONS_MAX_BODY_BYTES",
    ),
}

ADDRESSES = {
    "an unknown address": ("GET", "/v1/nothing", 404, "/docs lists the routes"),
    "an unknown term": ("GET", "/v1/glossary/воронка", 404, "it has: КЭВ, B2P, РОП, ЛПР"),
    "a wrong method on classify": ("GET", CLASSIFY, 405, "does not take this method"),
    "a wrong method on batch": ("PUT", BATCH, 405, "does not take this method"),
    "a wrong method on glossary": ("POST", "/v1/glossary", 405, "does not take this method"),
    "a wrong method on a term": ("DELETE", "/v1/glossary/КЭВ", 405, "does not take this method"),
    "a wrong method on model": ("POST", "/v1/model", 405, "does not take this method"),
    "a wrong method on live": ("POST", "/health/live", 405, "does not take this method"),
    "a wrong method on ready": ("POST", "/health/ready", 405, "does not take this method"),
    "a wrong method on transcripts": ("GET", "/v1/transcripts", 405, "does not take this method"),
    "a wrong method on feedback": ("GET", "/v1/feedback", 405, "does not take this method"),
    "a wrong method on review": ("POST", "/v1/review", 405, "does not take this method"),
    "a line that is not in the queue": (
        "DELETE",
        "/v1/review/1/answer",
        404,
        "no line 1 in the review queue",
    ),
    "a wrong method on a line": ("GET", "/v1/review/1", 405, "does not take this method"),
    "a wrong method on models": ("POST", "/v1/models", 405, "does not take this method"),
    "a model that is not there": ("POST", "/v1/models/x/activate", 404, "there is no such model"),
    "a wrong method on runs": ("PUT", "/v1/training-runs", 405, "does not take this method"),
    "a run that is not there": ("GET", "/v1/training-runs/x", 404, "there is no such training run"),
    "a wrong method on metrics": ("POST", "/metrics", 405, "does not take this method"),
}


def _assert_problem(response: Any, status: int, said: str) -> None:
    """Every error looks like this."""
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert list(problem) == ["type", "title", "status", "detail", "errors"]
    assert problem["type"].startswith("urn:objections:problem:")
    assert problem["status"] == status
    assert problem["title"]
    assert said in problem["detail"] or any(said in f"{e['where']} {e['problem']}" for e in problem["errors"])
    assert all(set(error) == {"where", "problem"} for error in problem["errors"])
    assert SECRET not in response.text
    assert "дорого" not in response.text


@pytest.mark.parametrize("name", BAD_BODIES)
def test_bad_input(client: TestClient, name: str) -> None:
    """What is wrong, where, and what to do."""
    route, body, status, said = BAD_BODIES[name]
    _assert_problem(client.post(route, json=body), status, said)


@pytest.mark.parametrize("route", [CLASSIFY, BATCH])
@pytest.mark.parametrize("name", RAW_BODIES)
def test_unreadable_bodies(client: TestClient, route: str, name: str) -> None:
    """Whatever comes over the wire."""
    content, headers, status, said = RAW_BODIES[name]
    if "surrogate" in name and route == BATCH:
        content = b'{"lines": [' + content + b"]}"
        said = f"lines[0].{said}"
    _assert_problem(client.post(route, content=content, headers=headers), status, said)


def test_an_unannounced_body_over_the_limit(small: Classifier, home: Path) -> None:
    """A body that comes in chunks is counted as it comes."""
    app = create_app(small, Settings(home=home, max_body_bytes=1024))
    with TestClient(app) as client:
        response = client.post(CLASSIFY, content=iter([b"x" * 600, b"x" * 600]), headers=JSON)
    _assert_problem(response, 413, "OBJECTIONS_MAX_BODY_BYTES")


@pytest.mark.parametrize("name", ADDRESSES)
def test_wrong_addresses(client: TestClient, name: str) -> None:
    """What there is instead."""
    method, address, status, said = ADDRESSES[name]
    _assert_problem(client.request(method, address), status, said)


def test_this_file_asks_every_route(client: TestClient) -> None:
    """A new route must be added above."""
    asked = {CLASSIFY, BATCH, *(address for _, address, _, _ in ADDRESSES.values())}
    values = {"term": "КЭВ", "item_id": "1", "model_id": "x", "run_id": "x"}
    for path in client.get("/openapi.json").json()["paths"]:
        assert path.format(**values) in asked


def test_a_crash_is_a_problem_too_and_its_log_has_no_words(
    small: Classifier, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A defect answers 500; neither answer nor log repeat what was said."""
    router = APIRouter()

    @router.get("/crash")
    def crash() -> None:
        raise ValueError(SECRET)

    app = create_app(small, Settings(home=home))
    app.include_router(router)
    with TestClient(app, raise_server_exceptions=False) as client:
        _assert_problem(client.get("/crash"), 500, "Its log says where")
    assert "ValueError at " in caplog.text
    assert SECRET not in caplog.text


def test_every_route_documents_the_shape(client: TestClient) -> None:
    """In OpenAPI errors are what they are."""
    schema = client.get("/openapi.json").json()
    assert "HTTPValidationError" not in json.dumps(schema)
    for path in schema["paths"].values():
        for operation in path.values():
            for status, answer in operation["responses"].items():
                if not status.startswith("2"):
                    (kind,) = answer["content"]
                    assert kind == "application/problem+json"
                    assert answer["content"][kind]["schema"]["$ref"].endswith("/Problem")


def test_all_problems_of_a_batch_are_named(client: TestClient) -> None:
    """Nobody mends a request one line at a time."""
    response = client.post(BATCH, json=_lines("", "да", " "))
    assert [error["where"] for error in response.json()["errors"]] == ["lines[0].text", "lines[2].text"]
