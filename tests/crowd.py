"""Many submissions to ex9, right, wrong and hostile, graded by the pool of `grade batch`.

`python -m tests.crowd [COUNT]` grades COUNT of them, every tenth hostile, and prints what came of
it.
`python -m tests.crowd orders` grades the same hundred again and again, in other orders, alone and
beside hostile ones, and prints whether any report ever differs.
"""

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, NamedTuple

from grader.course.batch.executors import Pool
from grader.course.batch.jobs import job_of, job_result
from grader.course.batch.worker import work
from grader.exercises import catalogue
from grader.grading.mutants.engine import mutated_source
from grader.grading.request import GradeRequest
from grader.reports.report import Report
from grader.sandbox.protocol.limits import Allowance
from grader.submissions.submission import Submission
from tests.sandbox.attacks.arena import arena
from tests.sandbox.attacks.suite import ATTACKS

EXERCISE = "my475/ex9"
WORKERS = 2
ALLOWED = Allowance(time_s=0.4, memory_mb=256, output_kb=64)
REQUEST = GradeRequest(EXERCISE, walls="full", allowed=ALLOWED)
OTHER_LIMITS = (  # of these it matters what they may use
    *("honest/cpu_under_the_limit", "honest/memory_under_the_limit", "honest/much_output"),
    "exhaust/cpu_limit",
)
FULL = 5.0
ROUNDS = 20
HUNDRED = 100


class Entry(NamedTuple):
    """A submission, and the most points that it is fair to give."""

    name: str
    source: str
    points: float


class State(NamedTuple):
    """A worker's memory and descriptors at one moment."""

    worker: int
    memory_mb: float
    descriptors: int


def honest() -> list[Entry]:
    """Return right and wrong submissions by turns, as many of the ones as of the others."""
    entry = catalogue.find(EXERCISE)
    exercise = catalogue.load(entry)
    solution, file = catalogue.solution(exercise), "mutants.py"
    right = {"solution": solution, **catalogue.variants(entry)}
    wrong = {one.id: mutated_source(solution, one, file) for one in catalogue.mutants(exercise)}
    count = max(len(right), len(wrong))
    found = []
    for number in range(count):
        name = sorted(right)[number % len(right)]
        found.append(Entry(name, right[name], FULL))
        name = sorted(wrong)[number % len(wrong)]
        found.append(Entry(name, wrong[name], FULL - 1))
    return found


def hostile(outside: dict[str, object]) -> list[Entry]:
    """Return every attack.

    Args:
        outside: name → where what it is after would be.
    """
    attacks = [one for one in ATTACKS if one.name not in OTHER_LIMITS]
    return [Entry(one.name, one.submission(outside), one.score) for one in attacks]


def script(source: str) -> Submission:
    """Return a script that was handed in."""
    return Submission("value.py", "", "script", "0" * 64, source)


class Graders:
    """The processes that `grade batch` grades with."""

    def __init__(self, request: GradeRequest, pool: Pool) -> None:
        self.pool = pool
        self._request = request

    def grade(self, files: Iterable[tuple[str, bytes]]) -> list[Report]:
        """Return the report on each submission: a file's name and content."""
        jobs = []
        with TemporaryDirectory() as place:
            for number, (name, content) in enumerate(files):
                folder = Path(place, str(number))
                folder.mkdir()
                (folder / name).write_bytes(content)
                jobs.append(job_of(self._request, folder))
            return [self._report(outcome) for outcome in self.pool.map(work, jobs, chunksize=4)]

    def grade_scripts(self, entries: Iterable[Entry]) -> list[Report]:
        """Return the report on each script."""
        return self.grade(("value.py", entry.source.encode()) for entry in entries)

    def _report(self, outcome: dict[str, Any]) -> Report:
        result = job_result(outcome)
        assert result.reports, result.problem
        return result.reports[0]


@contextmanager
def graders(request: GradeRequest = REQUEST) -> Iterator[Graders]:
    """Give processes that grade, WORKERS of them."""
    pool = Pool(WORKERS)
    try:
        yield Graders(request, pool)
    finally:
        pool.stop()


