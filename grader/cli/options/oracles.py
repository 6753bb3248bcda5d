"""The options `--seed` and `--oracles`: what is asked, and who knows the answers."""

from collections.abc import Callable
from typing import Any, TypeAlias

import click

from grader.exercises.exercise_programs import DEFAULT_SEED

Option: TypeAlias = Callable[[Callable[..., Any]], Callable[..., Any]]

seed_option: Option = click.option(
    "--seed", type=int, default=DEFAULT_SEED, help="For the random graphs; the same for all."
)
fresh_seed_option: Option = click.option(
    "--seed", type=int, help="For other numbers and random graphs [a fresh one]."
)
oracles_option: Option = click.option(
    "--oracles",
    type=click.Choice(["recorded", "live"]),
    default="recorded",
    show_default=True,
    help="Take torch's recorded answers, or ask torch now.",
)
