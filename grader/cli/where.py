"""The option `--exercises DIR`, which every command that names exercises takes."""

from collections.abc import Callable
from typing import Any

import click

from grader.homes import Homes, homes


def _found(_context: click.Context, _option: click.Parameter, named: tuple[str, ...]) -> Homes:
    return homes(named)


exercises_option: Callable[[Callable[..., Any]], Callable[..., Any]] = click.option(
    "--exercises",
    "homes",
    metavar="DIR",
    multiple=True,
    callback=_found,
    help="A folder with more exercises, as DIR/TRACK/01_NAME; several may be named.",
)
