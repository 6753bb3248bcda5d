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
from grader.course.batch.jobs import JobResult, job_of, job_result
from grader.course.batch.lateness import is_undated, with_late_penalty
from grader.course.batch.ledger import Ledger, LedgerEntry
from grader.course.batch.overrides import apply_overrides, read_overrides
from grader.course.batch.parts.course_pages import (
    GradedPart,
    course_view,
    write_class_page,
    write_student_pages,
)
from grader.course.batch.parts.part import (
    CoursePart,
    free_folder,
    in_order,
    keep_only,
    parts_beside,
    parts_in,
    write_part,
)
from grader.course.batch.parts.same_people import with_known_keys
from grader.course.batch.scheduler import Task, run
from grader.course.batch.student_marks import (
    ExerciseWorth,
    marks_of,
    worth_of,
)
from grader.course.causes.cause_pass import CauseSearch, with_causes
from grader.course.gradebook.score_table import table
from grader.course.marks import ABOUT, FILE, Mark, line_of
from grader.exercises import catalogue
from grader.exercises.catalogue import ExerciseEntry
from grader.grading.request import GradeRequest, exercises_of
from grader.reports.files import write_whole
from grader.submissions.intake.student_submission import Intake, StudentSubmission

LOST = "what was graded is not in the ledger any more: grade its exercise again"
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
        beside: the paths of other exercises, whose marks stay beside those that were graded now.
    """

    marks: tuple[Mark, ...]
    graded: int
    damaged: int
    ours: int
    unused: tuple[str, ...] = ()
    undated: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


class GradedParts(NamedTuple):
    """All parts of a course.

    Attributes:
        parts: in the order in which they came first.
        ours: how many of those that were graded now the grader itself failed on.
        newly: how many submissions were graded now.
        damaged: lines of the ledger that could not be read.
    """

    parts: Sequence[GradedPart]
    ours: int
    newly: int
    damaged: int


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
    exercises = tuple(map(_worth(course), exercises_of(course.request)))
    folder.see(course.out)
    overrides = read_overrides(course.out)
    maker_of(course.executor, course.jobs)  # a wrong spec stops the run before anything is done
    folder.make(course.out)
    with folder.lock(course.out):
        beside = _beside(course, [one.path for one in exercises])
        intake = with_known_keys(course.intake, beside)
        course = course._replace(intake=intake)
        place = free_folder(beside, exercises[0].path)
        own = CoursePart(exercises, intake, _stamps(course), place)
        graded = _grade_part(course, own, beside, finished)
        marked = apply_overrides(_marks(graded.parts), overrides)
        _write(course, graded.parts, marked.marks)
        write_class_page(course.out, course_view(graded.parts, marked.marks, overrides))
        told = [_explained(course, part) for part in graded.parts]
        if told != graded.parts:
            write_class_page(course.out, course_view(told, marked.marks, overrides))
    mine = [mark for mark in marked.marks if mark.exercise in own.paths]
    undated = _undated(intake.handed, mine)
    return CourseResult(
        *(marked.marks, graded.newly, graded.damaged, graded.ours, marked.unused, undated),
        marked.repeated,
        tuple(path for part in beside for path in part.paths),
    )


def _worth(course: CourseRequest) -> Callable[[ExerciseEntry], ExerciseWorth]:
    def worth(entry: ExerciseEntry) -> ExerciseWorth:
        one = worth_of(catalogue.load(entry))
        return one._replace(late=one.late._replace(**course.late))

    return worth


def _beside(course: CourseRequest, graded: Sequence[str]) -> list[CoursePart]:
    """Return the parts of other exercises, which stay beside those that are graded now."""
    if course.instead:
        return []
    beside = parts_beside(parts_in(course.out), graded)
    known = [path for part in beside for path in part.paths]
    folder.see_that_none_is_lost(course.out, [*graded, *known])
    return beside


def _explained(course: CourseRequest, graded: GradedPart) -> GradedPart:
    """Return a part with the causes of what fails in it, as far as they are known by now."""
    part, place = graded.part, course.out / graded.part.folder

    def of(exercise: str) -> CourseRequest:
        return course._replace(request=course.request._replace(exercise=exercise))

    def job(key: str, exercise: str) -> Mapping[str, object]:
        return _job(of(exercise), place, graded.handed[key])

    same, make = stamp_of(of(part.paths[0]).request), maker_of(course.executor, course.jobs)
    search = CauseSearch(course.out, place, same, make, course.jobs, job)
    return graded._replace(outcomes=with_causes(search, graded.outcomes))


def _undated(handed: Iterable[StudentSubmission], marks: Iterable[Mark]) -> tuple[str, ...]:
    """Return the keys of whoever handed in a file, nobody knows when."""
    keys = {one.student.key for one in handed if one.files}
    undated = (mark.student.key for mark in marks if is_undated(mark))
    return tuple(key for key in dict.fromkeys(undated) if key in keys)


def _grade_part(
    course: CourseRequest, own: CoursePart, beside: Sequence[CoursePart], finished: Finished
) -> GradedParts:
    """Grade a part, and return it with those beside it."""
    every = in_order([*beside, own], folder.exercises_of(course.out))
    write_whole(course.out / ABOUT, _about(course, every).encode())
    for part in every:
        write_part(course.out, part)
    keep_only(course.out, every)
    folder.lay_out(course.out, course.intake.handed, own.folder)
    with closing(Ledger(course.out / folder.LEDGER)) as ledger:
        count = _grade(course, own, ledger, finished)
        ledger.put_in_order()
        parts = [GradedPart(part, _results(ledger, part), _by_key(part)) for part in every]
        ours = sum(outcome.ours for outcome in _results(ledger, own).values())
        return GradedParts(parts, ours, count, ledger.damaged)


def _by_key(part: CoursePart) -> dict[str, StudentSubmission]:
    return {one.student.key: one for one in part.intake.handed}


def _results(ledger: Ledger, part: CoursePart) -> dict[str, JobResult]:
    """Return everyone's result in the exercises of a part."""
    return {key: _of_part(part, _outcome(ledger, key, of)) for key, of in part.stamps.items()}


