"""Many submissions to ex9, right, wrong and hostile, and a crew of examiners that grades them.

`python -m tests.crowd [COUNT]` grades COUNT of them, every tenth hostile, and prints what came of
it.
`python -m tests.crowd orders` grades the same hundred again and again, in other orders, alone and
beside hostile ones, and prints whether any report ever differs.
"""

import os
import sys
from collections import Counter
from collections.abc import Sequence
from random import Random
from resource import RUSAGE_SELF, getrusage
from time import perf_counter
from typing import NamedTuple

from grader.exercises import catalogue
from grader.grading.mutants.engine import mutated
from grader.grading.pool import Examiners
from grader.grading.request import Choice
from grader.reports.report import Report
from grader.sandbox.protocol.limits import Allowance
from grader.submissions.submission import Submission
from tests.sandbox.attacks.arena import arena
from tests.sandbox.attacks.suite import ATTACKS

EXERCISE = "my475/ex9"
WORKERS = 2
ALLOWED = Allowance(time_s=0.4, memory_mb=256, output_kb=64)
CHOICE = Choice(EXERCISE, walls="full", allowed=ALLOWED)
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
    wrong = {one.id: mutated(solution, one, file) for one in catalogue.mutants(exercise)}
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


def examined(held: Examiners, entries: Sequence[Entry]) -> list[Report]:
    """Return a report on each, without the time that it took."""
    found = held.examine(script(one.source) for one in entries)
    return [report._replace(duration_s=0.0) for (report,) in found]


def state(_: int) -> State:
    """Return what a worker holds by now."""
    with open("/proc/self/statm", "rb") as statm:
        pages = int(statm.read().split()[1])
    memory = pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)
    return State(os.getpid(), round(memory, 1), len(os.listdir("/proc/self/fd")))


def states(held: Examiners) -> list[State]:
    """Return the state of every worker."""
    found: dict[int, State] = {}
    while len(found) < held.jobs:
        found |= {one.worker: one for one in held.pool.map(state, range(4 * held.jobs))}
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
    with arena("full") as place, Examiners(CHOICE, WORKERS, notebooks=False) as held:
        entries = course(count, hostile(place.outside))
        examined(held, honest()[:20])
        marks, fair = {0: states(held)}, {one: FULL for one in honest() if one.points == FULL}
        began = perf_counter()
        for start in range(0, count, 500):
            part = entries[start : start + 500]
            reports = examined(held, part)
            ended += len(reports)
            for one, report in zip(part, reports, strict=True):
                if report.score > one.points:
                    wrong[f"{one.name} gained {report.score - one.points:g}"] += 1
                if "/" not in one.name and report.score != fair.setdefault(one, report.score):
                    wrong[f"{one.name} has {report.score:g}, and had {fair[one]:g}"] += 1
            marks[start + len(part)] = states(held)
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
    with arena("full") as place, Examiners(CHOICE, WORKERS, notebooks=False) as held:
        bad = hostile(place.outside)
        for turn in range(rounds):
            numbered: list[tuple[int, Entry]] = list(enumerate(entries))
            if turn % 2:
                numbered += [(-1, one) for one in random.sample(bad, 20)]
            random.shuffle(numbered)
            reports = examined(held, [one for _, one in numbered])
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
