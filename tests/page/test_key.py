"""The page before a service that wants keys."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from service.store.database import Database
from service.store.keys import create_key
from tests.support import serving


@pytest.fixture
def locked(tmp_path: Path, home: Path, watch: Callable[[str], Any]) -> Iterator[tuple[Any, str]]:
    """A tab before a server with a key, and the key."""
    folder = tmp_path / "locked"
    shutil.copytree(home, folder, symlinks=True)
    with Database.open(f"sqlite:///{folder / 'feedback.db'}").session() as session:
        key = create_key(session, "anna", ["score"])
    with serving(folder, tmp_path / "log") as address:
        yield watch(address), key


def test_a_key_is_asked_for_once(locked: tuple[Any, str]) -> None:
    """A wrong one is asked for again; the right one is kept for the tab and its stream."""
    tab, key = locked
    page = tab.open("#/glossary")
    for entered in ("obj_wrong", key):
        page.get_by_label("Ключ", exact=True).fill(entered)
        page.get_by_role("button", name="Войти").click()
    page.wait_for_selector(".entry")
    tab.complaints.clear()  # Chromium reports each answer above 399
    page.goto(f"{tab.site}/#/live")
    page.get_by_label("Реплика клиента").fill("это слишком дорого")
    page.wait_for_selector(".answer-card")
    assert "постоянного соединения" not in page.locator(".field.big p").inner_text()
    page.goto(f"{tab.site}/#/model")
    page.get_by_role("alert").first.wait_for()
    assert "нет нужного права" in page.get_by_role("alert").first.inner_text()
    tab.complaints.clear()
