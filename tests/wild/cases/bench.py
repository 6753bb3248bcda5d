"""A bench on which a case is tried: files that are written, and what the grader makes of them."""

import zipfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from grader.cli.main import run
from grader.course.batch import folder
from grader.course.batch.jobs import job_of, job_result
from grader.course.batch.worker import release, work
from grader.grading.request import EXAMPLES_S, GradeRequest
from grader.reports.report import Report
from grader.sandbox.protocol.limits import Tier
from grader.submissions.intake.student_submission import Intake
from grader.submissions.intake.take_in import take_in
from tests.handed_in import notebook
from tests.ready_grader import ReadyGrader
from tests.wild.bank import engines
from tests.wild.submissions import with_engines

CASES: "list[Case]" = []


class Case(NamedTuple):
    """A situation that people have met, and what is right in it.

    Attributes:
        number: of its kind.
        name: of what happens.
        right: what is right.
        try_on: tries it, and raises an AssertionError where that is not so.
    """

    number: int
    name: str
    right: str
    try_on: "Callable[[Bench], None]"


class Said(NamedTuple):
    """What a command said, on the screen and beside it, and its exit status."""

    status: int
    out: str
    err: str


def case(number: int, right: str) -> "Callable[[Callable[[Bench], None]], None]":
    """Register a function as a case; it is named for what happens."""

    def registered(function: "Callable[[Bench], None]") -> None:
        CASES.append(Case(number, function.__name__, right, function))

    return registered


class Bench:
    """An empty folder, and the grader."""

    def __init__(self, place: Path, grader: ReadyGrader) -> None:
        self.place = place
        self._grader = grader

    def write(self, name: str, text: str) -> Path:
        """Write a text in which `{right/slots}` stands for that engine."""
        path = self.place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(with_engines(text, _KNOWN), encoding="utf-8")
        return path

    def notebook(self, name: str, *cells: str) -> Path:
        """Write a notebook."""
        path = self.place / name
        path.write_bytes(notebook(*(with_engines(cell, _KNOWN) for cell in cells)))
        return path

    def zipped(self, name: str, files: Mapping[str, str]) -> Path:
        """Write a zip, with engines for their names."""
        path = self.place / name
        with zipfile.ZipFile(path, "w") as archive:
            for inner, text in files.items():
                archive.writestr(inner, with_engines(text, _KNOWN))
        return path

    def report(
        self, exercise: str, path: Path, *, examples: bool = False, walls: Tier = "limits"
    ) -> Report:
        """Return what a file or folder gets."""
        seconds = EXAMPLES_S if examples else 0.0
        request = GradeRequest(exercise, str(path), walls=walls, examples_s=seconds)
        return self._grader.report(request)

    def course(self, exercise: str, intake: Intake, walls: Tier = "limits") -> dict[str, str]:
        """Return each student's name with their points, or why there are none."""
        out = self.place / "out"
        folder.make(out)
        folder.lay_out(out, intake.handed)
        request = GradeRequest(exercise, walls=walls)
        found = {}
        for one in intake.handed:
            order = {file.name: file.order for file in one.files}
            job = job_of(request, out / "submissions" / one.student.key, order)
            result = job_result(work(job))
            points = [f"{report.score:g}" for report in result.reports]
            found[one.student.name or one.student.key] = " ".join(points) or result.problem
        release()
        return found

    def run(self, *words: str) -> Said:
        """Run `grade` with these words, here."""
        out, err = StringIO(), StringIO()
        with chdir(self.place), redirect_stdout(out), redirect_stderr(err):
            status = run(list(words))
        return Said(int(status or 0), out.getvalue(), err.getvalue())


def students(intake: Intake) -> list[str]:
    """Return the names of students."""
    return sorted(one.student.name or one.student.key for one in intake.handed)


def taken_in(path: Path) -> Intake:
    """Return what a course handed in."""
    return take_in(path)


def said_of(report: Report) -> str:
    """Return all that a report says."""
    told: list[str] = list(report.notes)
    for check in report.checks:
        told += [check.message, *(check.diagnosis or ())]
        if check.counterexample:
            told += [check.counterexample.source, str(check.counterexample.got)]
    return "\n".join(told)


def assert_full(report: Report) -> None:
    """Refuse a report that takes a point away."""
    assert report.score == report.max_score, f"{report.score:g}: {_first(said_of(report))}"


def assert_says(text: str, *any_of: str) -> None:
    """Refuse a text that says none of these."""
    assert any(piece in text for piece in any_of), f"not said: {any_of[0]!r}; but {_first(text)}"


def _first(text: str) -> str:
    return next((line for line in text.splitlines() if line), "nothing")[:160]


def walls_here(tiers: Iterable[Tier] = ("full", "container")) -> Tier:
    """Return the strongest tier of walls that this machine builds."""
    from grader.sandbox.zygote_pool import NoWalls, ZygotePool

    for tier in tiers:
        try:
            ZygotePool(tier).close()
        except NoWalls:
            continue
        return tier
    return "limits"


_KNOWN = {one.name: one for one in engines()}
