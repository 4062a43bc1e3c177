"""Going live: a running process takes up the model that `models/current` points at, between two requests.

Whoever answers reads `app.state.classifier` once, so an answer comes from one model, the old or the new one.
"""

import logging
import threading
from typing import Final

from starlette.datastructures import State

from objections.artifact import CURRENT
from objections.classifier import Classifier
from objections.errors import ModelError

log = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS: Final = 0.5
SECONDS_TO_STOP: Final = 10


def warm(classifier: Classifier) -> None:
    """Answer once what nobody asked, so that no request waits for what the first answer takes longer."""
    classifier.classify(["готов"], explain=True)


class ModelWatch:
    """Looks after `models/current` in a thread of its own.

    Parameters
    ----------
    state : State
        Of the application: `settings` name the folder of models, `classifier` is replaced.
    """

    def __init__(self, state: State) -> None:
        self.state = state
        self._link = state.settings.models / CURRENT
        self._seen: object = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="model-watch", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Stop looking."""
        self._stopping.set()
        self._thread.join(SECONDS_TO_STOP)

    def look(self) -> None:
        """Take up the current model if it is another one; log one that cannot be loaded, and go on."""
        if (found := self._look_at_link()) == self._seen:
            return
        self._seen = found
        folder = self._link.resolve()
        running: Classifier = self.state.classifier
        if found is None or folder.name == running.card.id:
            return
        try:
            classifier = Classifier.load(folder, running.glossary)
            warm(classifier)
        except ModelError as error:
            log.error("model %s goes on answering: %s", running.card.id, error)  # noqa: TRY400 (said in full)
            return
        self.state.classifier = classifier
        log.info("model %s answers now, instead of %s", classifier.card.id, running.card.id)

    def _run(self) -> None:
        while not self._stopping.wait(SECONDS_BETWEEN_LOOKS):
            try:
                self.look()
            except Exception as error:  # noqa: BLE001 (a watch that ended would go unnoticed)
                log.error("looking for a new model failed: %s", type(error).__name__)  # noqa: TRY400 (as above)

    def _look_at_link(self) -> object:
        """Tell one state of the link from another: each activation makes it anew, even to the same model."""
        try:
            status = self._link.lstat()
            return self._link.readlink(), status.st_ino, status.st_mtime_ns
        except OSError:
            return None
