"""The options `--time`, `--memory` and `--output`: what a submission may use."""

from collections.abc import Callable
from functools import wraps
from math import isfinite
from typing import Any

import click

from grader.sandbox.protocol.limits import MOST, Allowance


class Finite(click.FloatRange):
    """A number in a range, which neither infinity nor what is no number is."""

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return the number."""
        number = super().convert(value, param, ctx)
        if not isfinite(number):
            self.fail(f"{value} is no number of them.", param, ctx)
        return number


OPTIONS = (
    click.option(
        "--time",
        "time_s",
        type=Finite(min=0, min_open=True, max=MOST.time_s),
        metavar="SECONDS",
        help="CPU time for one question, 2 if nobody says; running the file gets 5 times that.",
    ),
    click.option(
        "--memory",
        "memory_mb",
        type=click.IntRange(1, MOST.memory_mb),
        metavar="MB",
        help="Memory beyond the interpreter's own, 2048 if nobody says.",
    ),
    click.option(
        "--output",
        "output_kb",
        type=click.IntRange(1, MOST.output_kb),
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
