"""The options `--seed` and `--oracles`: what is asked, and who knows the answers."""

from collections.abc import Callable
from typing import Any

import click

seed_option: Callable[[Callable[..., Any]], Callable[..., Any]] = click.option(
    "--seed", type=int, default=12345, help="For the random graphs; the same for all."
)
OPTIONS = (
    seed_option,
    click.option(
        "--oracles",
        type=click.Choice(["recorded", "live"]),
        default="recorded",
        show_default=True,
        help="Take torch's recorded answers, or ask torch now.",
    ),
)


def oracle_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command both options."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command
