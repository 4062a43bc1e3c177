"""The page in a real browser, before a real server with the shipped model."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from objections.artifact import CURRENT
from tests.support import ROOT, serving

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
def browser() -> Iterator[Browser]:
    """Headless Chromium; tests that need it are skipped where there is none."""
    if CHROMIUM is None:
        pytest.skip("there is no chromium here; apt-get install chromium")
    with sync_playwright() as started:
        yield started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


class Watched:
    """A tab of the browser, and what went wrong in it."""

    def __init__(self, browser: Browser, site: str, width: int = 1440) -> None:
        self.site = site
        self.context = browser.new_context(viewport={"width": width, "height": 900}, locale="ru-RU")
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._look)

    def open(self, place: str = "#/call") -> Page:
        """Open a tab of the page."""
        self.page.goto(f"{self.site}/{place}")
        return self.page

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def _look(self, request: Request) -> None:
        if not request.url.startswith((self.site, "blob:", "data:")):
            self.complaints.append(f"asked elsewhere: {request.url}")


@pytest.fixture
def watch(browser: Browser) -> Iterator[Callable[..., Watched]]:
    """Makes tabs; nothing may have gone wrong in one by the end."""
    tabs = []

    def open_tab(site: str, width: int = 1440) -> Watched:
        tabs.append(Watched(browser, site, width))
        return tabs[-1]

    yield open_tab
    for tab in tabs:
        tab.context.close()
        assert tab.complaints == []


@pytest.fixture
def watched(watch: Callable[..., Watched], site: str) -> Watched:
    """A wide tab."""
    return watch(site)


@pytest.fixture
def narrow(watch: Callable[..., Watched], site: str) -> Watched:
    """A tab as wide as a telephone."""
    return watch(site, 390)
