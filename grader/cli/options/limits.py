"""The options `--time`, `--memory` and `--output`: what a submission may use."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from grader.sandbox.protocol.limits import Allowance

AtLeast1 = click.IntRange(min=1)
OPTIONS = (
    click.option(
        "--time",
        "time_s",
        type=click.FloatRange(min=0, min_open=True),
        metavar="SECONDS",
        help="CPU time for one question, 2 if nobody says; running the file gets 5 times that.",
    ),
    click.option(
        "--memory",
        "memory_mb",
        type=AtLeast1,
        metavar="MB",
        help="Memory beyond the interpreter's own, 2048 if nobody says.",
    ),
    click.option(
        "--output",
        "output_kb",
        type=AtLeast1,
        metavar="KB",
        help="How much it may print, 1024 if nobody says.",
    ),
)


def limiting_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the three options; it gets them as `allowed`, an Allowance."""

    @wraps(command)
    def wrapped(*args: Any, **options: Any) -> Any:
        allowed = Allowance(*(options.pop(name) for name in Allowance._fields))
        return command(*args, **options, allowed=allowed)

    for option in reversed(OPTIONS):
        wrapped = option(wrapped)
    return wrapped
