"""Grades a course: what was handed in becomes a ledger, and the ledger marks, pages and scores."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from grader.course.batch import folder
from grader.course.batch.cache_keys import stamp, stamp_of
from grader.course.batch.executors import maker_of
from grader.course.batch.handed_code import HandedCode, code_in
from grader.course.batch.jobs import JobResult, job_of, job_result
from grader.course.batch.lateness import is_undated, with_late_penalty
from grader.course.batch.ledger import Ledger, LedgerEntry
from grader.course.batch.overrides import OverriddenMarks, Override, apply_overrides, read_overrides
from grader.course.batch.overview import CourseView, overview
from grader.course.batch.scheduler import Task, run
from grader.course.batch.student_marks import ExerciseWorth, marks_of, page_of, worth_of
from grader.course.causes.cause_pass import CauseSearch, with_causes
from grader.course.gradebook.score_table import table
from grader.course.marks import ABOUT, FILE, Mark, line_of
from grader.course.pages import class_page
from grader.course.pages.student_page import StudentPage, render
from grader.exercises import catalogue
from grader.grading.request import GradeRequest, exercises_of
from grader.reports.files import write_whole
from grader.submissions.intake.student_submission import Intake, StudentSubmission

Finished = Callable[[int, int], None]
"""Told how many of how many are graded, each time that one more is."""


class CourseRequest(NamedTuple):
    """A request to grade a course: what is graded, and how.

    Attributes:
        out: the course's folder.
        intake: what was handed in.
        request: exercises, walls and limits.
        executor: what does the jobs, see `executors.maker_of`.
        jobs: how many at a time.
        again: the keys of students who are graded again, whatever is known of them.
        late: the fields of a `LatePolicy` that stand in place of the exercises' own.
        instead: whether the marks may take the place of other exercises'.
    """

    out: Path
    intake: Intake
    request: GradeRequest
    executor: str = ""
    jobs: int = 1
    again: frozenset[str] = frozenset()
    late: Mapping[str, Any] = MappingProxyType({})
    instead: bool = False


class CourseResult(NamedTuple):
    """The result of grading a course.

    Attributes:
        marks: by student, then exercise.
        graded: how many submissions were graded now; the others were known from before.
        damaged: lines of the ledger that could not be read.
        ours: how many submissions the grader itself failed on.
        unused: lines of `overrides.csv` that fit nothing.
        undated: whose submissions were due, while it is unknown when they were handed in.
        notes: what else is to be known of `overrides.csv`, a line each.
    """

    marks: tuple[Mark, ...]
    graded: int
    damaged: int
    ours: int
    unused: tuple[str, ...] = ()
    undated: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def grade_course(course: CourseRequest, finished: Finished) -> CourseResult:
    """Grade what is not graded yet, and write everything that there is to know of a course.

    Args:
        course: what to grade.
        finished: told of the progress.

    Raises:
        UnknownExercise: there is none of that name.
        NoExecutor: what was named gives none.
        ForeignFolder: its folder holds something else.
        OtherExercises: its folder holds the marks of others.
        FolderInUse: another run writes into it.
        BadOverrides: what people say of marks cannot be read.
        UnwritableOutput: something cannot be written.
    """
    exercises = [worth_of(catalogue.load(entry)) for entry in exercises_of(course.request)]
    folder.see(course.out)
    if not course.instead:
        folder.see_that_none_is_lost(course.out, (one.path for one in exercises))
    overrides = read_overrides(course.out)
    maker_of(
        course.executor, course.jobs
    )  # a spec that is wrong stops the run before anything is done
    folder.make(course.out)
    with folder.lock(course.out):
        outcomes, graded, damaged = _outcomes(course, exercises, finished)
        marked = _marks(course, exercises, outcomes, overrides)
        _write(course, exercises, marked.marks, outcomes)
        everyone = CourseView(course.intake, exercises, marked.marks, outcomes, overrides)
        _write_class_page(course, everyone)
        told = with_causes(_cause_search(course), outcomes)
        _write_class_page(course, everyone._replace(outcomes=told))
    ours = sum(outcome.ours for outcome in outcomes.values())
    undated = _undated(course.intake.handed, marked.marks)
    return CourseResult(
        marked.marks, graded, damaged, ours, marked.unused, undated, marked.repeated
    )


def _write_class_page(course: CourseRequest, everyone: CourseView) -> None:
    write_whole(course.out / folder.INDEX, class_page.render(overview(everyone)).encode())


def _cause_search(course: CourseRequest) -> CauseSearch:
    """Return what the second pass needs, which searches what fails for its causes."""
    handed = {one.student.key: one for one in course.intake.handed}

    def job(key: str, exercise: str) -> Mapping[str, object]:
        alone = course._replace(request=course.request._replace(exercise=exercise))
        return _job(alone, handed[key])

    make, place = maker_of(course.executor, course.jobs), course.out / folder.SUBMISSIONS
    return CauseSearch(course.out, place, stamp_of(course.request), make, course.jobs, job)


def _undated(handed: Iterable[StudentSubmission], marks: Iterable[Mark]) -> tuple[str, ...]:
    """Return the keys of whoever handed in a file, nobody knows when."""
    keys = {one.student.key for one in handed if one.files}
    undated = (mark.student.key for mark in marks if is_undated(mark))
    return tuple(key for key in dict.fromkeys(undated) if key in keys)


def _outcomes(
    course: CourseRequest, exercises: Sequence[ExerciseWorth], finished: Finished
) -> tuple[dict[str, JobResult], int, int]:
    """Return everyone's result, how many were graded now, and how much was damaged."""
    write_whole(course.out / ABOUT, _about(course, exercises).encode())
    folder.lay_out(course.out, course.intake.handed)
    stamps = _stamps(course)
    with closing(Ledger(course.out / folder.LEDGER)) as ledger:
        graded = _grade(course, ledger, stamps, finished)
        ledger.put_in_order()
        outcomes = {key: _outcome(ledger, key, of) for key, of in stamps.items()}
        return outcomes, graded, ledger.damaged


