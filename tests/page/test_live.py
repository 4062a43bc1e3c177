"""Живой режим and Разметка in a browser."""

from typing import Any

import httpx2 as httpx
from playwright.sync_api import expect

DOUBTFUL = "мы ваш вебинар смотрели про ЕНС, оттуда и пришли"


def test_the_answer_comes_while_one_types(watched: Any) -> None:
    """Over the stream, without Enter; the last words win."""
    page = watched.open("#/live")
    field = page.get_by_label("Реплика клиента")
    field.press_sequentially("это слишком дорого")
    page.wait_for_selector(".answer-card.price")
    assert "постоянного соединения" not in page.locator(".field.big p").inner_text()
    field.press("Enter")
    page.wait_for_selector(".history li")
    assert page.locator(".history .said").all_inner_texts() == ["это слишком дорого"]


def test_without_a_stream_the_answer_comes_over_http(watched: Any) -> None:
    """Where a proxy lets no WebSocket through, the tab goes on."""
    watched.page.route_web_socket("**/v1/stream", lambda socket: socket.close())
    page = watched.open("#/live")
    page.get_by_label("Реплика клиента").fill("это слишком дорого")
    page.wait_for_selector(".answer-card.price")
    assert "без постоянного соединения" in page.locator(".field.big p").inner_text()


def test_the_queue_is_worked_off_by_keys(watched: Any) -> None:
    """A category, a term by its letter, and back."""
    answer = httpx.post(f"{watched.site}/v1/classify", json={"text": DOUBTFUL}).json()
    assert answer["uncertain"]
    page = watched.open("#/review")
    page.wait_for_selector(".body .card")
    while page.locator(".label-card").count() == 0:  # it is on its way into the queue
        page.get_by_role("button", name="Проверить ещё раз").click()
        page.wait_for_timeout(500)
    said = page.locator(".label-card .said").inner_text()
    page.keyboard.press("Digit3")
    with page.expect_response(lambda response: response.request.method == "POST") as waited:
        page.keyboard.press("KeyK")
    assert waited.value.request.post_data_json == {"answer": "label", "category": "цена", "glossary": "ЛПР"}
    done = page.locator(".counter strong").first
    expect(done).to_have_text("1")
    page.keyboard.press("KeyJ")
    expect(done).to_have_text("0")
    expect(page.locator(".label-card .said")).to_have_text(said)
