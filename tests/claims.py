"""One claim about many small cases: it names all that fail, and costs no test for each."""

from collections.abc import Callable, Iterable
from typing import TypeVar

Case = TypeVar("Case")


def failures(claim: Callable[[Case], object], cases: Iterable[Case]) -> dict[Case, str]:
    """Return the cases of which a claim does not hold, each with what it raised.

    Args:
        claim: raises where it does not hold.
        cases: each tells by itself which one it is.
    """
    found: dict[Case, str] = {}
    for case in cases:
        try:
            claim(case)
        except Exception as error:  # whatever it is, the others are told of, too
            found[case] = f"{type(error).__name__}: {error}"
    return found
