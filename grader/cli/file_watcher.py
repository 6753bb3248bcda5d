"""Waits for a submission to be saved, in whatever way an editor does that.

Editors write in place, write beside and rename over, write twice, or empty the file first. So what
the system tells is a reason to look, and what counts is whether the text is another one. The files
beside it that it imports belong to it.
"""

import os
import re
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread

from grader.engines.text import clean
from grader.errors import Misused

QUIET_MS = 15  # without a further write, after which a save is taken to be done
LONGEST_MS = 150  # of writes that follow each other
TICK_MS = 500
TICK_S = TICK_MS / 1000
MOST_FILES = 50
LARGEST = 64 << 20
IMPORTS = re.compile(rb"\b(?:from|import)\s+(\w+)")


class Unwatchable(Misused):
    """The system does not tell of changes in a folder."""

    def __init__(self, folder: str, reason: str) -> None:
        super().__init__(
            f"cannot watch {clean(folder)}: {clean(reason)}",
            hint="set WATCHFILES_FORCE_POLLING=1, and it looks again and again instead",
        )


def version_of(path: Path) -> Mapping[str, str]:
    """Return the file at `path`, and those beside it that it imports, each with its text's digest.

    A file that is not there, or cannot be read, has none: what is to be said of that, reading it
    for the grading says.
    """
    version: dict[str, str] = {}
    waiting = [path]
    while waiting and len(version) < MOST_FILES:
        file = waiting.pop()
        content = _content(file)
        if content.strip() and str(file) not in version:
            version[str(file)] = sha256(content).hexdigest()
            names = sorted({name.decode() for name in IMPORTS.findall(content)})
            waiting += [path.with_name(f"{name}.py") for name in names]
    return version


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST) if file.is_file() else b""
    except OSError:
        return b""


class Saves:
    """Looks out for changes in the folder of a file, in a thread of its own."""

    def __init__(self, path: Path, changed: Callable[[], None]) -> None:
        """Begin to look out.

        Args:
            path: the file.
            changed: is called in the thread, after anything in the file's folder has changed.
        """
        self._folders = {str(path.parent), os.path.dirname(os.path.realpath(path))}
        self._changed = changed
        self._happened = Event()
        self._over = Event()
        self._failure: Exception | None = None
        self._thread = Thread(target=self._look, daemon=True)
        self._thread.start()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until something has changed since this last returned True.

        Args:
            seconds: how long, at most; None for as long as it takes.

        Returns:
            Whether something has.

        Raises:
            Unwatchable: the system does not tell of changes.
        """
        happened = self._happened.wait(TICK_S if seconds is None else seconds)
        while seconds is None and not happened:  # a signal may come just before a wait begins
            happened = self._happened.wait(TICK_S)
        self._happened.clear()
        if self._failure is not None:
            raise Unwatchable(min(self._folders), str(self._failure)) from self._failure
        return happened

    def end(self) -> None:
        """Look out no longer."""
        self._over.set()

    def _look(self) -> None:
        try:
            from watchfiles import watch  # 50 ms, while the first grading goes on

            began = False
            for changed in watch(
                *sorted(self._folders),
                watch_filter=None,
                step=QUIET_MS,
                debounce=LONGEST_MS,
                rust_timeout=TICK_MS,
                yield_on_timeout=True,
                stop_event=self._over,
                recursive=False,
            ):
                if changed or not began:  # a save may have come before the watch
                    began = True
                    self._changed()
                    self._happened.set()
        except Exception as error:  # whatever it is, who waits says it
            self._failure = error
            self._happened.set()
