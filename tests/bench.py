"""Measures what a student waits for: `python -m tests.bench [ROUNDS]`.

Commands take turns in one run, so that a busy machine is busy for all of them, and medians are
compared as ratios. The yardstick is what a student would otherwise type: pytest on a file with one
assert, without plugins. A training is watched and not watched by turns, in this process.

`python -m tests.bench batch` measures many submissions at once, see `bench_batch`; `causes`
what the search for causes costs a course, see `bench_causes`.
"""

import gc
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from grader.exercises import catalogue
from grader.sandbox.child.tracing.backward_watch import BackwardWatch
from tests import bench_batch, bench_causes, bench_serve
from tests.places import SAMPLES

FILE = "training.py"
YARDSTICK = "pytest, one assert"
GOALS = {
    "grade ex9, all right": 0.5,
    "grade --help": 0.4,
}
WATCHED_GOAL = 1.15
STEPS = 1000
LOOP = """
def train(steps):
    w, b, x, y = Value(0.0), Value(0.0), Value(1.0), Value(2.0)
    for _ in range(steps):
        loss = (x * w + b - y) ** 2
        w.grad = b.grad = 0.0
        loss.backward()
        w.data -= 0.1 * w.grad
        b.data -= 0.1 * b.grad
"""


def commands(folder: Path) -> dict[str, list[str]]:
    """Return what is measured, by name."""
    trivial = folder / "test_trivial.py"
    trivial.write_text("def test_one() -> None:\n    assert 1 + 1 == 2\n", encoding="utf-8")
    python, grade = sys.executable, [str(Path(sys.executable).with_name("grade"))]
    return {
        "python -c pass": [python, "-c", "pass"],
        YARDSTICK: [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(trivial)],
        "grade --help": [*grade, "--help"],
        "grade ex9, all right": [*grade, "ex9", str(SAMPLES / "right.py")],
        "grade ex9, one fault": [*grade, "ex9", str(SAMPLES / "minus.py")],
        "grade ex9, as JSON": [*grade, "ex9", str(SAMPLES / "right.py"), "-f", "json"],
        "grade ex9, a notebook": [*grade, "ex9", str(SAMPLES / "value.ipynb")],
    }


def measure(asked: Mapping[str, Sequence[str]], rounds: int) -> dict[str, list[float]]:
    """Return the wall times of each command in seconds, `rounds` of them, interleaved."""
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    times: dict[str, list[float]] = {name: [] for name in asked}
    for number in range(rounds + 1):
        for name, command in asked.items():
            started = perf_counter()
            subprocess.run(command, env=environment, capture_output=True, check=False)
            if number:  # the first round fills caches
                times[name].append(perf_counter() - started)
    return times


def table(times: Mapping[str, Sequence[float]]) -> str:
    """Return medians in milliseconds, and their ratios to the yardstick."""
    yard = median(times[YARDSTICK])
    lines = [f"{'':<24}{'median':>9}{'fastest':>10}{'ratio':>8}  goal"]
    for name, held in times.items():
        ratio = median(held) / yard
        row = f"{name:<24}{median(held) * 1000:>6.0f} ms{min(held) * 1000:>7.0f} ms{ratio:>8.2f}"
        if name in GOALS:
            row += f"  at most {GOALS[name]}: {'met' if ratio <= GOALS[name] else 'MISSED'}"
        lines.append(row)
    return "\n".join(lines)


def train(*, watched: bool) -> float:
    """Return the seconds that a training of STEPS steps takes on the textbook engine."""
    solution = catalogue.solution(catalogue.load(catalogue.find("my475/ex9")))
    names: dict[str, Any] = {"__name__": "__main__"}
    watch = BackwardWatch(lambda file: file if file == FILE else None, lambda _: None)
    if watched:
        watch.begin()
    exec(compile(solution.partition("# %%")[0] + LOOP, FILE, "exec"), names)
    gc.collect()
    started = perf_counter()
    names["train"](STEPS)
    seconds = perf_counter() - started
    watch.end()
    assert [one.count for one in watch.trainings] == [STEPS] * watched
    return seconds


def watched_row(rounds: int) -> str:
    """Return how much longer a training takes that is watched."""
    pairs = [(train(watched=False), train(watched=True)) for _ in range(rounds)]
    ratio = median(after / before for before, after in pairs)
    verdict = "met" if ratio <= WATCHED_GOAL else "MISSED"
    name = f"{STEPS} steps of training, watched"
    return f"{name:<42}{ratio:>7.2f} of the time  at most {WATCHED_GOAL}: {verdict}"


def main() -> None:
    """Measure, and print the table."""
    if sys.argv[1:2] == ["batch"]:
        bench_batch.main(*map(int, sys.argv[2:3]))
        return
    if sys.argv[1:2] == ["causes"]:
        bench_causes.main(*map(int, sys.argv[2:3]))
        return
    if sys.argv[1:2] == ["serve"]:
        bench_serve.main(*map(int, sys.argv[2:5]))
        return
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 21
    with tempfile.TemporaryDirectory() as folder:
        print(table(measure(commands(Path(folder)), rounds)))
    print(watched_row(rounds))


if __name__ == "__main__":
    main()
