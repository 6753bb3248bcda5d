"""How fast the service answers, and what a submission costs: `python -m tests.bench serve [EACH]`.

Latencies depend on the machine and on who else uses it; CPU for each submission hardly does, nor
how many a second there are of what one client at a time gets (`of one`).
`python -m tests.bench serve EACH MANY STUDENTS` asks besides whether memory stays the same over so
many submissions (10000, say), and what so many students (1000) meet in the last minute.
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
MINUTE_S = 60.0
PARTS = 10  # of many submissions, after each of which the memory is looked at
GROWS_MB = 10.0
LOOKS = 6
PATH = "/v1/courses/load/exercises/my475/ex9/submissions"


class Running(NamedTuple):
    """A service that runs: its address, its process, a token for each client."""

    url: str
    process: int
    tokens: list[str]
    ready_s: float


class Load(NamedTuple):
    """What came of a load: seconds for each honest answer, and until the last of these.

    The CPU is None where some of it was spent by those who were not honest.
    """

    waits: list[float]
    seconds: float
    cpu_s: float | None


def main(each: int = EACH, many: int = 0, students: int = 0) -> None:
    """Measure, and print the tables."""
    _usual(each)
    if many:
        _long_term(many)
    if students:
        _last_minute(students)


def _usual(each: int) -> None:
    with tempfile.TemporaryDirectory() as folder, service(Path(folder)) as running:
        load(running, 1, 8)  # what is loaded once
        print(
            f"{'clients':<22}{'p50 ms':>8}{'p95 ms':>8}{'a second':>10}{'CPU ms':>8}{'of one':>8}"
        )
        costs, before, handed_in = [], _own_cpu(running.process), len(CLIENTS) * each
        rates: list[float] = []
        for clients in CLIENTS:
            found = load(running, clients, each)
            assert found.cpu_s is not None
            costs.append(1000 * found.cpu_s / len(found.waits))
            rates.append(len(found.waits) / found.seconds)
            print(row(f"{clients}", found) + f"{rates[-1] / rates[0]:>8.2f}")
        own_ms = 1000 * (_own_cpu(running.process) - before) / handed_in
        print(row("8, one in 20 endless", load(running, 8, each, endless=True)))
        memory = sum(map(_memory_mb, tree(running.process)))
        for says, value, most in (
            ("CPU for a submission, ms", median(costs), CPU_MS),
            ("memory of all processes, MB", memory, MEMORY_MB),
            ("ready after, s", running.ready_s, READY_S),
        ):
            print(f"{says:<30}{value:>8.1f}  at most {most:g}: {_verdict(value, most)}")
        print(f"{'CPU that is not grading, ms':<30}{own_ms:>8.1f}")


def _long_term(many: int) -> None:
    """Hand in so often, and print how the memory grows from the first part to the last."""
    with tempfile.TemporaryDirectory() as folder, service(Path(folder)) as running:
        memory = []
        for _ in range(PARTS):
            load(running, 8, many // PARTS)
            memory.append(_memory_at_rest_mb(running.process))
        print(f"memory, MB, in {many:,} submissions: {' '.join(f'{one:.0f}' for one in memory)}")
        grown = memory[-1] - memory[0]
        print(f"{'grown by, MB':<30}{grown:>8.1f}  at most {GROWS_MB:g}: ", end="")
        print(_verdict(grown, GROWS_MB))


def _last_minute(students: int) -> None:
    """Have everyone hand in within a minute, and print how long they wait to be told so."""
    with (
        tempfile.TemporaryDirectory() as folder,
        service(Path(folder), students) as running,
        ThreadPoolExecutor(64) as pool,
        httpx.Client(timeout=300) as client,
    ):
        began = time.monotonic()
        taken = list(pool.map(lambda one: _in_time(client, running, one, began), range(students)))
        all_in = time.monotonic() - began
        for number, (_, where) in enumerate(taken):
            _verdict_at(client, running, number, where)
        graded = time.monotonic() - began
        waits = [wait for wait, _ in taken]
        p50, p95 = median(waits), quantiles(waits, n=20)[-1]
        print(f"{students:,} students in a minute: all {len(taken):,} taken after {all_in:.0f} s,")
        print(f"told so after {p50 * 1000:.0f} ms (p95 {p95 * 1000:.0f}), graded after", end=" ")
        print(f"{graded:.0f} s")


@contextmanager
def service(data: Path, people: int = max(CLIENTS)) -> Iterator[Running]:
    """A service with a course and a client's token for each."""
    _, tokens = prepared(data, people)
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
    honest = [one for one, content in zip(waits, contents, strict=True) if content != ENDLESS]
    seconds = max(ended for _, ended in honest) - began
    cpu_s = None if endless else _cpu(running.process) - before
    return Load([wait for wait, _ in honest], seconds, cpu_s)


