"""The page in a real browser, before a real server with the shipped model."""

import shutil
from collections.abc import Iterator

import pytest

from objections.artifact import CURRENT
from tests.support import ROOT, serving

playwright = pytest.importorskip("playwright.sync_api", reason="needs the package playwright")

CHROMIUM = shutil.which("chromium")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server with a home of its own."""
    home = tmp_path_factory.mktemp("site")
    (home / "data").symlink_to(ROOT / "data")
    model = (ROOT / "models" / CURRENT).resolve()
    shutil.copytree(model, home / "models" / model.name)
    (home / "models" / CURRENT).symlink_to(model.name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OBJECTIONS_REVIEW_QUEUE", "true")
        with serving(home, home / "log") as address:
            yield address


@pytest.fixture(scope="session")
def browser() -> Iterator["playwright.Browser"]:
    """Headless Chromium; tests that need it are skipped where there is none."""
    if CHROMIUM is None:
        pytest.skip("there is no chromium here; apt-get install chromium")
    with playwright.sync_playwright() as started:
        yield started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


class Watched:
    """A tab of the browser, and what went wrong in it."""

    def __init__(self, browser: "playwright.Browser", site: str, width: int = 1440) -> None:
        self.site = site
        self.context = browser.new_context(viewport={"width": width, "height": 900}, locale="ru-RU")
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._look)

    def open(self, place: str = "#/call") -> "playwright.Page":
        """Open a tab of the page."""
        self.page.goto(f"{self.site}/{place}")
        return self.page

    def _hear(self, message: "playwright.ConsoleMessage") -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def _look(self, request: "playwright.Request") -> None:
        if not request.url.startswith((self.site, "blob:", "data:")):
            self.complaints.append(f"asked elsewhere: {request.url}")


@pytest.fixture
def watched(browser: "playwright.Browser", site: str) -> Iterator[Watched]:
    """A wide tab; nothing may have gone wrong in it by the end."""
    tab = Watched(browser, site)
    yield tab
    tab.context.close()
    assert tab.complaints == []


@pytest.fixture
def narrow(browser: "playwright.Browser", site: str) -> Iterator[Watched]:
    """A tab as wide as a telephone."""
    tab = Watched(browser, site, width=390)
    yield tab
    tab.context.close()
    assert tab.complaints == []
