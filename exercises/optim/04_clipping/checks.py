"""Asks for two ways to cut gradients, and for a training with one of them."""

from grader import Sgd, check, trains


def three(Value):
    """Return three numbers with gradients: 6.25, -8.5 and 1.75."""
    a, b, c = Value(1.5), Value(-0.5), Value(2.0)
    loss = a * 6.25 - b * 8.5 + c * 1.75
    loss.backward()
    return a, b, c


@check(points=1)
def sizes(Value, clip_size):
    """Each gradient is cut to its size, and the others stay."""
    a, b, c = three(Value)
    clip_size([a, b, c], 3.5)
    return {"a.grad": a.grad, "b.grad": b.grad, "c.grad": c.grad}


@check(points=1)
def lengths(Value, clip_length):
    """A long gradient keeps its direction, and gets the length."""
    a, b, c = three(Value)
    clip_length([a, b, c], 5.0)
    return {"a.grad": a.grad, "b.grad": b.grad, "c.grad": c.grad}


@check(points=0.5, after=lengths)
def short_ones(Value, clip_length):
    """A gradient that is short enough stays as it is."""
    a, b, c = three(Value)
    clip_length([a, b, c], 12.0)
    return {"a.grad": a.grad, "b.grad": b.grad, "c.grad": c.grad}


@check(points=0.5)
def returned_length(Value, clip_length):
    """clip_length returns the length before it cuts."""
    a, b, c = three(Value)
    return {"of three": clip_length([a, b, c], 5.0), "of one": clip_length([b], 50.0)}


@trains(
    points=2,
    start={"w": 0.0, "b": 0.0},
    examples=[(1.0, 0.5), (2.0, 2.5), (-1.0, -3.5)],
    epochs=15,
    rate=0.1,
    rule=Sgd(clip_norm=2.0),
)
def own_training(Value, w, b, x, y):
    """Your training steps by gradients no longer than 2."""
    return (w * x + b - y) ** 2