def row(name: str, found: Load) -> str:
    """Return a line of the table."""
    p50, p95 = median(found.waits), quantiles(found.waits, n=20)[-1]
    rate = len(found.waits) / found.seconds
    cost = "" if found.cpu_s is None else f"{1000 * found.cpu_s / len(found.waits):>8.1f}"
    return f"{name:<22}{p50 * 1000:>8.0f}{p95 * 1000:>8.0f}{rate:>10.1f}{cost}"


def _script(number: int) -> bytes:
    sample = SAMPLES / ("minus.py" if number % 4 == 0 else "right.py")
    return sample.read_bytes() + f"\n# {number} {time.monotonic_ns()}\n".encode()


def _submitted(
    client: httpx.Client, running: Running, whose: int, content: bytes
) -> tuple[float, float]:
    """Hand in, wait for the verdict; return after how many seconds it was there, and when."""
    headers = {"authorization": f"Bearer {running.tokens[whose]}", "prefer": "wait=60"}
    began = time.monotonic()
    answer = client.post(running.url + PATH, content=content, headers=headers)
    while answer.status_code == 429:
        time.sleep(1)
        answer = client.post(running.url + PATH, content=content, headers=headers)
    assert answer.status_code in (201, 202), answer.text
    ended = time.monotonic()
    return ended - began, ended


def _in_time(
    client: httpx.Client, running: Running, number: int, began: float
) -> tuple[float, str]:
    """Hand in at a student's moment of the minute; return how long that took, and where it is."""
    time.sleep(max(0.0, began + MINUTE_S * number / len(running.tokens) - time.monotonic()))
    headers = {"authorization": f"Bearer {running.tokens[number]}"}
    sent = time.monotonic()
    answer = client.post(running.url + PATH, content=_script(number), headers=headers)
    assert answer.status_code == 202, answer.text
    return time.monotonic() - sent, answer.headers["location"]


def _verdict_at(client: httpx.Client, running: Running, number: int, where: str) -> None:
    headers = {"authorization": f"Bearer {running.tokens[number]}"}
    state = ""
    while state not in ("graded", "by hand", "ours"):
        answer = client.get(f"{running.url}{where}?wait=60", headers=headers)
        state = answer.json()["state"]
    assert state == "graded", answer.text


def _cpu(root: int) -> float:
    return sum(one.cpu_s for one in tree(root).values())


def _own_cpu(process: int) -> float:
    """Return the CPU of the process that serves, without those that grade."""
    return tree(process)[process].cpu_s


def _memory_mb(process: int) -> float:
    """Return a process's memory; of what it shares with others, its part."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _memory_at_rest_mb(root: int) -> float:
    """Return the memory of a service once nothing of the last submissions runs any more."""
    looks = []
    for _ in range(LOOKS):
        looks.append(sum(map(_memory_mb, tree(root))))
        time.sleep(0.3)
    return min(looks)


def _verdict(value: float, most: float) -> str:
    return "met" if value <= most else "MISSED"
