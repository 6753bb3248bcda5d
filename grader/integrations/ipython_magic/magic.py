"""What `%grade` does with its line: grades live or afresh, and renders the reports."""

import os
from pathlib import Path
from typing import Any

from grader.exercises import catalogue
from grader.exercises.search_path import homes
from grader.grading.request import Choice, entries
from grader.integrations.ipython_magic.arguments import Words, understood
from grader.integrations.ipython_magic.display import Shown
from grader.integrations.ipython_magic.live_kernel import grade_live
from grader.integrations.ipython_magic.saved_notebook import grade_fresh, saved_notebook
from grader.reports.page import html
from grader.reports.report import Report, track_report
from grader.reports.text import terminal
from grader.sandbox.kernel_copy import NoCopy


def grade(shell: Any, line: str) -> Shown:
    """Grade as a line says, and return what to show.

    Args:
        shell: the `InteractiveShell` that has run the cells.
        line: what stands behind `%grade`.

    Raises:
        GraderError: it cannot be done as asked.
    """
    words = understood(line)
    choice = Choice(
        words.exercise,
        words.path,
        class_name=words.class_name,
        seed=words.seed,
        homes=homes(words.exercises),
    )
    reports = _fresh(shell, choice) if words.fresh else _live(shell, choice)
    return _shown(reports, choice, words)


def _live(shell: Any, choice: Choice) -> list[Report]:
    try:
        return grade_live(choice, shell.user_ns, _sources(shell))
    except NoCopy as error:
        note = f"{error.message}; so the saved notebook was graded"
        reports = _fresh(shell, choice)
        return [report._replace(notes=(*report.notes, note)) for report in reports]


def _sources(shell: Any) -> list[str]:
    """Return the cells that have run, from In [1] to the one that runs."""
    held: list[str] = shell.history_manager.input_hist_parsed[1:]
    forgotten = shell.execution_count - len(held)  # %reset forgets cells, and counts on
    return [""] * forgotten + held


def _fresh(shell: Any, choice: Choice) -> list[Report]:
    if choice.path is None:
        path = saved_notebook(choice.exercise, shell.user_ns, os.environ, Path.cwd())
        choice = choice._replace(path=path)
    return grade_fresh(choice)


def _shown(reports: list[Report], choice: Choice, words: Words) -> Shown:
    style = terminal.Style(hints=words.hints, inside=True)
    first = entries(choice)[0]
    if choice.exercise == first.track:
        report = track_report(choice.exercise, reports)
        return Shown(terminal.render_track(report, style), html.fragment(report))
    following = catalogue.following(first, choice.homes)
    next_name = following.name if following else None
    return Shown(terminal.render(reports[0], style, next_name), html.fragment(reports[0]))
