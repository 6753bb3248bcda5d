"""Grades what the kernel holds, by asking a copy of it."""

import linecache
import os
from collections.abc import Mapping, Sequence
from functools import partial
from hashlib import sha256
from typing import Any

from grader.exercises import catalogue
from grader.exercises.search_path import naming_options
from grader.grading.one_submission import grade_submission
from grader.grading.request import GradeRequest, exercises_of, for_several
from grader.integrations.ipython_magic.run_checks import note_on_runs, with_runs, without_runs
from grader.reports.report import Report
from grader.sandbox.child.kernel_copy_main import LiveNotebook
from grader.sandbox.kernel_copy import KernelCopy
from grader.submissions.submission import Submission

NAME = "what the kernel holds"
LINES = 2  # of size, time, lines and name, which `linecache` holds of a source


def grade_live(
    request: GradeRequest, names: dict[str, Any], sources: Sequence[str]
) -> list[Report]:
    """Grade the variables of a kernel, and leave them as they are.

    Args:
        request: what was asked for.
        names: the variables.
        sources: of the cells that have run, from In [1] on.

    Raises:
        NoCopy: the kernel cannot be copied.
    """
    whole = [catalogue.load(entry) for entry in exercises_of(request)]
    live = LiveNotebook(names, cells_of(sources))
    exercises = [without_runs(exercise) for exercise in whole]
    partial_reports = grade_submission(
        exercises,
        _submission(sources),
        for_several(request, len(whole)),
        launch=partial(KernelCopy, live),
    )
    reports = [with_runs(*pair) for pair in zip(partial_reports, whole, strict=True)]
    command = f"%grade {request.exercise}{naming_options(request.homes)} --fresh"
    notes = tuple(filter(None, (note_on_runs(whole, command), _hidden_order(command))))
    return [report._replace(notes=report.notes + notes) for report in reports]


def cells_of(sources: Sequence[str]) -> Mapping[str, str]:
    """Return the file name in each cell's code, with what the student calls that cell.

    IPython's versions name the files differently; all hand their texts to `linecache`.
    """
    numbers = {text.strip(): number for number, text in enumerate(sources, start=1)}
    cache: dict[str, Any] = linecache.cache
    texts = {
        file: "".join(entry[LINES]).strip()
        for file, entry in tuple(cache.items())
        if len(entry) > LINES  # a source that is not read yet is no cell's
    }
    return {
        file: f"In [{numbers[text]}]" for file, text in texts.items() if text and text in numbers
    }


def _submission(sources: Sequence[str]) -> Submission:
    digest = sha256("\n".join(sources).encode("utf-8", "replace")).hexdigest()
    return Submission(NAME, os.getcwd(), "notebook", digest, cells=tuple(sources))


def _hidden_order(command: str) -> str:
    return (
        "cells that ran out of order, or are changed by now, are not seen here: "
        f"{command} runs the saved notebook from top to bottom"
    )
