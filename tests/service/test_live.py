"""Running processes take up new models: which, when, and what is said of one that cannot be used."""

import logging
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2 as httpx
import pytest
from fastapi.testclient import TestClient

from objections.artifact import CURRENT, SCORER, activate
from objections.classifier import Classifier
from objections.glossary import Glossary
from objections.labels import NO_OBJECTION, PRICE
from service.app import create_app
from service.live import SECONDS_BETWEEN_LOOKS, ModelWatch
from service.settings import Settings
from tests.support import OBJECTIONS, ROOT, serving
from tests.tiny_model import publish_tiny

OLD, NEW, BROKEN = "20300101T000000-000000", "20300102T000000-111111", "20300103T000000-222222"
SWITCHES = 10
SECONDS_TO_GO_LIVE = 2
"""What is promised; a machine that does other things besides gets more in the test."""


@pytest.fixture
def tiny_home(tmp_path: Path) -> Path:
    """A folder as OBJECTIONS_HOME names it with two models, of which the older one is current."""
    (tmp_path / "data").symlink_to(ROOT / "data")
    publish_tiny(tmp_path / "models", OLD, {"дорого": PRICE})
    publish_tiny(tmp_path / "models", NEW, {"дорого": NO_OBJECTION}, current=False)
    return tmp_path


@pytest.fixture
def watch(tiny_home: Path, glossary: Glossary) -> ModelWatch:
    """A watch of an application that answers with the older model."""
    classifier = Classifier.load(tiny_home / "models" / CURRENT, glossary)
    return ModelWatch(create_app(classifier, Settings(home=tiny_home)).state)


def _model(watch: ModelWatch) -> str:
    classifier: Classifier = watch.state.classifier
    return classifier.card.id


def test_the_model_in_use_is_not_loaded_again(watch: ModelWatch) -> None:
    """A look at a link that points where it did changes nothing."""
    before = watch.state.classifier
    watch.look()
    watch.look()
    assert watch.state.classifier is before


def test_another_current_model_answers_after_the_next_look(watch: ModelWatch, tiny_home: Path) -> None:
    """Whole: card and answers are the new one's."""
    activate(tiny_home / "models", NEW)
    watch.look()
    assert _model(watch) == NEW
    assert watch.state.classifier.classify(["дорого"])[0].category == NO_OBJECTION


def test_a_model_that_cannot_be_loaded_is_logged_once_and_the_old_one_goes_on(
    watch: ModelWatch, tiny_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """One sentence without a traceback, however often the watch looks."""
    (publish_tiny(tiny_home / "models", BROKEN, {"дорого": PRICE}) / SCORER).write_bytes(b"")
    for _ in range(3):
        watch.look()
    assert _model(watch) == OLD
    (record,) = caplog.records
    assert (record.levelno, record.exc_info) == (logging.ERROR, None)
    assert f"model {OLD} goes on answering" in record.getMessage()


def test_a_model_activated_again_is_tried_again(watch: ModelWatch, tiny_home: Path) -> None:
    """Once mended, it needs no new name."""
    scorer = publish_tiny(tiny_home / "models", BROKEN, {"дорого": PRICE}) / SCORER
    content = scorer.read_bytes()
    scorer.write_bytes(b"")
    watch.look()
    scorer.write_bytes(content)
    activate(tiny_home / "models", BROKEN)
    watch.look()
    assert _model(watch) == BROKEN


@pytest.mark.parametrize("left", ["nothing", "a link to nothing"])
def test_without_a_current_model_the_old_one_goes_on(watch: ModelWatch, tiny_home: Path, left: str) -> None:
    """Somebody tidied up by hand."""
    (tiny_home / "models" / CURRENT).unlink()
    if left == "a link to nothing":
        (tiny_home / "models" / CURRENT).symlink_to("20300104T000000-333333")
    watch.look()
    assert _model(watch) == OLD


def test_the_watch_lives_as_long_as_the_application(tiny_home: Path, glossary: Glossary) -> None:
    """It takes up a model while the application runs, and its thread ends with it."""
    classifier = Classifier.load(tiny_home / "models" / CURRENT, glossary)
    with TestClient(create_app(classifier, Settings(home=tiny_home))) as client:
        activate(tiny_home / "models", NEW)
        assert _waits_for(client, NEW)
    assert not [thread for thread in threading.enumerate() if thread.name == "model-watch"]


def _waits_for(client: TestClient, model_id: str) -> bool:
    """Ask until the model answers; false where it does not for very long."""
    for _ in range(100):
        if client.get("/health/ready").json()["model"] == model_id:
            return True
        time.sleep(SECONDS_BETWEEN_LOOKS / 5)
    return False


class _Load:
    """Threads that ask without a pause and keep all that they are told.

    Each has a connection of its own, so that both workers are asked.
    """

    def __init__(self, address: str, threads: int) -> None:
        self._address = address
        self._stopping = threading.Event()
        self._pool = ThreadPoolExecutor(threads)
        self._asking = [self._pool.submit(self._ask) for _ in range(threads)]

    def stop(self) -> list[tuple[str, str]]:
        """Give the model and the category of each answer; fails where a request did."""
        self._stopping.set()
        answers = [answer for asking in self._asking for answer in asking.result()]
        self._pool.shutdown()
        return answers

    def _ask(self) -> list[tuple[str, str]]:
        answers = []
        with httpx.Client(base_url=self._address, timeout=60) as client:
            while not self._stopping.wait(0.01):
                lines = [{"text": "дорого"}] * 3
                said = client.post("/v1/classify/batch", json={"lines": lines}).raise_for_status().json()
                answers += [(said["model"], said["model"])]
                answers += [(one["model"], one["category"]) for one in said["results"]]
                one = client.post("/v1/classify", json={"text": "дорого"}).raise_for_status().json()
                answers.append((one["model"], one["category"]))
        return answers


@pytest.fixture
def two_workers(tiny_home: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a real server with two processes."""
    with serving(tiny_home, tmp_path / "log", str(OBJECTIONS), "serve", "--workers", "2") as address:
        httpx.get(address + "/health/ready", timeout=60).raise_for_status()
        yield address


def test_two_workers_under_load_switch_ten_times_without_an_error(two_workers: str) -> None:
    """No request fails, each answer is the one of the model it names, and soon all workers have switched."""
    load = _Load(two_workers, 4)
    for switch in range(SWITCHES):
        model_id = (NEW, OLD)[switch % 2]
        httpx.post(f"{two_workers}/v1/models/{model_id}/activate", timeout=60).raise_for_status()
        time.sleep(SECONDS_TO_GO_LIVE)
        assert {_ask_anew(two_workers) for _ in range(12)} == {model_id}
    answers = load.stop()
    assert len(answers) > SWITCHES
    expected = {(OLD, PRICE), (NEW, NO_OBJECTION), (OLD, OLD), (NEW, NEW)}
    assert set(answers) == expected


def _ask_anew(address: str) -> str:
    """Ask over a new connection, which any worker may take."""
    model: str = httpx.get(address + "/health/ready", timeout=60).json()["model"]
    return model
