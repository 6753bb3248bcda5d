"""Completes an exercise's name in a shell."""

from collections.abc import Callable
from typing import Any

import click
from click.shell_completion import CompletionItem

from grader.errors import GraderError
from grader.exercises import catalogue
from grader.exercises.search_path import search_path


def exercises(
    context: click.Context, _: click.Parameter | None, incomplete: str
) -> list[CompletionItem]:
    """Return the exercises and tracks that begin as a word does, short names first."""
    folders = context.params.get("homes")
    try:
        entries = catalogue.entries(folders or search_path(()))
    except GraderError:  # completing says nothing: the command itself will
        return []
    short = [entry.name for entry in entries]
    names = [name for name in short if short.count(name) == 1]
    names += [*dict.fromkeys(entry.track for entry in entries), *(entry.path for entry in entries)]
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def exercise_argument(
    name: str = "exercise", **settings: Any
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the argument that names an exercise, or with `nargs` several."""
    return click.argument(name, shell_complete=exercises, **settings)
