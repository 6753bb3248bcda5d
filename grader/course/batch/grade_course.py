"""Grades a course: what was handed in becomes a ledger, and the ledger marks, pages and scores."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from grader.course.batch import folder
from grader.course.batch.cache_keys import stamp, stamp_of
from grader.course.batch.executors import maker_of
from grader.course.batch.jobs import Upshot, job_of, outcome_from
from grader.course.batch.lateness import on_time
from grader.course.batch.ledger import Entry, Ledger
from grader.course.batch.overrides import Applied, Override, applied, overrides_in
from grader.course.batch.overview import Everyone, overview
from grader.course.batch.scheduler import Task, run
from grader.course.batch.student_marks import Asked, asked, marks_of, page_of
from grader.course.gradebook.score_table import table
from grader.course.marks import FILE, Mark, line_of
from grader.course.pages import class_page
from grader.course.pages.student_page import StudentPage, render
from grader.exercises import catalogue
from grader.grading.request import Choice, entries
from grader.reports.files import put
from grader.submissions.intake.student_submission import Handed, TakenIn

Finished = Callable[[int, int], None]
"""Told how many of how many are graded, each time that one more is."""


class Course(NamedTuple):
    """What is graded, and how.

    Attributes:
        out: the course's folder.
        taken: what was handed in.
        choice: exercises, walls and limits.
        executor: what does the jobs, see `executors.maker_of`.
        jobs: how many at a time.
        again: the keys of students who are graded again, whatever is known of them.
        late: what stands in place of what the exercises say of late submissions: the fields of a
            `Deadline`.
    """

    out: Path
    taken: TakenIn
    choice: Choice
    executor: str = ""
    jobs: int = 1
    again: frozenset[str] = frozenset()
    late: Mapping[str, Any] = MappingProxyType({})


class Graded(NamedTuple):
    """What came of a course.

    Attributes:
        marks: by student, then exercise.
        anew: how many submissions were graded now; the others were known from before.
        damaged: lines of the ledger that could not be read.
        ours: how many submissions the grader itself failed on.
        unused: lines of `overrides.csv` that fit nothing.
    """

    marks: tuple[Mark, ...]
    anew: int
    damaged: int
    ours: int
    unused: tuple[str, ...] = ()


def grade_course(course: Course, finished: Finished) -> Graded:
    """Grade what is not graded yet, and write everything that there is to know of a course.

    Args:
        course: what to grade.
        finished: told of the progress.

    Raises:
        UnknownExercise: there is none of that name.
        NoExecutor: what was named gives none.
        ForeignFolder: its folder holds something else.
        InUse: another run writes into it.
        BadOverrides: what people say of marks cannot be read.
        UnwritableOutput: something cannot be written.
    """
    exercises = [asked(catalogue.load(entry)) for entry in entries(course.choice)]
    folder.see(course.out)
    said = overrides_in(course.out)
    maker_of(course.executor, course.jobs)  # what is wrong with it is said before anything is done
    folder.make(course.out)
    with folder.alone(course.out):
        outcomes, anew, damaged = _outcomes(course, exercises, finished)
        marked = _marked(course, exercises, outcomes, said)
        _write(course, marked.marks, outcomes)
        everyone = Everyone(course.taken, exercises, marked.marks, outcomes)
        put(course.out / folder.INDEX, class_page.render(overview(everyone)).encode())
    ours = sum(outcome.ours for outcome in outcomes.values())
    return Graded(marked.marks, anew, damaged, ours, marked.unused)


def _outcomes(
    course: Course, exercises: Sequence[Asked], finished: Finished
) -> tuple[dict[str, Upshot], int, int]:
    """Return what came of everyone, how many were graded now, and how much was damaged."""
    put(course.out / folder.ABOUT, _about(course, exercises).encode())
    folder.lay_out(course.out, course.taken.handed)
    stamps = _stamps(course)
    with closing(Ledger(course.out / folder.LEDGER)) as ledger:
        anew = _grade(course, ledger, stamps, finished)
        ledger.put_in_order()
        outcomes = {key: _outcome(ledger, key, of) for key, of in stamps.items()}
        return outcomes, anew, ledger.damaged


def _stamps(course: Course) -> dict[str, str]:
    same = stamp_of(course.choice)
    return {one.student.key: stamp(one.files, same) for one in course.taken.handed}


def _grade(course: Course, ledger: Ledger, stamps: Mapping[str, str], finished: Finished) -> int:
    """Grade what the ledger does not know, and return how many that were."""
    missing = [
        key for key, of in stamps.items() if key in course.again or not ledger.knows(key, of)
    ]
    known = len(stamps) - len(missing)
    finished(known, len(stamps))
    make = maker_of(course.executor, course.jobs)
    handed = {one.student.key: one for one in course.taken.handed}
    tasks = (Task(key, stamps[key], _job(course, handed[key])) for key in missing)
    for number, (task, outcome) in enumerate(run(tasks, make, course.jobs), start=1):
        ledger.add(Entry(task.student, task.stamp, outcome))
        finished(known + number, len(stamps))
    return len(missing)


def _job(course: Course, handed: Handed) -> Mapping[str, object]:
    where = (course.out / folder.SUBMISSIONS / handed.student.key).absolute()
    order = {file.name: file.order for file in handed.files}
    return job_of(course.choice, where, order, whole=bool(course.executor))


def _outcome(ledger: Ledger, key: str, of: str) -> Upshot:
    entry = ledger.of(key, of)
    assert entry is not None  # all that was missing has been graded by now
    return outcome_from(entry.outcome)


def _marked(
    course: Course,
    exercises: Sequence[Asked],
    outcomes: Mapping[str, Upshot],
    said: Sequence[Override],
) -> Applied:
    """Return the marks, after what being late costs, and what people say of them last of all."""
    deadlines = {one.path: one.late._replace(**course.late) for one in exercises}
    marks = [
        on_time(mark, deadlines[mark.exercise])
        for handed in course.taken.handed
        for mark in marks_of(handed, exercises, outcomes[handed.student.key])
    ]
    return applied(marks, said)


def _write(course: Course, marks: Sequence[Mark], outcomes: Mapping[str, Upshot]) -> None:
    """Write marks, scores and pages."""
    own: dict[str, list[Mark]] = {}
    for mark in marks:
        own.setdefault(mark.student.key, []).append(mark)
    for handed in course.taken.handed:
        key = handed.student.key
        page = render(_page(handed, own[key], outcomes[key]))
        put(course.out / page_of(handed), page.encode())
    put(course.out / FILE, "".join(f"{line_of(mark)}\n" for mark in marks).encode())
    put(course.out / folder.SCORES, table(marks).encode())


def _page(handed: Handed, marks: Sequence[Mark], outcome: Upshot) -> StudentPage:
    name = handed.student.name or handed.student.key
    remarks = [handed.note] if handed.note else []
    remarks += [mark.comment for mark in marks if mark.comment]
    return StudentPage(name, tuple(marks), outcome.reports, outcome.problem, tuple(remarks))


def _about(course: Course, exercises: Sequence[Asked]) -> str:
    held = {
        "schema": folder.SCHEMA,
        "exercises": [one.path for one in exercises],
        "shape": course.taken.shape,
        "refused": list(course.taken.refused),
        "walls": course.choice.walls,
    }
    return json.dumps(held, indent=2, ensure_ascii=False) + "\n"
