"""Asks for a training on two moons, and for the moons of points that lie on them."""

from grader import check, descends


@descends(points=2, parameters=13, steps=20)
def own_training():
    """Your own network learns the points by gradient descent."""


@check(points=1)
def outer_moon(predict):
    """Six points of the outer moon are seen on it."""
    return {
        "right": predict(10, 2),
        "higher": predict(8, 6),
        "higher still": predict(4, 9),
        "at the top": predict(-1, 10),
        "left of it": predict(-7, 8),
        "left": predict(-10, 2),
    }


@check(points=1)
def inner_moon(predict):
    """Six points of the inner moon are seen on it."""
    return {
        "right": predict(3, 0),
        "higher": predict(2, 2),
        "at the top": predict(1, 3),
        "left of it": predict(0, 3),
        "lower": predict(-2, 2),
        "left": predict(-3, 1),
    }
