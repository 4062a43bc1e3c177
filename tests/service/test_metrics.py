"""What the service counts."""

import logging
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from objections.classifier import Prediction
from service.app import create_app
from service.metrics import Metrics
from service.settings import Settings
from service.store.database import Database
from service.store.review import Doubtful, offer

SECRET = "переезжаем-на-Лесную-7"


def _samples(exposed: bytes | str) -> dict[tuple[str, ...], float]:
    text = exposed if isinstance(exposed, str) else exposed.decode()
    return {
        (sample.name, *(label for _, label in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def _answer(category: str | None = None, *, uncertain: bool = False) -> Prediction:
    return Prediction("model", cast("Any", category), uncertain=uncertain)


def test_requests_are_counted_with_their_time() -> None:
    """By the pattern of the route, method and status."""
    metrics = Metrics()
    for seconds in (0.004, 0.03):
        metrics.count_request("/v1/classify", "POST", 200, seconds)
    metrics.count_request("/v1/classify", "POST", 422, 0.004)
    samples = _samples(metrics.expose("model", 0))
    assert samples["objections_requests_total", "POST", "/v1/classify", "200"] == 2
    assert samples["objections_requests_total", "POST", "/v1/classify", "422"] == 1
    assert samples["objections_request_seconds_bucket", "0.005", "POST", "/v1/classify"] == 2
    assert samples["objections_request_seconds_sum", "POST", "/v1/classify"] == pytest.approx(0.038)


def test_made_up_methods_make_no_labels() -> None:
    """A client could send any number of them."""
    metrics = Metrics()
    for number in range(100):
        metrics.count_request("-", f"GET{number}", 404, 0.001)
    exposed = metrics.expose("model", 0)
    assert _samples(exposed)["objections_requests_total", "other", "-", "404"] == 100
    assert b"GET1" not in exposed


def test_lines_are_counted_by_category() -> None:
    """Those of the seller and the uncertain ones too; every known category is there from the start."""
    metrics = Metrics()
    metrics.count_answers([_answer("цена"), _answer("цена", uncertain=True), _answer(), _answer("новая")])
    metrics.count_answers([_answer("отказ", uncertain=True)])
    samples = _samples(metrics.expose("model", 0))
    assert {key[1]: value for key, value in samples.items() if key[0] == "objections_lines_total"} == {
        "цена": 2,
        "отказ": 1,
        "сомнение в качестве": 0,
        "нет возражения": 0,
        "not scored": 1,
        "новая": 1,
    }
    assert samples["objections_uncertain_lines_total",] == 2


def test_the_model_and_the_queue_are_told_as_they_are() -> None:
    """A queue that nobody can count is left out."""
    metrics = Metrics()
    assert _samples(metrics.expose("first", 7))["objections_review_queue_lines",] == 7
    samples = _samples(metrics.expose("second", None))
    assert [key for key in samples if key[0] == "objections_model_info"] == [
        ("objections_model_info", "second")
    ]
    assert ("objections_review_queue_lines",) not in samples


def test_the_process_is_told() -> None:
    """Its memory and its processor time."""
    samples = _samples(Metrics().expose("model", 0))
    assert samples["process_resident_memory_bytes",] > 1_000_000
    assert samples["process_cpu_seconds_total",] > 0


@pytest.fixture
def make_client(tmp_path: Path) -> Callable[[], TestClient]:
    """An application whose model cannot answer, with a database of its own."""

    def make() -> TestClient:
        app = create_app(
            cast("Any", SimpleNamespace(card=SimpleNamespace(id="model"))), Settings(home=tmp_path)
        )
        return TestClient(app, raise_server_exceptions=False)

    return make


def test_metrics_carry_no_words(make_client: Callable[[], TestClient]) -> None:
    """Not of addresses, queries or bodies."""
    with make_client() as client:
        client.get(f"/{SECRET}", params={"text": SECRET})
        client.post("/v1/classify", json={"text": "", "speaker": SECRET})
        client.request(SECRET.encode().hex(), "/v1/classify")
        answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    samples = _samples(answer.text)
    assert samples["objections_requests_total", "GET", "-", "404"] == 1
    assert samples["objections_requests_total", "POST", "/v1/classify", "422"] == 1
    for part in ("переезжаем", "Лесную", SECRET.encode().hex(), "%D0"):
        assert part not in answer.text


def test_the_queue_is_counted_in_the_database(make_client: Callable[[], TestClient], tmp_path: Path) -> None:
    """Which is not made where it is missing."""
    path = tmp_path / "feedback.db"
    with make_client() as client:
        assert _samples(client.get("/metrics").text)["objections_review_queue_lines",] == 0
        assert not path.exists()
        database = Database.open(f"sqlite:///{path}")
        with database.session() as session:
            doubtful = Doubtful(text="ну не знаю", category="отказ", confidence=0.4, term=None, model="model")
            offer(session, [doubtful], 10, 1)
        database.close()
        assert _samples(client.get("/metrics").text)["objections_review_queue_lines",] == 1


def test_being_watched_is_not_logged(
    make_client: Callable[[], TestClient], caplog: pytest.LogCaptureFixture
) -> None:
    """Every few seconds for years."""
    with caplog.at_level(logging.INFO, "service"), make_client() as client:
        client.get("/metrics")
        assert "/metrics" not in caplog.text
        assert (
            _samples(client.get("/metrics").text)["objections_requests_total", "GET", "/metrics", "200"] == 1
        )
