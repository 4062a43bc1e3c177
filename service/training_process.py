"""The process of a training run: trains, and writes down how far it is and what came of it."""

import os
import re
import signal
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any, Final

from objections.card import Card
from objections.errors import ObjectionsError
from service.retraining import Order, retrain
from service.run_record import Run, RunResult
from service.settings import Settings

NICENESS: Final = 10
"""Answering comes first."""

_FOLDS: Final = re.compile(r"left out and scored (\d+) of (\d+) folds")


class TimedOutError(Exception):
    """The time is up."""


class Record:
    """The record of the run under way.

    Parameters
    ----------
    folder : Path
        Of the run.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.run = Run.read(folder)

    def update(self, **changes: Any) -> None:  # noqa: ANN401 (fields of `Run`)
        """Write down what has changed."""
        self.run = self.run.model_copy(update=changes)
        self.run.write(self._folder)

    def say(self, words: str) -> None:
        """Write down what the training says."""
        folds = _FOLDS.match(words)
        done = int(folds[1]) / (int(folds[2]) + 1) if folds else self.run.done
        self.update(progress=[*self.run.progress, words], done=done)

    def end(self, state: str, **changes: Any) -> None:  # noqa: ANN401 (as above)
        """Write down how it ended."""
        self.update(state=state, ended=datetime.now(UTC), **changes)


def main(folder: Path, seconds: int) -> None:
    """Train as the record in `folder` asks, for so many seconds at most."""
    os.nice(NICENESS)
    record = Record(folder)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGALRM, _time_out)
    signal.alarm(seconds)
    try:
        record.update(state="running", started=datetime.now(UTC))
        card = _train(record)
        signal.alarm(0)
        opens = card.gate is None or card.gate.opens
        result = RunResult(model=card.id, current=opens, lines=card.data.lines, gate=card.gate)
        record.end("passed" if opens else "refused", result=result, done=1.0)
    except KeyboardInterrupt:
        record.end("stopped")
    except TimedOutError:
        problem = f"not done in {seconds / 60:.3g} minutes (setting OBJECTIONS_TRAINING_MINUTES)"
        record.end("timed out", problem=problem)
    except ObjectionsError as error:
        record.end("failed", problem=str(error))
    except ImportError as error:
        record.end("failed", problem=f"{error.name} is missing here: install `objections[train]`")
    except Exception as error:  # noqa: BLE001 (only its type and place: messages may hold words of clients)
        frame = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(frame.filename).name}:{frame.lineno}"
        record.end("failed", problem=f"a defect of the program: {type(error).__name__} at {where}")


def _train(record: Record) -> Card:
    asked = record.run.asked
    order = Order(feedback=asked.feedback, weight=asked.weight, new_categories=tuple(asked.new_categories))
    return retrain(order, Settings.from_environment(), record.say)


def _time_out(_number: int, _frame: FrameType | None) -> None:
    raise TimedOutError


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
