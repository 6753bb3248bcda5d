"""A function that an author may define, rightly and with a wrong slope."""

from typing import Any

from grader import Value


def cube(x: Any) -> Any:
    return x * x * x


def wrong_cube(x: Any) -> Any:
    """Return the cube of a number, with the slope of its square."""
    node = Value(x.data**3, (x,))
    node._rule = lambda grad: (2 * x.data * grad,)
    return node
