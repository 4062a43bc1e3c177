"""Each tab opens, fits, and can be used by everybody."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

TABS = {
    "#/call": "Разбор звонка",
    "#/live": "Живой режим",
    "#/review": "Разметка",
    "#/model": "Модель",
    "#/glossary": "Глоссарий",
}
READY = {"#/review": ".card", "#/model": ".confusion", "#/glossary": ".entry"}


def _open(tab: Any, place: str) -> Any:
    page = tab.open(place)
    page.wait_for_selector(f"section:not([hidden]) {READY.get(place, 'h1')}")
    return page


@pytest.mark.parametrize("place", TABS)
def test_a_tab_opens(watched: Any, place: str) -> None:
    """Its heading is there; the fixture sees that the console is silent and nobody else was asked."""
    page = _open(watched, place)
    assert page.locator("section:not([hidden]) h1").inner_text() == TABS[place]
    assert page.locator(".tabs [aria-current]").count() == 1


@pytest.mark.parametrize("place", TABS)
def test_a_tab_fits_on_a_telephone(narrow: Any, place: str) -> None:
    """At 390 pixels nothing is scrolled to the side."""
    page = _open(narrow, place)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", TABS)
def test_axe_finds_nothing_serious(watched: Any, place: str, scheme: str) -> None:
    """Roles, names and contrast are right."""
    watched.page.emulate_media(color_scheme=scheme)
    page = _open(watched, place)
    if place == "#/call":
        page.get_by_role("button", name="Показать пример").click()
        page.wait_for_selector(".conversation")
    found = [
        (violation["id"], node["target"], node["failureSummary"])
        for violation in Axe().run(page).response["violations"]
        if violation["impact"] in {"serious", "critical"}
        for node in violation["nodes"]
    ]
    assert found == []


def test_an_entry_of_the_glossary_has_an_address(watched: Any) -> None:
    """The link of a term leads to its entry, and search finds entries by any of their words."""
    page = _open(watched, "#/glossary")
    page.goto(f"{watched.site}/#/glossary/ЛПР")
    assert page.locator(".entry.chosen h2").inner_text() == "ЛПР"
    page.get_by_label("Найти").fill("сарафанное")
    assert page.locator(".entry:visible h2").all_inner_texts() == ["Точки касания"]


def test_the_figures_are_those_of_the_card(watched: Any) -> None:
    """The tab shows the model that answers."""
    page = _open(watched, "#/model")
    card = page.request.get(f"{watched.site}/v1/model").json()
    shown = f"{card['evaluation']['macro_f1']:.3f}".replace(".", ",")
    assert page.locator(".tile strong").first.inner_text() == shown
