"""How fast the service answers, and what a submission costs it: `python -m tests.bench serve`.

Latencies depend on the machine and on who else uses it; CPU for each submission hardly does.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

import httpx
from sqlalchemy import make_url

from grader.service.administration import Administration
from grader.service.database.courses import CourseRecord
from grader.service.database.migration import migrate
from grader.service.database.people import Person, Role
from grader.service.settings import ServiceSettings
from tests.places import SAMPLES

CLIENTS = (1, 8, 32)
EACH = 64
ENDLESS = b"while True:\n    pass\n"
ONE_IN = 20
TICKS = os.sysconf("SC_CLK_TCK")
CPU_MS, MEMORY_MB, READY_S = 22.0, 250.0, 2.0


class Running(NamedTuple):
    """A service that runs: its address, its process, a token for each client."""

    url: str
    process: int
    tokens: list[str]
    ready_s: float


class Load(NamedTuple):
    """What came of a load: seconds for each honest answer, and in all."""

    waits: list[float]
    seconds: float
    cpu_s: float


def main(each: int = EACH) -> None:
    """Measure, and print the table."""
    with tempfile.TemporaryDirectory() as folder, service(Path(folder)) as running:
        load(running, 1, 8)  # what is loaded once
        print(f"{'clients':<22}{'p50 ms':>8}{'p95 ms':>8}{'a second':>10}{'CPU ms':>8}")
        costs = []
        for clients in CLIENTS:
            found = load(running, clients, each)
            costs.append(1000 * found.cpu_s / len(found.waits))
            print(row(f"{clients}", found))
        print(row("8, one in 20 endless", load(running, 8, each, endless=True)))
        memory = sum(map(_memory_mb, tree(running.process)))
        for says, value, most in (
            ("CPU for a submission, ms", median(costs), CPU_MS),
            ("memory of all processes, MB", memory, MEMORY_MB),
            ("ready after, s", running.ready_s, READY_S),
        ):
            print(f"{says:<30}{value:>8.1f}  at most {most:g}: {_verdict(value, most)}")


@contextmanager
def service(data: Path) -> Iterator[Running]:
    """A service with a course and a client's token for each."""
    tokens = _prepared(data)
    words = [sys.executable, "-m", "grader", "serve", "--data", str(data), "--port", "0"]
    began = time.monotonic()
    process = subprocess.Popen(
        [*words, "--workers", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout
    try:
        url = process.stdout.readline().strip()
        for line in process.stdout:
            if line.startswith("Ctrl-C"):
                break
        yield Running(url, process.pid, tokens, time.monotonic() - began)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def load(running: Running, clients: int, each: int, *, endless: bool = False) -> Load:
    """Return what came of so many submissions by so many clients at once."""
    contents = [
        ENDLESS if endless and number % ONE_IN == ONE_IN - 1 else _script(number)
        for number in range(each)
    ]
    before, began = _cpu(running.process), time.monotonic()
    with ThreadPoolExecutor(clients) as pool, httpx.Client(timeout=300) as client:
        waits = list(
            pool.map(
                lambda one: _submitted(client, running, one[0] % clients, one[1]),
                enumerate(contents),
            )
        )
    seconds = time.monotonic() - began
    honest = [wait for wait, content in zip(waits, contents, strict=True) if content != ENDLESS]
    return Load(honest, seconds, _cpu(running.process) - before)


def row(name: str, found: Load) -> str:
    """Return a line of the table."""
    p50, p95 = median(found.waits), quantiles(found.waits, n=20)[-1]
    rate, cost = len(found.waits) / found.seconds, found.cpu_s / len(found.waits)
    return f"{name:<22}{p50 * 1000:>8.0f}{p95 * 1000:>8.0f}{rate:>10.1f}{cost * 1000:>8.1f}"


def tree(root: int) -> Mapping[int, float]:
    """Return the CPU seconds of a process and of all below it."""
    found = {}
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except (OSError, IndexError):
            continue
        number = int(folder.name)
        parents[number] = int(fields[1])
        found[number] = sum(map(int, fields[11:15])) / TICKS
    below = {root}
    while more := {one for one, parent in parents.items() if parent in below} - below:
        below |= more
    return {one: found[one] for one in below if one in found}


def _prepared(data: Path) -> list[str]:
    url = make_url(f"sqlite:///{data}/grade.sqlite3")
    migrate(url, data)
    admin = Administration(ServiceSettings(data, url))
    admin.make_course(CourseRecord("load", "Load"), ("my475/ex9",))
    people = [(Person("", "", f"{n}@load.example"), Role.STUDENT) for n in range(max(CLIENTS))]
    admin.enrol("load", people)
    return [admin.token(person.email, "load", ("submit", "read")) for person, _ in people]


def _script(number: int) -> bytes:
    sample = SAMPLES / ("minus.py" if number % 4 == 0 else "right.py")
    return sample.read_bytes() + f"\n# {number} {time.monotonic_ns()}\n".encode()


def _submitted(client: httpx.Client, running: Running, whose: int, content: bytes) -> float:
    """Hand in, wait for the verdict, and return after how many seconds it was there."""
    headers = {"authorization": f"Bearer {running.tokens[whose]}", "prefer": "wait=60"}
    path = f"{running.url}/v1/courses/load/exercises/my475/ex9/submissions"
    began = time.monotonic()
    answer = client.post(path, content=content, headers=headers)
    while answer.status_code == 429:
        time.sleep(1)
        answer = client.post(path, content=content, headers=headers)
    assert answer.status_code in (201, 202), answer.text
    return time.monotonic() - began


def _cpu(root: int) -> float:
    return sum(tree(root).values())


def _memory_mb(process: int) -> float:
    """Return a process's memory; of what it shares with others, its part."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _verdict(value: float, most: float) -> str:
    return "met" if value <= most else "MISSED"
