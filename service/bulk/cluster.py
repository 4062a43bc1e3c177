"""The same scoring on many processes or machines, by Dask: one file is one task.

Every worker gets the model from the process that starts the run, so that only inputs and outputs must be
reachable from all: in folders that they share, or on object stores by the addresses that fsspec knows
(``s3://bucket/calls/*.parquet``). A worker that dies loses nothing: its files are done again by others (until
Dask's `allowed-failures` is reached), and an output takes its place whole or not at all.
"""

import contextlib
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from distributed import Client, KilledWorker, LocalCluster, Worker, WorkerPlugin, as_completed, get_worker

from objections.artifact import CARD, SCORER
from objections.classifier import Classifier
from objections.errors import ObjectionsError
from objections.glossary import Glossary
from service.bulk.options import Options
from service.bulk.task import Done, Task, do
from service.locations import is_address
from service.settings import Settings

PATIENCE: Final = "20s"
"""For a scheduler that does not answer."""
_GLOSSARY: Final = "glossary.toml"
_CLASSIFIER: Final = "objections_classifier"
"""Under which name a worker has it."""


class ModelPlugin(WorkerPlugin):
    """Gives every worker the model, those too that come later.

    Parameters
    ----------
    settings : Settings
        Of the process that starts the run.
    model : str
        Id of the model.
    """

    name = "objections-model"

    def __init__(self, settings: Settings, model: str) -> None:
        folder = settings.models / model
        self._model = model
        self._files = {name: (folder / name).read_bytes() for name in (CARD, SCORER)}
        self._glossary = settings.glossary.read_bytes()

    def setup(self, worker: Worker) -> None:
        """Load the model in a worker."""
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / self._model
            folder.mkdir()
            for name, content in self._files.items():
                (folder / name).write_bytes(content)
            glossary = Path(place) / _GLOSSARY
            glossary.write_bytes(self._glossary)
            classifier = Classifier.load(folder, Glossary.read(glossary))
        setattr(worker, _CLASSIFIER, classifier)


@contextlib.contextmanager
def connect(scheduler: str | None, workers: int | None) -> Iterator[Client]:
    """Connect to a cluster, or start one of so many processes on this machine.

    Raises
    ------
    ObjectionsError
        Where the scheduler does not answer.
    """
    with contextlib.ExitStack() as stack:
        address: Any = scheduler
        if scheduler is None:
            local = LocalCluster(  # type: ignore[no-untyped-call]  # the library names no types here
                n_workers=workers or 1, threads_per_worker=1, dashboard_address=":0"
            )
            address = stack.enter_context(local)
        try:
            client = stack.enter_context(Client(address, timeout=PATIENCE))  # type: ignore[no-untyped-call]
        except (OSError, ValueError):
            raise ObjectionsError(
                f"no Dask scheduler answers at {scheduler}: start one with `dask scheduler`, "
                "or leave --scheduler out and use --workers"
            ) from None
        yield client


def score_tasks(
    client: Client, plugin: ModelPlugin, tasks: Sequence[Task], options: Options
) -> Iterator[Done]:
    """Score files on the workers; give each as it is done.

    Raises
    ------
    OutputError
        Where an output cannot be written.
    ObjectionsError
        Where a file ends every worker that takes it.
    """
    client.register_plugin(plugin, name=plugin.name)
    futures = [client.submit(_do, _placed(task), options, pure=False) for task in tasks]
    named = dict(zip(futures, tasks, strict=True))
    try:
        for future in as_completed(futures):  # type: ignore[no-untyped-call]
            try:
                yield replace(future.result(), task=named[future])
            except KilledWorker:
                raise ObjectionsError(
                    "a file ended every worker that took it, for instance for want of memory; the finished "
                    "ones are kept. Give the workers more memory, or cut large files, and run again"
                ) from None
    finally:
        client.cancel(futures)  # type: ignore[no-untyped-call]


def _placed(task: Task) -> Task:
    """Name files by their whole paths: workers run in folders of their own."""
    paths = (path if is_address(path) else str(Path(path).absolute()) for path in (task.source, task.target))
    return Task(*paths)


def _do(task: Task, options: Options) -> Done:
    """Score one file in a worker."""
    return do(task, getattr(get_worker(), _CLASSIFIER), options, lambda *_: None)
