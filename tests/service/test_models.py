"""Models over HTTP and on the command line."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from objections.artifact import CARD, CURRENT, SCORER, read_card
from objections.classifier import Classifier
from objections.errors import UnknownModelError
from objections.glossary import Glossary
from objections.labels import PRICE
from service.app import create_app
from service.cli import cli
from service.settings import Settings
from tests.support import ROOT
from tests.tiny_model import publish_tiny

OLD, NEW = "20300101T000000-000000", "20300102T000000-111111"
UNKNOWN = "20300103T000000-222222"


@pytest.fixture
def tiny_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as OBJECTIONS_HOME names it, and does, with two models; the newer one is current."""
    (tmp_path / "data").symlink_to(ROOT / "data")
    for model_id in (OLD, NEW):
        publish_tiny(tmp_path / "models", model_id, {"дорого": PRICE})
    monkeypatch.setenv("OBJECTIONS_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def tiny_client(tiny_home: Path, glossary: Glossary) -> Iterator[TestClient]:
    """An application around the newer model."""
    classifier = Classifier.load(tiny_home / "models" / CURRENT, glossary)
    with TestClient(create_app(classifier, Settings(home=tiny_home))) as client:
        yield client


def _current(home: Path) -> str:
    return read_card(home / "models" / CURRENT).id


def test_the_models_are_listed(tiny_client: TestClient, tiny_home: Path) -> None:
    """With their lines, and what is wrong with a damaged one."""
    (tiny_home / "models" / OLD / CARD).write_bytes(b"{}")
    new, old = tiny_client.get("/v1/models").raise_for_status().json()["models"]
    assert (new["id"], new["current"], new["previous"], new["lines"]) == (NEW, True, False, 1)
    assert new["problem"] is None
    assert (old["id"], old["current"], old["previous"], old["lines"]) == (OLD, False, True, None)
    assert "is damaged" in old["problem"]


def test_a_model_is_activated(tiny_client: TestClient, tiny_home: Path) -> None:
    """And named in the answer."""
    answer = tiny_client.post(f"/v1/models/{OLD}/activate").raise_for_status()
    assert answer.json() == {"id": OLD}
    assert _current(tiny_home) == OLD


@pytest.mark.parametrize("name", [UNKNOWN, "current", "..%2Fmodels"])
def test_an_unknown_model_is_404(tiny_client: TestClient, tiny_home: Path, name: str) -> None:
    """Whatever the name tries."""
    answer = tiny_client.post(f"/v1/models/{name}/activate")
    assert answer.status_code == 404
    assert _current(tiny_home) == NEW


@pytest.mark.parametrize("name", [CARD, SCORER])
def test_a_damaged_model_is_409(tiny_client: TestClient, tiny_home: Path, name: str) -> None:
    """The sentence says what is wrong, and not where on the disk."""
    (tiny_home / "models" / OLD / name).write_bytes(b"{}")
    answer = tiny_client.post(f"/v1/models/{OLD}/activate")
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:objections:problem:unusable-model")
    assert f"models/{OLD}/{name}" in answer.json()["detail"]
    assert str(tiny_home) not in answer.text
    assert _current(tiny_home) == NEW


@pytest.mark.usefixtures("tiny_home")
def test_the_command_line_lists_models() -> None:
    """One to a line, the current one marked."""
    said = CliRunner().invoke(cli, ["models", "list"], catch_exceptions=False).stdout.splitlines()
    assert [line[:24] for line in said] == [f"* {NEW}", f"- {OLD}"]


def test_the_command_line_switches(tiny_home: Path) -> None:
    """And says so."""
    result = CliRunner().invoke(cli, ["models", "activate", OLD], catch_exceptions=False)
    assert result.stderr == f"{OLD} is the current model.\n"
    assert _current(tiny_home) == OLD


def test_the_command_line_refuses_what_is_unknown(tiny_home: Path) -> None:
    """As an error that the user can mend."""
    assert isinstance(CliRunner().invoke(cli, ["models", "activate", UNKNOWN]).exception, UnknownModelError)
    assert _current(tiny_home) == NEW


@pytest.mark.parametrize(("arguments", "kept"), [([], "2"), (["--keep", "1"], "10")])
def test_the_command_line_prunes(
    tiny_home: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], kept: str
) -> None:
    """As many as the setting or the option says stay, beside those in use."""
    publish_tiny(tiny_home / "models", UNKNOWN, {"дорого": PRICE})
    monkeypatch.setenv("OBJECTIONS_MODELS_KEPT", kept)
    result = CliRunner().invoke(cli, ["models", "prune", *arguments], catch_exceptions=False)
    assert result.stderr == f"1 model(s) removed: {OLD}\n"