def state(_: int) -> State:
    """Return what a worker holds by now."""
    with open("/proc/self/statm", "rb") as statm:
        pages = int(statm.read().split()[1])
    memory = pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)
    return State(os.getpid(), round(memory, 1), len(os.listdir("/proc/self/fd")))


def states(workers: Graders) -> list[State]:
    """Return the state of every worker."""
    found: dict[int, State] = {}
    while len(found) < WORKERS:
        found |= {one.worker: one for one in workers.pool.map(state, range(4 * WORKERS))}
    return sorted(found.values())


def course(count: int, bad: Sequence[Entry]) -> list[Entry]:
    """Return so many submissions, every tenth hostile, the others by turns right and wrong."""
    usual = honest()
    return [
        bad[number // 10 % len(bad)] if number % 10 == 9 else usual[number % len(usual)]
        for number in range(count)
    ]


def many(count: int) -> int:
    """Grade so many, and print what came of it; return how many have no result, or a wrong one."""
    wrong, ended = Counter[str](), 0
    with arena("full") as place, graders() as workers:
        entries = course(count, hostile(place.outside))
        workers.grade_scripts(honest()[:20])
        marks, fair = {0: states(workers)}, {one: FULL for one in honest() if one.points == FULL}
        began = perf_counter()
        for start in range(0, count, 500):
            part = entries[start : start + 500]
            reports = workers.grade_scripts(part)
            ended += len(reports)
            for one, report in zip(part, reports, strict=True):
                if report.score > one.points:
                    wrong[f"{one.name} gained {report.score - one.points:g}"] += 1
                if "/" not in one.name and report.score != fair.setdefault(one, report.score):
                    wrong[f"{one.name} has {report.score:g}, and had {fair[one]:g}"] += 1
            marks[start + len(part)] = states(workers)
        seconds = perf_counter() - began
    print(f"{ended} of {count} have a result; {count / seconds:.1f} a second, {seconds:.0f} s")
    for after, found in marks.items():
        if after in (0, 500, count) or after % 2500 == 0:
            told = "; ".join(f"{one.memory_mb:.1f} MB, {one.descriptors} files" for one in found)
            print(f"after {after:>6}: {told}")
    print(f"largest memory of this process: {getrusage(RUSAGE_SELF).ru_maxrss >> 10} MB")
    print("points gained or lost:", dict(wrong) or "none")
    return count - ended + sum(wrong.values())


def orders(rounds: int = ROUNDS) -> int:
    """Grade the same hundred in other orders; return how many reports ever differed."""
    usual = honest()
    entries = [usual[number % len(usual)] for number in range(HUNDRED)]
    seen: list[set[str]] = [set() for _ in entries]
    random = Random(7)
    with arena("full") as place, graders() as workers:
        bad = hostile(place.outside)
        for turn in range(rounds):
            numbered: list[tuple[int, Entry]] = list(enumerate(entries))
            if turn % 2:
                numbered += [(-1, one) for one in random.sample(bad, 20)]
            random.shuffle(numbered)
            reports = workers.grade_scripts([one for _, one in numbered])
            for (number, _), report in zip(numbered, reports, strict=True):
                if number >= 0:
                    seen[number].add(repr(report))
            print(f"round {turn + 1}: {_differing(seen)} of {HUNDRED} differ", file=sys.stderr)
    print(f"{HUNDRED} submissions, {rounds} orders, every other beside hostile ones:", end=" ")
    print(f"{_differing(seen)} had more than one report")
    return _differing(seen)


def _differing(seen: Sequence[set[str]]) -> int:
    return sum(len(reports) > 1 for reports in seen)


def main() -> int:
    """Do what the command line says, and return how much went wrong."""
    words = sys.argv[1:]
    return orders() if words == ["orders"] else many(int(words[0]) if words else 10_000)


if __name__ == "__main__":
    sys.exit(bool(main()))
