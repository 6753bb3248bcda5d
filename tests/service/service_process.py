"""A service in processes of its own, as an admin starts it, and what runs below it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import URL, Connection

from grader.service.administration import Administration
from grader.service.database.courses import CourseRecord
from grader.service.database.credentials import ApiToken, make_token
from grader.service.database.engines import database_url, engine
from grader.service.database.migration import migrate
from grader.service.database.people import Person, Role, person_called
from grader.service.settings import ServiceSettings

TICKS = os.sysconf("SC_CLK_TCK")
WORKER = "grader.service.queue.worker_main"
PATIENCE_S = 600.0  # on a machine that does much else, too


class SystemProcess(NamedTuple):
    """A process of this machine: its parent, the CPU seconds that it has used, its command."""

    parent: int
    cpu_s: float
    command: str


class ServiceProcess:
    """`grade serve`, started as often as a test likes."""

    def __init__(self, data: Path, *options: str, temporary: Path | None = None) -> None:
        """Be ready to start one; `data` has been prepared before."""
        self._words = [sys.executable, "-m", "grader", "serve", "--data", str(data), *options]
        self._environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        if temporary is not None:
            self._environment["TMPDIR"] = str(temporary)
        self._process: subprocess.Popen[str] | None = None
        self.url = ""

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    def start(self) -> float:
        """Start it, and return after how many seconds it is ready."""
        began = time.monotonic()
        port = self.url.rpartition(":")[2] or "0"  # the same one when it starts again
        self._process = subprocess.Popen(
            [*self._words, "--port", port],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=self._environment,
        )
        assert self._process.stdout
        for line in self._process.stdout:
            if line.startswith("http"):
                self.url = line.strip()
            if line.startswith("Ctrl-C"):
                return time.monotonic() - began
        raise AssertionError(f"it ended with {self._process.wait()}")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """End it, and return its exit status."""
        process, self._process = self._process, None
        assert process
        process.send_signal(how)
        status = process.wait(PATIENCE_S)
        assert process.stdout
        process.stdout.close()
        return status


def prepared(
    data: Path, people: int, exercises: tuple[str, ...] = ("my475/ex9",), database: str = ""
) -> tuple[Administration, list[str]]:
    """Make a course "load" with so many students, and return a token for each."""
    url: URL = database_url(database, data)
    migrate(url, data)
    admin = Administration(ServiceSettings(data, url))
    admin.make_course(CourseRecord("load", "Load"), exercises)
    everyone = [Person("", "", f"{number}@load.example") for number in range(people)]
    admin.enrol("load", [(person, Role.STUDENT) for person in everyone])
    made = engine(url, writes=True)
    with made.begin() as connection:
        tokens = [_token(connection, person.email) for person in everyone]
    made.dispose()
    return admin, tokens


def _token(connection: Connection, email: str) -> str:
    person = person_called(connection, email)
    assert person
    about = ApiToken("", person.id, "load", ("submit", "read"))
    return make_token(connection, about, time.time())[1]


def processes() -> dict[int, SystemProcess]:
    """Return every process of this machine that can be looked at and has not ended."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except (OSError, ValueError):
            continue
        if fields[0] != "Z":
            seconds = sum(map(int, fields[11:15])) / TICKS
            found[int(folder.name)] = SystemProcess(int(fields[1]), seconds, command)
    return found


def tree(root: int) -> Mapping[int, SystemProcess]:
    """Return a process and all below it."""
    every = processes()
    below = {root}
    while more := {one for one, made in every.items() if made.parent in below} - below:
        below |= more
    return {one: every[one] for one in below if one in every}
