"""The option `--exercises DIR`, which every command that names exercises takes."""

from collections.abc import Callable
from typing import Any

import click

from grader.exercises.search_path import Homes, homes, homes_named

Option = Callable[[Callable[..., Any]], Callable[..., Any]]


def _found(_context: click.Context, _option: click.Parameter, named: tuple[str, ...]) -> Homes:
    return homes(named)


def _found_by_name(
    _context: click.Context, _option: click.Parameter, named: tuple[str, ...]
) -> Homes:
    return homes_named(named)


def _option(found: Callable[..., Homes]) -> Option:
    return click.option(
        "--exercises",
        "homes",
        metavar="DIR",
        multiple=True,
        callback=found,
        help="A folder with more exercises, as DIR/TRACK/01_NAME; several may be named.",
    )


exercises_option: Option = _option(_found)
exercises_alone_option: Option = _option(_found_by_name)
"""For a command that runs in a stranger's folder, and obeys no pyproject.toml there."""
