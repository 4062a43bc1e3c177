"""What many tests need: a small model fitted in a second, the shipped one, and real servers."""

import doctest
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from fastapi.testclient import TestClient
from hypothesis import settings

from objections.artifact import CURRENT
from objections.classifier import Classifier
from objections.glossary import Glossary
from objections.phrases import Phrase, read_phrases
from service.app import create_app
from service.settings import Settings
from tests.support import OBJECTIONS, QUICK, ROOT
from training.gate import Judging
from training.run import train

settings.register_profile("here", deadline=None)  # a busy machine is no failure
settings.load_profile("here")

EVERY = 8
"""The small model learns from every eighth shipped line."""


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail in CI where a test was skipped: what is not run is not shown."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def shipped_phrases() -> list[Phrase]:
    """The shipped labelled lines."""
    return read_phrases(ROOT / "data" / "labeled_phrases.csv")


@pytest.fixture(scope="session")
def glossary() -> Glossary:
    """The shipped glossary."""
    return Glossary.read(ROOT / "data" / "glossary.toml")


@pytest.fixture(scope="session")
def small_csv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some hundreds of the shipped lines as a labelled file."""
    lines = (ROOT / "data" / "labeled_phrases.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    path = tmp_path_factory.mktemp("labelled") / "small.csv"
    path.write_text("".join([lines[0], *lines[1::EVERY]]), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory, small_csv: Path, glossary: Glossary) -> Path:
    """A folder as OBJECTIONS_HOME names it, with a small model; not to be changed."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "data").symlink_to(ROOT / "data")
    judging = Judging(glossary, ROOT / "data" / "evaluation_phrases.csv")
    train(small_csv, folder / "models", QUICK, lambda _: None, judging)
    return folder


@pytest.fixture(scope="session")
def small(home: Path, glossary: Glossary) -> Classifier:
    """A classifier around the small model."""
    return Classifier.load(home / "models" / CURRENT, glossary)


@pytest.fixture(scope="session")
def shipped(glossary: Glossary) -> Classifier:
    """A classifier around the model that `make` trained on all shipped lines."""
    return Classifier.load(ROOT / "models" / CURRENT, glossary)


@pytest.fixture
def client(small: Classifier, home: Path) -> Iterator[TestClient]:
    """The application around the small model."""
    with TestClient(create_app(small, Settings(home=home)), raise_server_exceptions=False) as test_client:
        yield test_client


@pytest.fixture(scope="session")
def run_objections(home: Path) -> Callable[..., "subprocess.CompletedProcess[bytes]"]:
    """Run the real command line against the small model."""

    def run(
        *arguments: str | Path, stdin: bytes = b"", cwd: Path | None = None, **environment: str
    ) -> "subprocess.CompletedProcess[bytes]":
        settings = {**os.environ, "OBJECTIONS_HOME": str(home), **environment}
        command = [OBJECTIONS, *arguments]
        return subprocess.run(
            command, input=stdin, capture_output=True, env=settings, cwd=cwd, check=False, timeout=300
        )

    return run


@pytest.fixture
def doctest_module() -> Callable[[ModuleType], None]:
    """Run the examples in a module's docstrings."""

    def check(module: ModuleType) -> None:
        results = doctest.testmod(module)
        assert results.attempted > 0
        assert results.failed == 0

    return check
