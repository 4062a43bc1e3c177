"""The whole circle in a browser: an answer, a correction, a training, the new answer."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from objections.phrases import Phrase
from tests.circle import LINE, MODEL, WEIGHT, make_circle_home
from tests.support import serving

MINUTES = 60_000


@pytest.fixture
def circle(tmp_path: Path, shipped_phrases: list[Phrase], watch: Callable[[str], Any]) -> Any:
    """A tab before a server that learns within seconds."""
    make_circle_home(tmp_path, shipped_phrases)
    with serving(tmp_path, tmp_path / "log") as address:
        yield watch(address)


def test_a_correction_is_learned_and_rolled_back(circle: Any) -> None:
    """Nothing but the page is used."""
    page = circle.open("#/live")
    field = page.get_by_label("Реплика клиента")
    field.fill(LINE)
    page.wait_for_selector(".answer-card.none")
    field.press("Enter")
    page.locator(".history .fix").click()
    with page.expect_response("**/v1/feedback"):
        page.locator(".correction").get_by_role("button", name="цена").click()
    page.goto(f"{circle.site}/#/model")
    page.get_by_label("Вес исправления").fill(str(WEIGHT))
    page.get_by_role("button", name="Обучить заново").click()
    page.wait_for_selector(".run.going progress")
    expect(page.locator(".run")).to_contain_text("Новая модель включена", timeout=10 * MINUTES)
    while page.request.get(f"{circle.site}/v1/model").json()["id"] == MODEL:
        page.wait_for_timeout(200)  # a running service takes up a new model within two seconds
    page.goto(f"{circle.site}/#/live")
    field.fill(LINE)
    page.wait_for_selector(".answer-card.price")
    page.goto(f"{circle.site}/#/model")
    page.get_by_role("button", name=f"Вернуть модель {MODEL}").click()
    expect(page.locator("tr.current")).to_contain_text(MODEL)
