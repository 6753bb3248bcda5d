"""How fast the service answers, and what a submission costs it: `python -m tests.bench serve`.

Latencies depend on the machine and on who else uses it; CPU for each submission hardly does.
"""

import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

import httpx

from tests.places import SAMPLES
from tests.service.service_process import ServiceProcess, prepared, tree

CLIENTS = (1, 8, 32)
EACH = 64
ENDLESS = b"while True:\n    pass\n"
ONE_IN = 20
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
    _, tokens = prepared(data, max(CLIENTS))
    process = ServiceProcess(data, "--workers", "2")
    ready_s = process.start()
    try:
        yield Running(process.url, process.pid, tokens, ready_s)
    finally:
        process.stop()


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
    return sum(one.cpu_s for one in tree(root).values())


def _memory_mb(process: int) -> float:
    """Return a process's memory; of what it shares with others, its part."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _verdict(value: float, most: float) -> str:
    return "met" if value <= most else "MISSED"
