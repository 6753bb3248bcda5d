"""The option `--exercises DIR`, which every command that names exercises takes."""

from collections.abc import Callable
from typing import Any

import click

from grader.exercises.search_path import Folders, named_folders, search_path

Option = Callable[[Callable[..., Any]], Callable[..., Any]]


def _with_configured(
    _context: click.Context, _option: click.Parameter, paths: tuple[str, ...]
) -> Folders:
    return search_path(paths)


def _named_alone(
    _context: click.Context, _option: click.Parameter, paths: tuple[str, ...]
) -> Folders:
    return named_folders(paths)


def _option(folders: Callable[..., Folders]) -> Option:
    return click.option(
        "--exercises",
        "homes",
        metavar="DIR",
        multiple=True,
        callback=folders,
        help="A folder with more exercises, as DIR/TRACK/01_NAME; several may be named.",
    )


exercises_option: Option = _option(_with_configured)
exercises_alone_option: Option = _option(_named_alone)
"""For a command that runs in a stranger's folder, and obeys no pyproject.toml there."""
