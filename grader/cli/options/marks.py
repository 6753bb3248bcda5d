"""The options of a command that gives marks to an LMS: whose marks, which points, who is who."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Option = Callable[[Callable[..., Any]], Callable[..., Any]]

exercise_option: Option = click.option(
    "--exercise", multiple=True, help="Whose marks; several are added up."
)
scale_option: Option = click.option(
    "--scale/--no-scale",
    default=None,
    help="Make them the same share of the LMS's own points, or write them as they are.",
)
roster_option: Option = click.option(
    "--roster",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV that says who is who in the LMS.",
)
write_option: Option = click.option(
    "--write", is_flag=True, help="Do it; otherwise only what would change is shown."
)
