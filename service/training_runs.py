"""Training runs asked for over HTTP: one at a time, each in a process of its own.

All that is known stands in files under ``models/runs/``, so every worker sees it, and so does a service that
was started anew. The process that trains inherits a locked file and holds the lock until it ends, whatever
way: a run that is under way by its record and holds no lock has died.
"""

import fcntl
import os
import re
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from objections.errors import ObjectionsError
from service.run_record import RECORD, Run, TrainingRequest
from service.settings import PREFIX, Settings

LOCK: Final = "lock"
PROCESS: Final = "pid"
STOPPED: Final = "stopped"
"""A file that says that a run was told to stop."""
SECONDS_TO_STOP: Final = 10
"""For a training to end by itself before it is killed."""

_DIED: Final = "its process ended without a word: it was killed, or memory ran out; ask again"
_ID: Final = re.compile(r"[0-9]{8}T[0-9]{6}-[0-9a-f]{6}")
_TRIES: Final = 5
"""Times to ask for the lock: whoever looks whether a run is alive holds it for a moment."""


class UnderWayError(ObjectionsError):
    """Another training run is under way; names it."""


class UnknownRunError(ObjectionsError):
    """There is no training run of this name."""


class TrainingRuns:
    """The training runs of a folder of models.

    Parameters
    ----------
    settings : Settings
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = settings.models / "runs"

    def start(self, asked: TrainingRequest, by: str | None) -> Run:
        """Start a run.

        Raises
        ------
        UnderWayError
            Where one is under way.
        """
        created = datetime.now(UTC).replace(microsecond=0)
        run = Run(
            id=f"{created:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}",
            state="queued",
            asked=asked,
            by=by,
            created=created,
        )
        folder = self._folder / run.id
        with self._claim(run.id) as descriptor:
            folder.mkdir()
            run.write(folder)
            process = self._spawn(folder, descriptor)
            (folder / PROCESS).write_text(str(process.pid), encoding="ascii")
        # Whoever started a process has to wait for it, or it stays in the system's table when it has ended.
        threading.Thread(target=process.wait, name="training-run", daemon=True).start()
        return run

    def newest_first(self) -> list[Run]:
        """List the runs, newest first."""
        return [self._settled(self._folder / name) for name in self._names()]

    def find(self, run_id: str) -> Run:
        """Give a run.

        Raises
        ------
        UnknownRunError
        """
        return self._settled(self._find(run_id))

    def stop(self, run_id: str) -> Run:
        """Stop a run; one that has ended stays as it is.

        Raises
        ------
        UnknownRunError
        """
        folder = self._find(run_id)
        if not self._settled(folder).is_under_way:
            return Run.read(folder)
        (folder / STOPPED).touch()
        process = int((folder / PROCESS).read_text(encoding="ascii"))
        # Killed for good, it takes along what it has started itself.
        for end, ask in ((os.kill, signal.SIGTERM), (os.killpg, signal.SIGKILL)):
            with suppress(ProcessLookupError):
                end(process, ask)
            if self._wait(run_id):
                break
        return self._settled(folder)

    def _spawn(self, folder: Path, descriptor: int) -> "subprocess.Popen[bytes]":
        settings = self._settings
        given = {
            "home": settings.home,
            "database_url": settings.database,
            "models_kept": settings.models_kept,
        }
        environment = {f"{PREFIX}{name.upper()}": str(value) for name, value in given.items()}
        command = [
            sys.executable,
            "-m",
            "service.training_process",
            str(folder),
            str(settings.training_minutes * 60),
        ]
        return subprocess.Popen(  # noqa: S603 (nothing of a request is in the command)
            command,
            cwd=Path(__file__).resolve().parent.parent,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,  # what libraries say may hold words of clients
            pass_fds=(descriptor,),
            start_new_session=True,  # a service that stops does not stop it
        )

    def _find(self, run_id: str) -> Path:
        if run_id not in self._names():
            raise UnknownRunError("there is no such training run; GET /v1/training-runs lists them")
        return self._folder / run_id

    def _names(self) -> list[str]:
        found = self._folder.iterdir() if self._folder.is_dir() else ()
        return sorted(
            (path.name for path in found if _ID.fullmatch(path.name) and (path / RECORD).exists()),
            reverse=True,
        )

    def _settled(self, folder: Path) -> Run:
        """Read a run; where its process has died, write down that it was stopped or has failed."""
        run = Run.read(folder)
        if run.is_under_way and not self._is_alive(run.id):
            run = Run.read(folder)  # its last word may have come meanwhile
            if run.is_under_way:
                stopped = (folder / STOPPED).exists()
                ended = {"state": "stopped"} if stopped else {"state": "failed", "problem": _DIED}
                run = run.model_copy(update={**ended, "ended": datetime.now(UTC)})
                run.write(folder)
        return run

    def _wait(self, run_id: str) -> bool:
        """Wait for the end of a run; say whether it came."""
        end = time.monotonic() + SECONDS_TO_STOP
        while alive := self._is_alive(run_id):
            if time.monotonic() > end:
                break
            time.sleep(0.1)
        return not alive

    def _is_alive(self, run_id: str) -> bool:
        with (self._folder / LOCK).open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return file.read() == run_id.encode()
        return False

    @contextmanager
    def _claim(self, run_id: str) -> Iterator[int]:
        """Hold the lock for a run, which inherits it."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / LOCK).open("a+b") as file:
            for left in reversed(range(_TRIES)):
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if not left:
                        file.seek(0)
                        other = file.read().decode()
                        raise UnderWayError(
                            f"the training run {other} is under way: wait for its end, or stop it with DELETE"
                        ) from None
                    time.sleep(0.05)
            file.truncate(0)
            file.write(run_id.encode())
            file.flush()
            yield file.fileno()
