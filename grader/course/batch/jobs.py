"""A job is plain JSON: what to grade a submission against, and where its files are.

Whatever works on one, a process of our own pool or a machine elsewhere, needs nothing but this
package and the exercises. The reports come back as plain JSON, too.
"""

import base64
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Final, NamedTuple

from grader.errors import GraderAtFault
from grader.grading.request import GradeRequest
from grader.reports.report import Report
from grader.reports.report_json import plain, report_from
from grader.sandbox.protocol.limits import Allowance
from grader.submissions.kinds import kind_of

HASTILY: Final = "hastily"  # the field of a job that is given up where it takes long
FOR_STAFF: Final = "for staff"
"""The field of a job that asks for reports that show what hidden checks ask, besides."""

TAKES_LONG: Final[dict[str, Any]] = {"takes long": True}
DIED: Final = "what grades submissions died each time that it was given this one"
LARGEST = 5 << 20
NO_SUBMISSION: Final = "no script and no notebook was handed in"
TOO_LARGE = f"its scripts are more than the {LARGEST >> 20} MB that travel to another machine"


class JobField(NamedTuple):
    """A field of a GradeRequest as a job has it.

    Attributes:
        key: the job's.
        packed: makes plain JSON of the field's value.
        unpacked: makes the value of that again.
    """

    key: str
    packed: Callable[[Any], Any] = lambda value: value
    unpacked: Callable[[Any], Any] = lambda value: value


FIELDS: Final[Mapping[str, JobField]] = {
    "exercise": JobField("exercise"),
    "walls": JobField("walls"),
    "allowed": JobField("allowed", list, lambda values: Allowance(*values)),
    "seed": JobField("seed"),
    "oracles": JobField("oracles"),
    "homes": JobField(
        "homes",
        lambda homes: [str(home) for home in homes],
        lambda paths: tuple(map(Path, paths)),
    ),
    "class_name": JobField("class"),
}
"""The fields of a GradeRequest that travel. The others are for one submission at a terminal."""


class TooLarge(GraderAtFault):
    """What would have to travel is more than does; where nothing travels, it can be graded."""

    def __init__(self) -> None:
        super().__init__(TOO_LARGE, hint="grade it without --executor")


class JobResult(NamedTuple):
    """The result of a job.

    Attributes:
        reports: one for each exercise; none where the submission could not be graded.
        problem: why not, in a sentence; "" where it was.
        ours: whether that is the grader's fault.
        staff_reports: for who teaches alone: reports that show what hidden checks ask, where one
            failed and they were asked for.
    """

    reports: tuple[Report, ...] = ()
    problem: str = ""
    ours: bool = False
    staff_reports: tuple[Report, ...] = ()


def job_of(
    request: GradeRequest,
    folder: Path,
    order: Mapping[str, int] | None = None,
    *,
    whole: bool = False,
) -> dict[str, Any]:
    """Return the job of grading what one student handed in.

    Args:
        request: exercises, walls and limits.
        folder: the submission's.
        order: a file's name → a number that is more than an older file's.
        whole: whether the files travel with the job, since it is done on another machine.
    """
    job = {**fields_of(request), "folder": str(folder), "order": dict(order or {})}
    return {**job, "files": _packed(folder)} if whole else job


def fields_of(request: GradeRequest) -> dict[str, Any]:
    """Return the part of a job that is the same for the whole course, as plain JSON."""
    return {field.key: field.packed(getattr(request, name)) for name, field in FIELDS.items()}


def request_of(job: Mapping[str, Any]) -> GradeRequest:
    """Return the request that a job was made for, as far as it travels."""
    return GradeRequest(**{name: one.unpacked(job[one.key]) for name, one in FIELDS.items()})


def plain_result(result: JobResult) -> dict[str, Any]:
    """Return the result of a job as plain JSON."""
    fields = {
        "reports": [plain(report) for report in result.reports],
        "problem": result.problem,
        "ours": result.ours,
    }
    if result.staff_reports:
        fields["staff_reports"] = [plain(report) for report in result.staff_reports]
    return fields


def job_result(fields: Mapping[str, Any]) -> JobResult:
    """Return the result that `plain_result` took apart.

    Raises:
        ValueError: it did not.
    """
    reports = tuple(report_from(one) for one in fields["reports"])
    staff = tuple(report_from(one) for one in fields.get("staff_reports", ()))
    return JobResult(reports, str(fields["problem"]), bool(fields["ours"]), staff)


def unpack(files: Mapping[str, str] | None, folder: Path) -> None:
    """Write the files that came with a job.

    Raises:
        TooLarge: the scripts alone were too much, so that none came.
    """
    if files is None:
        raise TooLarge
    for name, content in files.items():
        path = folder / PurePosixPath(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(content))


def _packed(folder: Path) -> dict[str, str] | None:
    """Return the files that travel, None where the scripts alone are too much."""
    files = {file: file.read_bytes() for file in folder.rglob("*") if _is_file(file)}
    packed, size = {}, 0
    for file in sorted(files, key=lambda one: (not _is_script(one), len(files[one]), str(one))):
        size += len(files[file])
        if size > LARGEST and _is_script(file):
            return None
        if size > LARGEST:
            break
        name = file.relative_to(folder).as_posix()
        packed[name] = base64.b64encode(files[file]).decode("ascii")
    return packed


def _is_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _is_script(path: Path) -> bool:
    return kind_of(path.name) != ""
