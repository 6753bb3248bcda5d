"""Asks for a training on two moons, and for the moons of points that it has not seen."""

from grader import check, descends


@descends(points=2, parameters=13, steps=20)
def own_training():
    """Your own network learns the points by gradient descent."""


@check(points=1)
def upper_moon(predict):
    """Six points of the upper moon are seen on it."""
    return {
        "left": predict(-9, 3),
        "higher": predict(-7, 7),
        "higher still": predict(-4, 9),
        "at the top": predict(0, 10),
        "right of it": predict(5, 9),
        "right": predict(8, 5),
    }


@check(points=1)
def lower_moon(predict):
    """Six points of the lower moon are seen on it."""
    return {
        "left": predict(1, -1),
        "lower": predict(3, -4),
        "at the bottom": predict(8, -6),
        "right of it": predict(13, -5),
        "higher": predict(17, -3),
        "right": predict(19, 2),
    }
