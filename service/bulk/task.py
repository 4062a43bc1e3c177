"""One file of many: where it is, where its answers go, and what became of it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from objections.classifier import Classifier
from objections.errors import DataError, OutputError
from service.bulk.options import Options
from service.bulk.rejected import reject_file
from service.bulk.scoring import score_file
from service.bulk.summary import Summary
from service.locations import is_address

Progress = Callable[[int, int, int], None]
"""Told (rows so far, bytes so far, bytes in all)."""


@dataclass(frozen=True, slots=True)
class Task:
    """One file to score.

    Attributes
    ----------
    source, target : str
        Paths or addresses.
    """

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a task.

    Attributes
    ----------
    task : Task
    header : list of str
        Columns of the output; none where the file could not be read.
    summary : Summary
    """

    task: Task
    header: list[str]
    summary: Summary


def do(task: Task, classifier: Classifier, options: Options, progress: Progress) -> Done:
    """Score one file among many; one that cannot be read is set aside.

    Raises
    ------
    OutputError
        Where an output cannot be written: that concerns all files.
    """
    if not is_address(task.target):
        Path(task.target).parent.mkdir(parents=True, exist_ok=True)
    try:
        return Done(task, *score_file(classifier, task.source, task.target, options, progress))
    except OutputError:
        raise
    except DataError as error:
        return Done(task, [], reject_file(task.source, task.target, error))
