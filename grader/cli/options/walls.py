"""The option `--walls`: what is put around a submission."""

from collections.abc import Callable
from typing import Any

import click

Option = Callable[[Callable[..., Any]], Callable[..., Any]]


def walls_option(about: str, **settings: Any) -> Option:
    """Return the option, with what a command's help says about it."""
    tiers = click.Choice(["full", "container", "limits"])
    return click.option("--walls", type=tiers, help=about, **settings)
