"""Asks for two schedules, and for a training by one of them."""

from grader import Sgd, check, trains


@check(points=1)
def stairs(in_stairs):
    """The rate stays for some steps, and then changes by a factor."""
    return {
        "at first": in_stairs(0.25, 0, 4, 0.5),
        "before the stair": in_stairs(0.25, 3, 4, 0.5),
        "after the stair": in_stairs(0.25, 4, 4, 0.5),
        "after the third": in_stairs(0.25, 13, 4, 0.5),
        "by another factor": in_stairs(0.8, 7, 3, 0.1),
    }


@check(points=1)
def cosine(along_cosine):
    """The rate falls to 0 along half a wave."""
    return {
        "at first": along_cosine(0.25, 0, 40),
        "soon": along_cosine(0.25, 3, 40),
        "in the middle": along_cosine(0.25, 20, 40),
        "late": along_cosine(0.25, 33, 40),
        "at the end": along_cosine(0.25, 40, 40),
    }


@trains(
    points=2,
    start={"w": 0.0, "b": 0.0},
    examples=[(1.0, 0.5), (2.0, 2.5), (-1.0, -3.5)],
    epochs=8,
    rate=0.1,
    rule=Sgd(schedule=lambda made: 0.5 ** (made // 6)),
)
def own_training(Value, w, b, x, y):
    """Your training goes by stairs, from a rate of 0.1."""
    return (w * x + b - y) ** 2