def _of_part(part: CoursePart, result: JobResult) -> JobResult:
    reports = tuple(one for one in result.reports if one.exercise in part.paths)
    return result._replace(reports=reports)


def _stamps(course: CourseRequest) -> dict[str, str]:
    same = stamp_of(course.request)
    return {one.student.key: stamp(one.files, same) for one in course.intake.handed}


def _grade(course: CourseRequest, own: CoursePart, ledger: Ledger, finished: Finished) -> int:
    """Grade what the ledger does not know, and return how many that were."""
    stamps = own.stamps
    missing = [
        key for key, of in stamps.items() if key in course.again or not _is_known(ledger, key, of)
    ]
    known = len(stamps) - len(missing)
    finished(known, len(stamps))
    make = maker_of(course.executor, course.jobs)
    handed = {one.student.key: one for one in course.intake.handed}
    place = course.out / own.folder
    tasks = (Task(key, stamps[key], _job(course, place, handed[key])) for key in missing)
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


def _job(course: CourseRequest, place: Path, handed: StudentSubmission) -> Mapping[str, object]:
    where = (place / handed.student.key).absolute()
    order = {file.name: file.order for file in handed.files}
    return job_of(course.request, where, order, whole=bool(course.executor))


def _outcome(ledger: Ledger, key: str, of: str) -> JobResult:
    entry = ledger.of(key, of)
    if entry is None:  # of another part, from whose entries somebody has taken it away
        return JobResult(problem=LOST, ours=True)
    return job_result(entry.outcome)


def _marks(parts: Iterable[GradedPart]) -> list[Mark]:
    """Return the marks by student and exercise, after what being late costs."""
    marks = [
        with_late_penalty(mark, late[mark.exercise])
        for part, outcomes, _ in parts
        for late in ({one.path: one.late for one in part.exercises},)
        for handed in part.intake.handed
        for mark in marks_of(handed, part.exercises, outcomes[handed.student.key])
    ]
    return sorted(marks, key=lambda mark: mark.student.key)


def _write(course: CourseRequest, parts: Sequence[GradedPart], marks: Sequence[Mark]) -> None:
    """Write marks, scores and students' pages."""
    write_student_pages(course.out, parts, marks)
    write_whole(course.out / FILE, "".join(f"{line_of(mark)}\n" for mark in marks).encode())
    every = [part for part, _, _ in parts]
    write_whole(course.out / ABOUT, _about(course, every, marks=len(marks)).encode())
    write_whole(course.out / folder.SCORES, table(marks).encode())


def _about(course: CourseRequest, parts: Sequence[CoursePart], **known: int) -> str:
    """Return the record of a course; how many marks it has is known when they are written."""
    record = {
        "schema": folder.SCHEMA,
        "exercises": [path for part in parts for path in part.paths],
        "shape": course.intake.shape,
        "shapes": {path: part.intake.shape for part in parts for path in part.paths},
        "folders": {path: part.folder for part in parts for path in part.paths},
        "refused": [line for part in parts for line in part.intake.refused],
        "notes": [line for part in parts for line in part.intake.notes],
        "walls": course.request.walls,
        "seed": course.request.seed,
        **known,
    }
    return json.dumps(record, indent=2, ensure_ascii=False) + "\n"
