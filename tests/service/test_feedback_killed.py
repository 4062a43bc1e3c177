"""The server is killed while corrections come in: what was acknowledged is there, the database opens."""

import os
import random
import re
import signal
import subprocess
import threading
import time
from pathlib import Path

import httpx2 as httpx

from service.store.corrections import latest_corrections
from service.store.database import Database
from tests.support import OBJECTIONS, ROOT

KILLS = 4


def _send(address: str, sender: str, acknowledged: list[str]) -> None:
    """Send corrections one after another until the server is gone."""
    number = 0
    while True:
        number += 1
        text = f"надо считать {sender} {number}"
        body = {"text": text, "category": "цена", "author": sender, "answer": {"category": "отказ"}}
        try:
            httpx.post(f"{address}/v1/feedback", json=body, timeout=10).raise_for_status()
        except httpx.HTTPError:
            return
        acknowledged.append(text)


def _address(log: Path) -> str:
    for _ in range(1200):
        if found := re.search(r"http://\S+:\d+", log.read_text(encoding="utf-8")):
            return found[0]
        time.sleep(0.05)
    raise AssertionError(log.read_text(encoding="utf-8"))


def test_every_acknowledged_correction_survives_a_kill(tmp_path: Path) -> None:
    """At several moments, four senders at once."""
    url = f"sqlite:///{tmp_path / 'feedback.db'}"
    environment = {**os.environ, "OBJECTIONS_PORT": "0", "OBJECTIONS_DATABASE_URL": url}
    acknowledged: list[str] = []
    for turn in range(KILLS):
        log = tmp_path / f"log{turn}"
        with log.open("w") as stderr:
            process = subprocess.Popen([OBJECTIONS, "serve"], stderr=stderr, env=environment, cwd=ROOT)
        senders = [
            threading.Thread(target=_send, args=(_address(log), f"{turn}-{number}", acknowledged))
            for number in range(4)
        ]
        for sender in senders:
            sender.start()
        before = len(acknowledged)
        while len(acknowledged) < before + 20:
            time.sleep(0.01)
        time.sleep(random.uniform(0, 0.3))
        process.send_signal(signal.SIGKILL)
        process.wait()
        for sender in senders:
            sender.join()
    with Database.open(url).session() as session:
        stored = {correction.text for correction in latest_corrections(session)}
    assert len(acknowledged) >= KILLS * 20
    assert set(acknowledged) <= stored
