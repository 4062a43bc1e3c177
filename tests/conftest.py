"""What many tests need: a small model fitted in a second, the shipped one, and real servers."""

import doctest
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import pytest
from fastapi.testclient import TestClient

from objections.artifact import CURRENT
from objections.classifier import Classifier
from objections.glossary import Glossary
from objections.phrases import Phrase, read_phrases
from service.app import create_app
from service.settings import Settings
from training.pipeline import FitSettings
from training.run import train

ROOT = Path(__file__).resolve().parent.parent
OBJECTIONS = Path(sys.executable).with_name("objections")
QUICK = FitSettings(char_range=(2, 4), tol=1e-3, most_folds=3)
EVERY = 8
"""The small model learns from every eighth shipped line."""


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
def home(tmp_path_factory: pytest.TempPathFactory, small_csv: Path) -> Path:
    """A folder as OBJECTIONS_HOME names it, with a small model; not to be changed."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "data").symlink_to(ROOT / "data")
    train(small_csv, folder / "models", QUICK, lambda _: None)
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


@contextmanager
def serving(home: Path, *command: str) -> Iterator[tuple[str, Path]]:
    """Start the real server on a free port; yield its address and the file of its log."""
    log = home.parent / f"{home.name}-server-{os.urandom(4).hex()}.log"
    environment = {**os.environ, "OBJECTIONS_HOME": str(home), "OBJECTIONS_PORT": "0"}
    with log.open("w") as stderr:
        process = subprocess.Popen(command or (OBJECTIONS, "serve"), stderr=stderr, env=environment)
    try:
        yield _address(process, log), log
    finally:
        process.terminate()
        process.wait(20)


def _address(process: "subprocess.Popen[bytes]", log: Path) -> str:
    """Wait for the line that says where the service listens; the socket is open by then."""
    for _ in range(600):
        if found := re.search(r"http://\S+:\d+", log.read_text(encoding="utf-8")):
            return found[0]
        if process.poll() is not None:
            break
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
    raise AssertionError(f"the server did not start: {log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="session")
def run_objections(home: Path) -> Callable[..., "subprocess.CompletedProcess[bytes]"]:
    """Run the real command line against the small model."""

    def run(
        *arguments: str | Path, stdin: bytes = b"", **environment: str
    ) -> "subprocess.CompletedProcess[bytes]":
        settings = {**os.environ, "OBJECTIONS_HOME": str(home), **environment}
        return subprocess.run(
            [OBJECTIONS, *arguments], input=stdin, capture_output=True, env=settings, check=False, timeout=300
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
