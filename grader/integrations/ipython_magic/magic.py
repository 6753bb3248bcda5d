"""Does what the line of `%grade` says: grades live or afresh, and renders the reports."""

import os
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from grader.engines.text import visible
from grader.exercises import catalogue
from grader.exercises.search_path import naming_options, search_path
from grader.grading.request import (
    REPAIR_STEPS,
    REPAIR_STEPS_WITH_HINTS,
    GradeRequest,
    exercises_of,
)
from grader.integrations.ipython_magic.arguments import MagicArguments, parse
from grader.integrations.ipython_magic.display import ReportDisplay
from grader.integrations.ipython_magic.live_kernel import grade_live
from grader.integrations.ipython_magic.saved_notebook import grade_fresh, saved_notebook
from grader.reports.next_command import NextCommand
from grader.reports.page import html
from grader.reports.report import Report, track_report
from grader.reports.text import terminal
from grader.sandbox.kernel_copy import NoCopy

RUNS_CELLS = "run_cell_async"  # of IPython's shell


def grade(shell: Any, line: str) -> ReportDisplay:
    """Grade as a line says, and return what to show.

    Args:
        shell: the `InteractiveShell` that has run the cells.
        line: what stands behind `%grade`.

    Raises:
        GraderError: it cannot be done as asked.
    """
    words = parse(line)
    request = GradeRequest(
        words.exercise,
        words.path,
        class_name=words.class_name,
        seed=words.seed,
        homes=search_path(words.exercises),
        repair_steps=REPAIR_STEPS_WITH_HINTS if words.hints else REPAIR_STEPS,
    )
    reports = _fresh(shell, request) if words.fresh else _live(shell, request)
    return _display(reports, request, words)


def _live(shell: Any, request: GradeRequest) -> list[Report]:
    try:
        return grade_live(request, shell.user_ns, _sources(shell))
    except NoCopy as error:
        note = f"{error.message}; so the saved notebook was graded"
        reports = _fresh(shell, request)
        return [report._replace(notes=(*report.notes, note)) for report in reports]


def _sources(shell: Any) -> list[str]:
    """Return the cells that have run, from In [1] to the one that runs."""
    cells: list[str] = shell.history_manager.input_hist_parsed[1:]
    forgotten = _prompt_number(shell) - len(cells)  # %reset forgets cells, and counts on
    return [""] * forgotten + cells


def _prompt_number(shell: Any) -> int:
    """Return the number on the screen of the cell that runs.

    IPython's older versions count a cell when it has run, the newer ones when it begins.
    """
    frame: FrameType | None = sys._getframe()
    while frame is not None:
        if frame.f_code.co_name == RUNS_CELLS:
            number = getattr(frame.f_locals.get("result"), "execution_count", None)
            if number is not None:
                return int(number)
        frame = frame.f_back
    return int(shell.execution_count)


def _fresh(shell: Any, request: GradeRequest) -> list[Report]:
    if request.path is None:
        path = saved_notebook(request.exercise, shell.user_ns, os.environ, Path.cwd())
        request = request._replace(path=path)
    return grade_fresh(request)


def _display(reports: list[Report], request: GradeRequest, words: MagicArguments) -> ReportDisplay:
    style = terminal.Style(hints=words.hints, inside=True)
    first = exercises_of(request)[0]
    path = visible(words.path) if words.path else ""
    command = NextCommand(path=path, options=naming_options(request.homes))
    if request.exercise == first.track:
        report = track_report(request.exercise, reports)
        text = terminal.render_track(report, style, command)
        return ReportDisplay(text, html.fragment(report))
    following = catalogue.next_entry(first, request.homes)
    command = command._replace(exercise=following.name if following else None)
    return ReportDisplay(terminal.render(reports[0], style, command), html.fragment(reports[0]))
