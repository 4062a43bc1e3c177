"""Doubtful lines on their way into the review queue, without making an answer wait for the database."""

import atexit
import logging
import queue
import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from starlette.applications import Starlette

from objections.classifier import Prediction
from objections.errors import ObjectionsError
from objections.line import Line
from service.correcting import Mask, keep, mask_and_keep
from service.settings import Settings
from service.store.database import Database
from service.store.review import Doubtful, offer

log = logging.getLogger(__name__)

MOST_UNSTORED: Final = 20_000
"""Lines that wait for the database; more are let go: the queue lives from variety, not from every line."""
AT_ONCE: Final = 500
SECONDS_BETWEEN: Final = 1.0


def find_doubtful(
    lines: Iterable[Line], predictions: Iterable[Prediction], stored_as: Mask
) -> list[Doubtful]:
    """Give the lines whose answers are often wrong, masked."""
    return [
        _doubtful(line, prediction, stored_as)
        for line, prediction in zip(lines, predictions, strict=True)
        if prediction.uncertain
    ]


def collect_doubts(app: Starlette, lines: Sequence[Line], predictions: Sequence[Prediction]) -> None:
    """Take the doubtful ones among the lines that an application has answered, where it keeps them."""
    doubts: Doubts | None = app.state.doubts
    if doubts is not None:
        doubts.collect(lines, predictions)


def _doubtful(line: Line, prediction: Prediction, stored_as: Mask) -> Doubtful:
    return Doubtful(
        text=stored_as(line.text),
        category=str(prediction.category),
        confidence=float(prediction.confidence or 0.0),
        term=prediction.suggestion.entry.term if prediction.suggestion else None,
        model=prediction.model,
        speaker=line.speaker and keep(line.speaker)[:200],
        call_id=line.call_id and keep(line.call_id)[:200],
        number=line.number,
    )


class Doubts:
    """Collects doubtful lines and puts them into the queue in a thread of its own.

    Parameters
    ----------
    open_database : callable
        Gives the database; called from the thread.
    settings : Settings
    """

    def __init__(self, open_database: Callable[[], Database], settings: Settings) -> None:
        self._open_database = open_database
        self._settings = settings
        self._stored_as = mask_and_keep if settings.mask_personal_data else keep
        self._waiting: queue.Queue[Doubtful] = queue.Queue(MOST_UNSTORED)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="doubts", daemon=True)
        self._thread.start()
        atexit.register(self.close)

    def collect(self, lines: Sequence[Line], predictions: Sequence[Prediction]) -> None:
        """Take the doubtful ones among answered lines; never waits."""
        for one in find_doubtful(lines, predictions, self._stored_as):
            try:
                self._waiting.put_nowait(one)
            except queue.Full:
                return

    def close(self) -> None:
        """Store what waits, and stop."""
        self._stopping.set()
        self._thread.join(timeout=5)
        atexit.unregister(self.close)

    def _run(self) -> None:
        while not self._stopping.wait(SECONDS_BETWEEN):
            self._store()
        self._store()

    def _store(self) -> None:
        while batch := self._next_batch():
            try:
                with self._open_database().session() as session:
                    offer(session, batch, self._settings.review_most, self._settings.review_days)
            except ObjectionsError as error:  # the lines are let go: answering matters more
                log.warning("%d doubtful lines were not stored: %s", len(batch), error)
                return

    def _next_batch(self) -> list[Doubtful]:
        batch: list[Doubtful] = []
        while len(batch) < AT_ONCE:
            try:
                batch.append(self._waiting.get_nowait())
            except queue.Empty:
                break
        return batch
