"""Asks for a hundred steps of gradient descent on one example."""

from grader import trains


@trains(
    points=4,
    start={"w": 0.0, "b": 0.0},
    examples=[(1.0, 2.0)],
    epochs=100,
    rate=0.1,
    other_ways=0.5,
)
def hundred_steps(Value, w, b, x, y):
    """A hundred steps down the gradient, at a rate of 0.1."""
    return (x * w + b - y) ** 2
