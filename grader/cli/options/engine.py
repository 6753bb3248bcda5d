"""The option `--class`, which names the engine where it cannot be told."""

from collections.abc import Callable
from typing import Any

import click

class_option: Callable[[Callable[..., Any]], Callable[..., Any]] = click.option(
    "--class", "class_name", metavar="NAME", help="The class that is the engine."
)