def _stamps(course: CourseRequest) -> dict[str, str]:
    same = stamp_of(course.request)
    return {one.student.key: stamp(one.files, same) for one in course.intake.handed}


def _grade(
    course: CourseRequest, ledger: Ledger, stamps: Mapping[str, str], finished: Finished
) -> int:
    """Grade what the ledger does not know, and return how many that were."""
    missing = [
        key for key, of in stamps.items() if key in course.again or not _is_known(ledger, key, of)
    ]
    known = len(stamps) - len(missing)
    finished(known, len(stamps))
    make = maker_of(course.executor, course.jobs)
    handed = {one.student.key: one for one in course.intake.handed}
    tasks = (Task(key, stamps[key], _job(course, handed[key])) for key in missing)
    for number, (task, outcome) in enumerate(run(tasks, make, course.jobs), start=1):
        ledger.add(LedgerEntry(task.student, task.stamp, outcome))
        finished(known + number, len(stamps))
    return len(missing)


def _is_known(ledger: Ledger, key: str, of: str) -> bool:
    """Return whether a submission's result is known, and can be read."""
    if not ledger.knows(key, of):
        return False
    try:
        _outcome(ledger, key, of)
    except (ValueError, KeyError, TypeError):  # a line that somebody has written for themselves
        ledger.damaged += 1
        return False
    return True


def _job(course: CourseRequest, handed: StudentSubmission) -> Mapping[str, object]:
    where = (course.out / folder.SUBMISSIONS / handed.student.key).absolute()
    order = {file.name: file.order for file in handed.files}
    return job_of(course.request, where, order, whole=bool(course.executor))


def _outcome(ledger: Ledger, key: str, of: str) -> JobResult:
    entry = ledger.of(key, of)
    assert entry is not None  # all that was missing has been graded by now
    return job_result(entry.outcome)


def _marks(
    course: CourseRequest,
    exercises: Sequence[ExerciseWorth],
    outcomes: Mapping[str, JobResult],
    overrides: Sequence[Override],
) -> OverriddenMarks:
    """Return the marks, after what being late costs, and what people say of them last of all."""
    deadlines = {one.path: one.late._replace(**course.late) for one in exercises}
    marks = [
        with_late_penalty(mark, deadlines[mark.exercise])
        for handed in course.intake.handed
        for mark in marks_of(handed, exercises, outcomes[handed.student.key])
    ]
    return apply_overrides(marks, overrides)


def _write(
    course: CourseRequest,
    exercises: Sequence[ExerciseWorth],
    marks: Sequence[Mark],
    outcomes: Mapping[str, JobResult],
) -> None:
    """Write marks, scores and pages."""
    own: dict[str, list[Mark]] = {}
    for mark in marks:
        own.setdefault(mark.student.key, []).append(mark)
    for handed in course.intake.handed:
        key = handed.student.key
        code = _code(course.out / folder.SUBMISSIONS / key, own[key])
        page = render(_page(handed, own[key], outcomes[key])._replace(code=code))
        write_whole(course.out / page_of(handed), page.encode())
    write_whole(course.out / FILE, "".join(f"{line_of(mark)}\n" for mark in marks).encode())
    write_whole(course.out / ABOUT, _about(course, exercises, marks=len(marks)).encode())
    write_whole(course.out / folder.SCORES, table(marks).encode())


def _code(place: Path, marks: Sequence[Mark]) -> tuple[HandedCode, ...]:
    """Return the code of a student's that was graded, each file once."""
    names = dict.fromkeys(mark.submission for mark in marks)
    return tuple(code for name in names if (code := code_in(place, name)))


def _page(handed: StudentSubmission, marks: Sequence[Mark], outcome: JobResult) -> StudentPage:
    name = handed.student.name or handed.student.key
    remarks = [handed.note] if handed.note else []
    remarks += [mark.comment for mark in marks if mark.comment]
    return StudentPage(name, tuple(marks), outcome.reports, outcome.problem, tuple(remarks))


def _about(course: CourseRequest, exercises: Sequence[ExerciseWorth], **known: int) -> str:
    """Return the record of a course; how many marks it has is known when they are written."""
    record = {
        "schema": folder.SCHEMA,
        "exercises": [one.path for one in exercises],
        "shape": course.intake.shape,
        "refused": list(course.intake.refused),
        "notes": list(course.intake.notes),
        "walls": course.request.walls,
        "seed": course.request.seed,
        **known,
    }
    return json.dumps(record, indent=2, ensure_ascii=False) + "\n"
