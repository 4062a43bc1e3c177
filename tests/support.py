"""Where things are, a quick fit, and real servers, for every test."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from training.pipeline import FitSettings

ROOT = Path(__file__).resolve().parent.parent
OBJECTIONS = Path(sys.executable).with_name("objections")
QUICK = FitSettings(char_range=(2, 4), most_folds=3)


@contextmanager
def serving(home: Path, log: Path, *command: str) -> Iterator[str]:
    """Start the real server on a free port, its words going to `log`; yield its address."""
    environment = {**os.environ, "OBJECTIONS_HOME": str(home), "OBJECTIONS_PORT": "0"}
    with log.open("w") as stderr:
        process = subprocess.Popen(command or (OBJECTIONS, "serve"), stderr=stderr, env=environment)
    try:
        yield _address(process, log)
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
