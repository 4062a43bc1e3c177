"""The whole circle over HTTP with a real server: answer, correction, retraining, new answer, and back."""

import csv
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2 as httpx

from objections.labels import CATEGORIES, NO_OBJECTION, PRICE
from objections.phrases import Phrase
from tests.support import ROOT, serving
from tests.tiny_model import publish_tiny

MODEL = "20300101T000000-000000"
LINE = "зузубрики у вас нынче по тарабумбе"
"""Words that no labelled line has: only a correction can say what they mean."""
WEIGHT = 20


def _write(path: Path, phrases: list[Phrase], per_category: int) -> None:
    """Write the first so many lines of each category as a labelled file."""
    chosen = [
        phrase
        for category in CATEGORIES
        for phrase in [one for one in phrases if one.category == category][:per_category]
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["text", "category", "glossary"])
        writer.writerows([phrase.text, phrase.category, phrase.glossary] for phrase in chosen)


def _wait_for(look: Callable[[], Any], expected: object) -> None:
    """Look until it is as expected; for very long, as the machine may have other things to do."""
    end = time.monotonic() + 600
    while (seen := look()) != expected:
        assert time.monotonic() < end, f"still {seen}"
        time.sleep(0.2)


def test_a_correction_is_learned_goes_live_and_is_rolled_back(
    tmp_path: Path, shipped_phrases: list[Phrase]
) -> None:
    """Nothing but HTTP is used from the first answer to the last."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "glossary.toml").symlink_to(ROOT / "data" / "glossary.toml")
    _write(tmp_path / "data" / "labeled_phrases.csv", shipped_phrases[::5], 30)
    _write(tmp_path / "data" / "evaluation_phrases.csv", shipped_phrases[1::5], 10)
    publish_tiny(tmp_path / "models", MODEL, {"дорого": PRICE})
    with (
        serving(tmp_path, tmp_path / "log") as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):

        def ask() -> tuple[str, str]:
            answer = client.post("/v1/classify", json={"text": LINE}).raise_for_status().json()
            return answer["category"], answer["model"]

        assert ask() == (NO_OBJECTION, MODEL)
        corrected = client.post("/v1/feedback", json={"text": LINE, "category": PRICE})
        assert corrected.json()["results"][0]["status"] == "stored"
        started = client.post("/v1/training-runs", json={"weight": WEIGHT})
        assert started.status_code == 202
        watched = started.headers["location"]
        _wait_for(lambda: client.get(watched).json()["state"] in {"queued", "running"}, expected=False)
        run = client.get(watched).json()
        assert (run["state"], run["problem"]) == ("passed", None)
        assert run["result"]["gate"]["comparison"]["model"] == MODEL
        assert set(run["result"]["gate"]["comparison"]["categories"]) == set(CATEGORIES)
        new = run["result"]["model"]
        _wait_for(ask, (PRICE, new))
        client.post(f"/v1/models/{MODEL}/activate").raise_for_status()
        _wait_for(ask, (NO_OBJECTION, MODEL))
    assert LINE.split(maxsplit=1)[0] not in (tmp_path / "log").read_text(encoding="utf-8")
