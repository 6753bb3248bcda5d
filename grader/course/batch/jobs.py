"""A job is plain JSON: what to grade a submission against, and where its files are.

Whatever works on one, a process of our own pool or a machine elsewhere, needs nothing but this
package and the exercises. The reports come back as plain JSON, too.
"""

import base64
import os
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any, NamedTuple

from grader.errors import GraderAtFault, GraderError, NothingToGrade
from grader.exercises.search_path import Folders
from grader.grading.request import GradeRequest
from grader.grading.session import GradingSession
from grader.reports.report import Report
from grader.reports.report_json import plain, report_from
from grader.sandbox.protocol.limits import Allowance
from grader.sandbox.zygote_pool import ZygoteDied
from grader.submissions.submission import NoSubmission, SeveralSubmissions, Submission, find

NO_SUBMISSION = "no script and no notebook was handed in"
LARGEST = 5 << 20
TOO_LARGE = f"its scripts are more than the {LARGEST >> 20} MB that travel to another machine"
_ONE_AT_A_TIME = Lock()  # whatever does jobs may have threads
_HELD: dict[GradeRequest, GradingSession] = {}  # of this process: one, as long as the same is asked


class UnfitSubmission(Exception):
    """What a student handed in leaves nothing to choose, or too much; the text says it to them."""


class TooLarge(GraderAtFault):
    """What would have to travel is more than does; where nothing travels, it can be graded."""

    def __init__(self) -> None:
        super().__init__(TOO_LARGE, hint="grade it without --executor")


class JobResult(NamedTuple):
    """What working on a job gave.

    Attributes:
        reports: one for each exercise; none where the submission could not be graded.
        problem: why not, in a sentence; "" where it was.
        ours: whether that is the grader's fault.
    """

    reports: tuple[Report, ...] = ()
    problem: str = ""
    ours: bool = False


def job_of(
    choice: GradeRequest,
    folder: Path,
    order: Mapping[str, int] | None = None,
    *,
    whole: bool = False,
) -> dict[str, Any]:
    """Return the job of grading what one student handed in.

    Args:
        choice: exercises, walls and limits.
        folder: the submission's.
        order: a file's name → a number that is more than an older file's.
        whole: whether the files travel with the job, since it is done on another machine.
    """
    job: dict[str, Any] = {
        "exercise": choice.exercise,
        "walls": choice.walls,
        "allowed": list(choice.allowed),
        "seed": choice.seed,
        "oracles": choice.oracles,
        "homes": [str(home) for home in choice.homes],
        "class": choice.class_name,
        "folder": str(folder),
        "order": dict(order or {}),
    }
    if not whole:
        return job
    return {**job, "files": _packed(folder)}


def work(job: Mapping[str, Any]) -> dict[str, Any]:
    """Do a job, and return the outcome as plain JSON; nothing that a submission does is raised."""
    try:
        with _ONE_AT_A_TIME:
            outcome = JobResult(tuple(_graded(job)))
    except UnfitSubmission as error:
        outcome = JobResult(problem=str(error))
    except NothingToGrade as error:
        outcome = JobResult(problem=_told(error))
    except GraderError as error:
        outcome = JobResult(problem=_told(error), ours=True)
    except Exception as error:  # one submission never stops another
        says = f"the grader failed: {type(error).__name__}: {error}"
        outcome = JobResult(problem=says, ours=True)
    reports = [plain(report) for report in outcome.reports]
    return {"reports": reports, "problem": outcome.problem, "ours": outcome.ours}


def job_result(held: Mapping[str, Any]) -> JobResult:
    """Return the outcome that `work` gave.

    Raises:
        ValueError: it did not.
    """
    reports = tuple(report_from(one) for one in held["reports"])
    return JobResult(reports, str(held["problem"]), bool(held["ours"]))


def release() -> None:
    """End what this process holds for its next job."""
    while _HELD:
        _HELD.popitem()[1].close()


def _graded(job: Mapping[str, Any]) -> list[Report]:
    choice = _choice(job)
    if "files" not in job:
        return _examined(choice, Path(job["folder"]), job["order"])
    if job["files"] is None:
        raise TooLarge
    with TemporaryDirectory(prefix="grade-") as folder:
        _unpack(job["files"], Path(folder))
        return _examined(choice, Path(folder), job["order"])


def _found(folder: Path, choice: GradeRequest, order: Mapping[str, int]) -> tuple[Submission, str]:
    """Return the submission in a folder, and which of several it is; "" where there is one.

    Raises:
        Unfit: there is none, or more than one file could be it and none is the newest; the folder's
            name is not told.
    """
    try:
        return find(str(folder), choice.exercise), ""
    except NoSubmission as error:
        inner = _only_folder(folder)
        if inner is None:
            raise UnfitSubmission(NO_SUBMISSION) from error
        below = inner.relative_to(folder).as_posix() + "/"
        return _found(inner, choice, {name.removeprefix(below): at for name, at in order.items()})
    except SeveralSubmissions as error:
        says = error.message.replace(os.path.join(folder, ""), "").replace(" here ", " ")
        newest = _newest([Path(name).name for name in error.names], order)
        if newest is None:
            raise UnfitSubmission(says) from error
        chosen = find(str(folder / newest), choice.exercise)
        return chosen._replace(whole=True), f"{says}; {chosen.shown} is the newest, and counts"


def _newest(names: Iterable[str], order: Mapping[str, int]) -> str | None:
    """Return the file that is newer than all others, if one is."""
    by_age = sorted((order.get(name, 0), name) for name in names)
    (before, _), (latest, name) = by_age[-2:]
    return name if latest > before else None


def _only_folder(folder: Path) -> Path | None:
    """Return the only folder further down that holds a script or a notebook."""
    files = (file for ending in ("*.py", "*.ipynb") for file in folder.rglob(ending))
    holding = {file.parent for file in files} - {folder}
    return holding.pop() if len(holding) == 1 else None


def _examined(choice: GradeRequest, folder: Path, order: Mapping[str, int]) -> list[Report]:
    """Grade; the time that it took is left out, since it is another one each time."""
    submission, chosen = _found(folder, choice, order)
    notes = (chosen,) if chosen else ()
    try:
        reports = _examiner(choice).grade(submission)
    except ZygoteDied:
        release()  # the next submission begins with a new one
        raise
    return [report._replace(duration_s=0.0, notes=(*report.notes, *notes)) for report in reports]


def _examiner(choice: GradeRequest) -> GradingSession:
    if choice not in _HELD:
        release()
        _HELD[choice] = GradingSession(choice)
    return _HELD[choice]


def _choice(job: Mapping[str, Any]) -> GradeRequest:
    homes: Folders = tuple(map(Path, job["homes"]))
    return GradeRequest(
        job["exercise"],
        class_name=job["class"],
        oracles=job["oracles"],
        allowed=Allowance(*job["allowed"]),
        walls=job["walls"],
        seed=job["seed"],
        homes=homes,
    )


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
    return path.suffix in (".py", ".ipynb")


def _unpack(files: Mapping[str, str], folder: Path) -> None:
    for name, content in files.items():
        path = folder / PurePosixPath(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(content))


def _told(error: GraderError) -> str:
    return f"{error.message} ({error.hint})" if error.hint else error.message
