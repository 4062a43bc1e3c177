"""The whole circle over HTTP with a real server: answer, correction, retraining, new answer, and back."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2 as httpx

from objections.labels import CATEGORIES, NO_OBJECTION, PRICE
from objections.phrases import Phrase
from tests.circle import LINE, MODEL, WEIGHT, make_circle_home
from tests.support import serving


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
    make_circle_home(tmp_path, shipped_phrases)
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
