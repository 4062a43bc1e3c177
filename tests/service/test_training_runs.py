"""Training runs: one at a time, watched, stopped, killed. None of these is let train to its end."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from objections.artifact import CURRENT, load
from objections.classifier import Classifier
from objections.glossary import Glossary
from objections.labels import PRICE
from service.app import create_app
from service.run_record import Run, TrainingRequest
from service.settings import Settings
from service.store.corrections import NewCorrection, add_corrections
from service.store.database import Database
from service.training_runs import PROCESS, TrainingRuns, UnderWayError
from tests.support import ROOT
from tests.tiny_model import publish_tiny

MODEL = "20300101T000000-000000"
PATH = "/v1/training-runs"


@pytest.fixture
def run_home(tmp_path: Path) -> Path:
    """A folder as OBJECTIONS_HOME names it with a model and some labelled lines."""
    (tmp_path / "data").mkdir()
    for name in ("glossary.toml", "evaluation_phrases.csv", "quality_floors.json"):
        (tmp_path / "data" / name).symlink_to(ROOT / "data" / name)
    lines = (ROOT / "data" / "labeled_phrases.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    labelled = "".join([lines[0], *lines[1::40]])
    (tmp_path / "data" / "labeled_phrases.csv").write_text(labelled, encoding="utf-8")
    publish_tiny(tmp_path / "models", MODEL, {"дорого": PRICE})
    return tmp_path


@pytest.fixture
def runs(run_home: Path) -> Iterator[TrainingRuns]:
    """The runs of that folder; what is under way after a test is stopped."""
    runs = TrainingRuns(Settings(home=run_home))
    yield runs
    for run in runs.newest_first():
        runs.stop(run.id)


@pytest.fixture
def run_client(runs: TrainingRuns, run_home: Path, glossary: Glossary) -> Iterator[TestClient]:  # noqa: ARG001
    """An application around that model."""
    classifier = Classifier.load(run_home / "models" / CURRENT, glossary)
    with TestClient(create_app(classifier, Settings(home=run_home))) as client:
        yield client


def _wait(runs: TrainingRuns, run: Run, *states: str, words: int = 0) -> Run:
    """Look until a run has one of the states and has said so many words, or has ended."""
    for _ in range(3000):
        seen = runs.find(run.id)
        if not seen.is_under_way or (seen.state in states and len(seen.progress) >= words):
            return seen
        time.sleep(0.1)
    raise AssertionError(f"still {seen.state} after minutes")


def _record(home: Path, state: str = "queued") -> tuple[Run, Path]:
    """Write down a run by hand, as if it had been asked for long ago."""
    run = Run(
        id="20290101T000000-abcdef",
        state=state,
        asked=TrainingRequest(),
        by=None,
        created=datetime(2029, 1, 1, tzinfo=UTC),
    )
    folder = home / "models" / "runs" / run.id
    folder.mkdir(parents=True)
    (folder.parent / "lock").touch()
    run.write(folder)
    return run, folder


def test_a_run_that_cannot_train_says_why(runs: TrainingRuns, run_home: Path) -> None:
    """With the sentence that the command would say."""
    (run_home / "data" / "labeled_phrases.csv").unlink()
    run = _wait(runs, runs.start(TrainingRequest(feedback=False), "anna"))
    assert (run.state, run.by, run.result) == ("failed", "anna", None)
    assert run.problem is not None
    assert "labeled_phrases.csv cannot be read" in run.problem
    assert run.started is not None
    assert run.ended is not None


def test_one_run_at_a_time_and_a_stopped_one_makes_room(run_client: TestClient, run_home: Path) -> None:
    """Asked over HTTP; whoever comes second learns which one is under way."""
    first = run_client.post(PATH, json={"feedback": False})
    assert (first.status_code, first.json()["state"]) == (202, "queued")
    second = run_client.post(PATH, json={"feedback": False})
    assert (second.status_code, second.json()["type"]) == (409, "urn:objections:problem:conflict")
    assert first.json()["id"] in second.json()["detail"]
    stopped = run_client.delete(first.headers["location"]).raise_for_status().json()
    assert stopped["state"] == "stopped"
    third = run_client.post(PATH, json={"feedback": False})
    assert third.status_code == 202
    listed = run_client.get(PATH).raise_for_status().json()["runs"]
    assert {run["id"] for run in listed} == {first.json()["id"], third.json()["id"]}
    assert run_client.get(first.headers["location"]).json() == stopped
    assert run_client.delete(first.headers["location"]).json() == stopped
    assert load(run_home / "models" / CURRENT)[0].id == MODEL


@pytest.mark.parametrize(("states", "words"), [(("queued",), 0), (("running",), 0), (("running",), 2)])
def test_a_killed_run_has_failed_and_the_model_stays(
    runs: TrainingRuns, run_home: Path, states: tuple[str, ...], words: int
) -> None:
    """At the start, on its way and while it fits: whole is what was current, and another run may start."""
    run = _wait(runs, runs.start(TrainingRequest(), None), *states, words=words)
    process = int((run_home / "models" / "runs" / run.id / PROCESS).read_text(encoding="ascii"))
    os.killpg(process, signal.SIGKILL)
    failed = _wait(runs, run)
    assert failed.state == "failed"
    assert "killed" in str(failed.problem)
    assert load(run_home / "models" / CURRENT)[0].id == MODEL
    runs.start(TrainingRequest(), None)


def test_a_run_that_died_with_its_machine_has_failed(runs: TrainingRuns, run_home: Path) -> None:
    """Nobody holds the lock, whatever the record says."""
    run, _ = _record(run_home, "running")
    assert runs.find(run.id).state == "failed"
    assert [one.state for one in runs.newest_first()] == ["failed"]


def test_a_run_goes_on_when_the_service_has_ended(runs: TrainingRuns, run_home: Path) -> None:
    """Another process sees it, is refused another one, and can stop it."""
    code = (
        "import sys; from pathlib import Path; from service.run_record import TrainingRequest\n"
        "from service.settings import Settings; from service.training_runs import TrainingRuns\n"
        "print(TrainingRuns(Settings(home=Path(sys.argv[1]))).start(TrainingRequest(), None).id)"
    )
    command = [sys.executable, "-c", code, str(run_home)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    (run,) = runs.newest_first()
    assert run.id == done.stdout.strip()
    assert run.is_under_way
    with pytest.raises(UnderWayError, match=run.id):
        runs.start(TrainingRequest(), None)
    assert runs.stop(run.id).state == "stopped"


def test_a_run_ends_when_its_time_is_up(run_home: Path) -> None:
    """A second is too short for any."""
    _, folder = _record(run_home)
    environment = {**os.environ, "OBJECTIONS_HOME": str(run_home)}
    command = [sys.executable, "-m", "service.training_process", str(folder), "1"]
    subprocess.run(command, check=True, cwd=ROOT, env=environment)
    run = Run.read(folder)
    assert (run.state, run.result) == ("timed out", None)
    assert "OBJECTIONS_TRAINING_MINUTES" in str(run.problem)


@pytest.mark.parametrize("name", ["20290101T000000-abcdef", "lock", "..%2Fruns"])
@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_an_unknown_run_is_404(run_client: TestClient, method: str, name: str) -> None:
    """Whatever the name tries."""
    assert run_client.request(method, f"{PATH}/{name}").status_code == 404


@pytest.mark.parametrize("body", [{"weight": 0}, {"force": "because"}, {"feedback": "perhaps"}])
def test_a_wrong_order_is_422(run_client: TestClient, body: dict[str, object]) -> None:
    """And nothing is started."""
    assert run_client.post(PATH, json=body).status_code == 422
    assert run_client.get(PATH).json() == {"runs": []}


def test_corrections_to_a_category_that_nobody_asked_for_are_named(
    runs: TrainingRuns, run_home: Path
) -> None:
    """It may be a category that the next model is to lose."""
    own = NewCorrection("anna", "давайте перенесём", "перенос", "Возражение", MODEL)
    database = Database.open(Settings(home=run_home).database)
    with closing(database), database.session() as session:
        add_corrections(session, [own])
    run = _wait(runs, runs.start(TrainingRequest(), None))
    assert run.state == "failed"
    assert run.problem is not None
    assert "not asked for: перенос" in run.problem
    assert run.progress[0].startswith("1 corrected lines in sqlite://")
