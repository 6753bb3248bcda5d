"""A headless Chromium, driven by Playwright, that has no network to reach."""

import shutil
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from playwright.sync_api import Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
WITHOUT = "chromium is not installed: no browser to look with"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")

Scheme = Literal["light", "dark"]


class Browser:
    """A browser, and what the pages it opened complained of or asked the network for.

    They are opened one after the other in one tab, since a process for each takes most of what
    looking at it takes; none of our pages keeps anything for the next one.
    """

    def __init__(self) -> None:
        self.complaints: list[str] = []
        self.requests: list[str] = []

    def __enter__(self) -> Self:
        self._playwright = sync_playwright().start()
        self._browser = self._playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        context = self._browser.new_context(offline=True)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        self._page = context.new_page()
        self._page.on("console", lambda said: self.complaints.append(said.text))
        self._page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self._page.on("request", lambda request: self.requests.append(request.url))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._browser.close()
        self._playwright.stop()

    def forget(self) -> None:
        """Close what is open, and forget what was complained of and asked for."""
        self._page.goto("about:blank")
        self.complaints.clear()
        self.requests.clear()

    def open(self, file: Path, scheme: Scheme = "light", *, width: int = 900) -> Page:
        """Open a file without a network."""
        self._page.emulate_media(media="screen", color_scheme=scheme)
        self._page.set_viewport_size({"width": width, "height": 800})
        self._page.goto(file.as_uri())
        return self._page

    def picture(self, file: Path, picture: Path, scheme: Scheme) -> None:
        """Write a picture of a whole page."""
        self.open(file, scheme).screenshot(path=str(picture), full_page=True)
