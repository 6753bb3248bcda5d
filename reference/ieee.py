"""Real arithmetic that answers as IEEE 754 says where Python raises."""

import math


def divide(above: float, below: float) -> float:
    """Return `above / below`: a signed inf over 0, nan for 0 / 0."""
    return above / below if below else above * math.copysign(math.inf, below)


def exp(exponent: float) -> float:
    """Return e to the power of `exponent`, inf where that is too large."""
    try:
        return math.exp(exponent)
    except OverflowError:
        return math.inf


def log(number: float) -> float:
    """Return the natural logarithm: -inf at 0, nan below."""
    if number > 0:
        return math.log(number)
    return -math.inf if number == 0 else math.nan


def sine(angle: float) -> float:
    """Return the sine of an angle in radians, nan where there is none."""
    return math.sin(angle) if math.isfinite(angle) else math.nan


def cosine(angle: float) -> float:
    """Return the cosine of an angle in radians, nan where there is none."""
    return math.cos(angle) if math.isfinite(angle) else math.nan


def root(number: float) -> float:
    """Return the square root, nan below 0."""
    return math.nan if number < 0 else math.sqrt(number)


def power(base: float, exponent: float) -> float:
    """Return `base` to the power of `exponent`: never complex, a signed inf where it is too large.

    Source: C17, F.10.4.4, the function pow.
    """
    try:
        return math.pow(base, exponent)
    except (OverflowError, ValueError):  # too large, a pole at 0, or not a real number
        if base < 0 and not float(exponent).is_integer():
            return math.nan
        return math.copysign(math.inf, base) if exponent % 2 == 1 else math.inf
