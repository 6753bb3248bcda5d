"""Grades the notebook as it was saved, from top to bottom in a process of its own."""

import os
from collections.abc import Mapping
from pathlib import Path
from time import localtime, strftime
from typing import Any

from grader.errors import NothingToGrade
from grader.exercises import catalogue
from grader.grading.one_submission import grade_submission
from grader.grading.request import GradeRequest, exercises_of
from grader.grading.submission_choice import submission_of
from grader.reports.report import Report

ENDING = ".ipynb"


class NoNotebook(NothingToGrade):
    """Nothing tells where the running notebook lies."""

    def __init__(self, exercise: str) -> None:
        super().__init__(
            "cannot tell where this notebook is saved",
            hint=f"name the file: %grade {exercise} --fresh value.ipynb",
        )


def grade_fresh(request: GradeRequest) -> list[Report]:
    """Grade the file at the path of the request, and note when it was saved."""
    assert request.path is not None
    submission = submission_of(request)
    exercises = map(catalogue.load, exercises_of(request))
    saved = strftime("%H:%M:%S", localtime(os.path.getmtime(submission.path)))
    note = f"{submission.shown} was graded as it was saved at {saved}"
    reports = grade_submission(exercises, submission, request)
    return [report._replace(notes=(*report.notes, note)) for report in reports]


def saved_notebook(
    exercise: str, names: Mapping[str, Any], environment: Mapping[str, str], folder: Path
) -> str:
    """Return the path of the notebook whose kernel this is.

    VS Code and Jupyter's server tell the kernel. Where nobody does, the notebook that was saved
    last in the kernel's folder is meant.

    Args:
        exercise: for the hint.
        names: the kernel's variables.
        environment: the kernel's environment.
        folder: the kernel's.

    Raises:
        NoNotebook: there is none.
    """
    paths = (names.get("__vsc_ipynb_file__"), environment.get("JPY_SESSION_NAME"))
    for path in paths:
        if isinstance(path, str) and ENDING in path:
            whole = path.partition(ENDING)[0] + ENDING  # JupyterLab may append a session's id
            for candidate in (folder / whole, folder / Path(whole).name):
                if candidate.is_file():
                    return str(candidate)
    beside = [path for path in folder.glob(f"*{ENDING}") if path.is_file()]
    if not beside:
        raise NoNotebook(exercise)
    return str(max(beside, key=lambda path: path.stat().st_mtime))
