"""Marks on an axis, round numbers for them, and paths, for the pictures of a training."""

from collections.abc import Iterable, Iterator
from math import ceil, floor, log10
from typing import NamedTuple, TypeAlias

XY: TypeAlias = tuple[float, float]


class Tick(NamedTuple):
    """A mark on an axis: where it stands, and what it says."""

    at: float
    text: str


def round_numbers(low: float, high: float, most: int) -> Iterator[float]:
    """Yield the multiples of 1, 2 or 5 times a power of ten from `low` to `high`."""
    rough = (high - low) / most
    power = 10.0 ** floor(log10(rough))
    stride = next(times * power for times in (1, 2, 5, 10) if times * power >= rough)
    for number in range(ceil(low / stride), floor(high / stride) + 1):
        yield number * stride


def path(spots: Iterable[XY | None]) -> str:
    """Return an SVG path through `spots`, interrupted where there is none."""
    text, pen = "", "M"
    for spot in spots:
        if spot is None:
            pen = "M"
        else:
            text += f"{pen}{spot[0]:.1f} {spot[1]:.1f}"
            pen = "L"
    return text
