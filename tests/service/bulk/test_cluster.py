"""Many processes give what one gives, and lose nothing when one of them dies."""

import os
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from distributed import Client

from objections.classifier import Classifier
from objections.errors import ObjectionsError
from service.bulk.cluster import ModelPlugin, connect, score_tasks
from service.bulk.options import Options
from service.bulk.run import Run
from service.bulk.task import Done, Task
from service.settings import Settings
from service.writers import open_writer

TEXTS = ("это слишком дорого", "да, записывайте", "нет, спасибо", "а у вас точно работает?")


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """A cluster of two processes."""
    with connect(None, 2) as connected:
        yield connected


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    """Twelve files of three kinds, and one that is nothing."""
    folder = tmp_path / "calls"
    folder.mkdir()
    for number in range(12):
        ending = (".csv", ".jsonl", ".parquet")[number % 3]
        with open_writer(str(folder / f"{number:02}{ending}"), ["n", "text"]) as writer:
            writer.write([f"{number}-{row}", TEXTS[(number + row) % len(TEXTS)]] for row in range(300))
    (folder / "nothing.csv").write_text("n,m\n1,2\n", encoding="utf-8")
    return folder


def _files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def test_many_processes_give_what_one_gives(
    client: Client, small: Classifier, home: Path, calls: Path, tmp_path: Path
) -> None:
    """Byte by byte, Parquet and JSON Lines too; what cannot be read is set aside alike."""
    plugin = ModelPlugin(Settings(home=home), small.card.id)
    alone = Run(small, Options(), lambda *_: None).score([str(calls)], f"{tmp_path}/alone")
    together = Run(
        small, Options(), lambda *_: None, lambda tasks, options: score_tasks(client, plugin, tasks, options)
    ).score([str(calls)], f"{tmp_path}/together")
    assert together.adds_up
    assert (together.files, together.unread, together.read) == (alone.files, alone.unread, alone.read)
    assert together.objections == alone.objections
    assert _files(tmp_path / "together") == _files(tmp_path / "alone")


def test_one_file_is_scored_as_alone(small: Classifier, calls: Path, tmp_path: Path) -> None:
    """Workers or not: the same columns."""

    def fail(_tasks: Sequence[Task], _options: Options) -> Iterator[Done]:
        raise AssertionError("one file is one task")

    source, (alone, together) = str(calls / "00.csv"), (tmp_path / "alone.csv", tmp_path / "together.csv")
    Run(small, Options(), lambda *_: None).score([source], str(alone))
    Run(small, Options(), lambda *_: None, fail).score([source], str(together))
    assert together.read_bytes() == alone.read_bytes()


def test_addresses_are_read_and_written(
    client: Client, small: Classifier, home: Path, calls: Path, tmp_path: Path
) -> None:
    """As object stores have them; here the system is that of this machine."""
    plugin = ModelPlugin(Settings(home=home), small.card.id)
    run = Run(
        small, Options(), lambda *_: None, lambda tasks, options: score_tasks(client, plugin, tasks, options)
    )
    summary = run.score([f"file://{calls}/*.csv"], f"file://{tmp_path}/out")
    assert (summary.files, summary.unread, summary.written) == (5, 1, 1200)
    assert sorted(_files(tmp_path / "out")) == [
        "00.csv",
        "03.csv",
        "06.csv",
        "09.csv",
        "nothing.csv.rejected.csv",
    ]


def test_a_worker_that_dies_loses_nothing(small: Classifier, home: Path, calls: Path, tmp_path: Path) -> None:
    """Killed in the middle, as the system does for want of memory: others do its files again."""
    plugin = ModelPlugin(Settings(home=home), small.card.id)
    with connect(None, 2) as client:
        first, _ = client.run(os.getpid).values()

        def score(tasks: Sequence[Task], options: Options) -> Iterator[Done]:
            for number, done in enumerate(score_tasks(client, plugin, tasks, options)):
                if number == 0:
                    os.kill(first, signal.SIGKILL)
                yield done

        summary = Run(small, Options(), lambda *_: None, score).score([str(calls)], f"{tmp_path}/out")
        assert first not in client.run(os.getpid).values()
    assert summary.adds_up
    assert (summary.files, summary.unread, summary.written) == (13, 1, 3600)
    assert len(_files(tmp_path / "out")) == 13


def test_a_scheduler_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to do instead."""
    monkeypatch.setattr("service.bulk.cluster.PATIENCE", "1s")
    refused = pytest.raises(ObjectionsError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9")
    with refused, connect("tcp://127.0.0.1:9", None):
        pass
