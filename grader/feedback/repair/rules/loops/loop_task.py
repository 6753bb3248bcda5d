"""A training loop's task: what it was asked to do."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class LoopTask(NamedTuple):
    """What a training loop was asked to do.

    Attributes:
        parameters: their names on the sheet.
        rate: the learning rate, None where any will do.
        epochs: how many, or how many steps.
        constants: those of the rule that steps are made by, "momentum" say.
        limits: the numbers that gradients are clipped by.
    """

    parameters: Sequence[str]
    rate: float | None
    epochs: int
    constants: Mapping[str, float] = {}
    limits: Sequence[float] = ()
