"""Measures how many submissions a second are graded: `python -m tests.bench batch [ROUNDS]`.

The ways take turns in one run, so that a busy machine is busy for all of them. The yardstick is one
pytest process a submission, without plugins, on tests that ask what ex9 asks of fixed graphs; the
local way is `grade ex9 FILE`. Both are also measured two at a time, since the pool of `grade batch`
has two processes here.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from grader.grading.one_submission import sandboxed
from grader.grading.request import GradeRequest
from grader.sandbox.zygote_pool import ZygotePool
from grader.submissions.submission import Submission
from tests.crowd import WORKERS, Graders, graders, honest
from tests.handed_in import notebook

ROUNDS = 5
BATCH, EACH = 200, 12  # of a round: submissions for the pool, and for processes of their own
NOTEBOOKS = 60
YARDSTICK = "pytest, one after another"
GRADE = "grade batch's pool, tier full"
CELLS = "grade batch's pool, notebooks of 10 cells"
TIMES, A_SECOND, WALLS_MS = 25, 20, 1.5
TESTS = """
from pytest import approx
from value import Value


def test_power_values():
    assert (Value(1.234567) ** 2).data == approx(1.524155677489)
    assert (Value(2) ** 3).data == 8
    assert (Value(4.0) ** -1).data == 0.25


def test_squared_error():
    error = Value(0) - Value(2)
    assert error.data == -2
    assert (error ** 2).data == 4


def test_subtraction():
    u, v = Value(5.0), Value(2.0)
    d = u - v
    d.backward()
    assert (u.grad, v.grad) == (1.0, -1.0)


def test_power_rule():
    x = Value(3.0)
    y = x ** 2
    y.backward()
    assert x.grad == 6.0


def test_through():
    w, b = Value(2.0), Value(1.0)
    loss = (w * 3.0 + b - Value(5.0)) ** 2
    loss.backward()
    assert (w.grad, b.grad) == (12.0, 4.0)
"""

Way = Callable[[], int]
"""Grades some, and returns how many."""


def main(rounds: int = ROUNDS) -> None:
    """Measure, and print the table."""
    with ExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory()))
        scripts = _laid_out(folder)
        pool = held.enter_context(graders())
        ways: dict[str, Way] = {
            YARDSTICK: partial(_processes, _pytest, scripts, 1),
            "pytest, two at a time": partial(_processes, _pytest, scripts, WORKERS),
            "grade ex9 FILE, one after another": partial(_processes, _grade, scripts, 1),
            "grade ex9 FILE, two at a time": partial(_processes, _grade, scripts, WORKERS),
            GRADE: partial(_graded, pool, _scripts(BATCH)),
            CELLS: partial(_graded, pool, _notebooks(NOTEBOOKS)),
        }
        print(table(measured(ways, rounds)))
    print(walls_row(rounds))


def measured(ways: dict[str, Way], rounds: int) -> dict[str, list[float]]:
    """Return how many a second each way grades, once a round; the first round fills caches."""
    found: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, way in ways.items():
            began = perf_counter()
            count = way()
            if number:
                found[name].append(count / (perf_counter() - began))
    return found


def table(found: dict[str, list[float]]) -> str:
    """Return medians, and their ratios to the yardstick."""
    yard = median(found[YARDSTICK])
    goals = {GRADE: (TIMES * yard, f"at least {TIMES} times"), CELLS: (A_SECOND, "at least 20/s")}
    lines = [f"{'':<36}{'a second':>9}{'best':>8}{'times':>8}  goal"]
    for name, rates in found.items():
        rate = median(rates)
        line = f"{name:<36}{rate:>9.1f}{max(rates):>8.1f}{rate / yard:>8.1f}"
        if name in goals:
            least, says = goals[name]
            line += f"  {says}: {'met' if rate >= least else 'MISSED'}"
        lines.append(line)
    return "\n".join(lines)


def walls_row(rounds: int) -> str:
    """Return what walls cost: an empty submission behind them, against one behind limits alone."""
    with closing(ZygotePool("full")) as full, closing(ZygotePool("limits")) as bare:
        pairs = [(_empty(full), _empty(bare)) for _ in range(rounds * 20)]
    cost = median(1000 * (walled - free) for walled, free in pairs)
    verdict = "met" if cost <= WALLS_MS else "MISSED"
    return f"walls of tier full cost {cost:.2f} ms a submission, at most {WALLS_MS}: {verdict}"


def _empty(zygotes: ZygotePool) -> float:
    choice = GradeRequest("ex9", walls="full")
    submission = Submission("value.py", "", "script", "", "")
    began = perf_counter()
    with closing(sandboxed(submission, choice, launch=zygotes.launch)) as subject:
        subject.load()
    return perf_counter() - began


def _sources(count: int) -> list[str]:
    entries = honest()
    return [entries[number % len(entries)].source for number in range(count)]


def _graded(pool: Graders, files: Sequence[tuple[str, bytes]]) -> int:
    return len(pool.grade(files))


def _scripts(count: int) -> list[tuple[str, bytes]]:
    return [("value.py", source.encode()) for source in _sources(count)]


def _notebooks(count: int) -> list[tuple[str, bytes]]:
    """Return notebooks of ten cells: the engine, what it has at its end, and more."""
    more = [f"a{number} = {number} ** 2\na{number}" for number in range(9)]
    return [("value.ipynb", notebook(source, *more)) for source in _sources(count)]


def _laid_out(folder: Path) -> list[Path]:
    """Write as many submissions as a round takes, each in a folder of its own with the tests."""
    found = []
    for number, source in enumerate(_sources(EACH)):
        own = folder / str(number)
        own.mkdir()
        (own / "value.py").write_text(source, encoding="utf-8")
        (own / "test_value.py").write_text(TESTS, encoding="utf-8")
        found.append(own)
    return found


def _processes(command: Callable[[], list[str]], folders: Sequence[Path], at_once: int) -> int:
    def run(folder: Path) -> None:
        environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        subprocess.run(command(), cwd=folder, env=environment, capture_output=True, check=False)

    with ThreadPoolExecutor(at_once) as threads:
        list(threads.map(run, folders))
    return len(folders)


def _pytest() -> list[str]:
    return [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_value.py"]


def _grade() -> list[str]:
    return [str(Path(sys.executable).with_name("grade")), "ex9", "value.py"]
