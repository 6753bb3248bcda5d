"""WebKit, as Debian has it, driven by W3C WebDriver; hosts lead to ports of this machine.

No library for it: what is needed of WebDriver are eight addresses.
"""

import os
import shutil
import socket
import socketserver
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from glob import glob
from threading import Thread
from typing import Any, Final

import httpx

MINI_BROWSER: Final = "/usr/lib/*/webkit2gtk-*/MiniBrowser"
PROGRAMS: Final = ("WebKitWebDriver", "Xvfb")
WITHOUT: Final = "webkit2gtk-driver and xvfb are not installed: no WebKit to look with"
ELEMENT: Final = "element-6066-11e4-a52e-4f735466cecf"
PATIENCE_S: Final = 120.0
BLOCKED: Final = "--cookies-policy=no-third-party"


def has_webkit() -> bool:
    """Return whether WebKit, its driver and a display for it are installed."""
    return bool(glob(MINI_BROWSER)) and all(map(shutil.which, PROGRAMS))


class WebKit:
    """A WebKit that is driven: one window of it at a time, and one frame of that."""

    def __init__(self, driver: httpx.Client) -> None:
        self._driver = driver

    def go(self, url: str) -> None:
        self._post("url", url=url)

    def run(self, script: str) -> Any:
        """Return what a script returns in the frame that is looked at."""
        return self._post("execute/sync", script=script, args=[])

    def find(self, selector: str) -> str:
        """Return the id of the first element that a selector of CSS fits."""
        return str(self._post("element", using="css selector", value=selector)[ELEMENT])

    def click(self, selector: str) -> None:
        self._post(f"element/{self.find(selector)}/click")

    def choose_file(self, selector: str, path: str) -> None:
        self._post(f"element/{self.find(selector)}/value", text=path)

    def frame(self, selector: str, text: str) -> None:
        """Look at a frame of the page, once it shows a text."""

        def shows() -> bool:
            self._post("frame", id=None)
            self._post("frame", id={ELEMENT: self.find(selector)})
            return text in self.text

        self.until(shows)

    @property
    def text(self) -> str:
        """What the page, or the frame that is looked at, shows."""
        return str(self.run("return document.body ? document.body.innerText : ''"))

    @property
    def url(self) -> str:
        """Where the frame that is looked at is."""
        return str(self.run("return location.href"))

    @property
    def windows(self) -> list[str]:
        """The windows that are open."""
        return list(self._ask("GET", "window/handles"))

    def window(self, handle: str) -> None:
        """Look at a window."""
        self._post("window", handle=handle)

    def shows(self, text: str) -> None:
        """Wait until a text is shown."""
        self.until(lambda: text in self.text)

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds; a page that is on its way answers nothing, which is no no."""
        ends = time.monotonic() + PATIENCE_S
        while time.monotonic() < ends:
            with suppress(httpx.HTTPStatusError):
                if holds():
                    return
            time.sleep(0.1)
        raise AssertionError(f"after {PATIENCE_S:.0f} s the page shows: {self.text}")

    def _post(self, path: str, **sent: Any) -> Any:
        return self._ask("POST", path, sent)

    def _ask(self, method: str, path: str, sent: Mapping[str, Any] | None = None) -> Any:
        answer = self._driver.request(method, path, json=sent)
        if answer.is_error:
            raise httpx.HTTPStatusError(answer.text, request=answer.request, response=answer)
        return answer.json()["value"]


@contextmanager
def webkit(ports: Mapping[str, int]) -> Iterator[WebKit]:
    """A WebKit with no cookie of any person, that keeps none of another site.

    Args:
        ports: where hosts are, on this machine; there are no others.
    """
    with _display() as display, _proxy(ports) as proxy, _driver(display) as driver:
        words = ["--automation", f"--proxy=http://127.0.0.1:{proxy}", BLOCKED]
        options = {"binary": glob(MINI_BROWSER)[0], "args": words}
        wanted = {"acceptInsecureCerts": True, "webkitgtk:browserOptions": options}
        answer = driver.post("session", json={"capabilities": {"alwaysMatch": wanted}})
        assert answer.is_success, answer.text
        session = answer.json()["value"]["sessionId"]
        driver.base_url = driver.base_url.join(f"session/{session}/")
        yield WebKit(driver)
        driver.delete("")


@contextmanager
def _display() -> Iterator[str]:
    """A screen that nobody looks at; its name."""
    words = ["Xvfb", "-displayfd", "1", "-screen", "0", "1200x1000x24", "-nolisten", "tcp"]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        assert process.stdout
        yield f":{process.stdout.readline().decode().strip()}"
    finally:
        _end(process)


@contextmanager
def _driver(display: str) -> Iterator[httpx.Client]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        ["WebKitWebDriver", f"--port={port}"],
        env={**os.environ, "DISPLAY": display},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}/"
    try:
        with httpx.Client(base_url=url, timeout=PATIENCE_S, trust_env=False) as client:
            _wait_for(client)
            yield client
    finally:
        _end(process)


def _wait_for(client: httpx.Client) -> None:
    for _ in range(int(PATIENCE_S * 10)):
        with suppress(httpx.TransportError):
            client.get("status")
            return
        time.sleep(0.1)
    raise AssertionError("WebKitWebDriver does not answer")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(PATIENCE_S)
    if process.stdout:
        process.stdout.close()


class _Tunnel(socketserver.StreamRequestHandler):
    """Leads a browser's CONNECT to a port of this machine."""

    ports: Mapping[str, int]

    def handle(self) -> None:
        host = self.rfile.readline().decode().split(" ")[1].rpartition(":")[0]
        while self.rfile.readline().strip():
            pass
        if host not in self.ports:
            self.wfile.write(b"HTTP/1.1 502 Bad Gateway\r\n\r\n")
            return
        with socket.create_connection(("127.0.0.1", self.ports[host])) as there:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
            back = Thread(target=_pour, args=(there, self.connection), daemon=True)
            back.start()
            _pour(self.connection, there)
            back.join()


def _pour(source: socket.socket, target: socket.socket) -> None:
    """Pass on what comes, to its end."""
    with suppress(OSError):
        while piece := source.recv(1 << 16):
            target.sendall(piece)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)


@contextmanager
def _proxy(ports: Mapping[str, int]) -> Iterator[int]:
    handler = type("Tunnel", (_Tunnel,), {"ports": ports})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()
