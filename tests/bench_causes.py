"""Measures what the search for causes costs a course: `python -m tests.bench causes [COUNT]`.

A made course of COUNT, half of it wrong: the typical wrong answers and mutants of ex9 with numbers
of their own, and right ones. It is graded again and again; each time more causes are searched,
until all are known. Then it is graded anew, with all causes known: what that takes is what marks
cost, and the first run's searches cost the rest of it. CPU of all processes counts, and no clock.
"""

import sys
import tempfile
from pathlib import Path
from random import Random
from resource import RUSAGE_CHILDREN, getrusage
from shutil import copytree
from subprocess import run
from typing import NamedTuple

from grader.course.batch.folder import LEDGER
from grader.course.causes.cause_pass import FILE
from grader.exercises import catalogue
from grader.grading.mutants.engine import mutated_source
from tests.quality.answers import ANSWERS, EXERCISE

COUNT = 200
MOST_RUNS = 8
MOST_MS = 50.0
SEED = 475


class CourseRun(NamedTuple):
    """One run over the course: the seconds of CPU that it took, and the searches it made."""

    seconds: float
    searches: int


def main(count: int = COUNT) -> None:
    """Measure, and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        handed, out, anew = (Path(folder) / name for name in ("handed", "out", "anew"))
        _hand_in(handed, count)
        runs = _until_all_is_known(handed, out)
        copytree(out, anew)
        (anew / LEDGER).unlink()
        marks = _graded(handed, anew)
    print(f"{'run':<22}{'CPU s':>8}{'searches':>10}{'ms a submission':>17}")
    costs = []
    for number, one in enumerate(runs, 1):
        before = marks.seconds if number == 1 else runs[-1].seconds
        costs.append(1000 * (one.seconds - before) / count)
        print(f"{number:<22}{one.seconds:>8.2f}{one.searches:>10}{costs[-1]:>17.1f}")
    print(f"{'all marks, no search':<22}{marks.seconds:>8.2f}{marks.searches:>10}")
    verdict = "met" if max(costs) <= MOST_MS else "MISSED"
    print(f"at most {max(costs):.1f} ms a submission and run; {MOST_MS:.0f} are allowed: {verdict}")


def sources(count: int) -> list[str]:
    """Return what a made course hands in, the same each time."""
    exercise = catalogue.load(catalogue.find(EXERCISE))
    solution = catalogue.solution(exercise)
    mutants = catalogue.mutants(exercise)
    wrong = [*(one.source for one in ANSWERS)]
    wrong += [mutated_source(solution, mutant, "mutants.py") for mutant in mutants]
    random = Random(SEED)
    each = [random.choice(wrong) if number % 2 else solution for number in range(count)]
    return [f"{text}\n\nnumber = {number}\n" for number, text in enumerate(each)]


def _hand_in(folder: Path, count: int) -> None:
    for number, source in enumerate(sources(count)):
        own = folder / f"student{number:03}"
        own.mkdir(parents=True)
        (own / "value.py").write_text(source, encoding="utf-8")


def _until_all_is_known(handed: Path, out: Path) -> list[CourseRun]:
    runs: list[CourseRun] = []
    while len(runs) < MOST_RUNS and (not runs or runs[-1].searches):
        runs.append(_graded(handed, out))
    return runs


def _graded(handed: Path, out: Path) -> CourseRun:
    before, known = _cpu_s(), _searches(out)
    grade = [sys.executable, "-m", "grader", "batch", EXERCISE, str(handed), "-o", str(out)]
    run([*grade, "--seed", "12345", "--jobs", "2"], check=True, capture_output=True)
    return CourseRun(_cpu_s() - before, _searches(out) - known)


def _searches(out: Path) -> int:
    file = out / FILE
    return len(file.read_text(encoding="utf-8").splitlines()) if file.exists() else 0


def _cpu_s() -> float:
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
