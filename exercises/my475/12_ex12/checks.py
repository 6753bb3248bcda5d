"""Asks for a hundred epochs of gradient descent over two examples."""

from grader import trains


@trains(
    points=5,
    start={"w": 0.0, "b": 0.0},
    examples=[(1.0, 2.0), (3.0, 6.0)],
    epochs=100,
    rate=0.1,
)
def hundred_epochs(Value, w, b, x, y):
    """A hundred epochs over both examples, a step after each."""
    return (x * w + b - y) ** 2
