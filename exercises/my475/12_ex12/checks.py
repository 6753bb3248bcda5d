"""Asks for a hundred epochs of gradient descent over two examples."""

from grader import trains


@trains(
    points=2,
    start={"w": 0.0, "b": 0.0},
    examples=[(1.0, 2.0), (3.0, 6.0)],
    epochs=100,
    rate=0.1,
    one_number_free=True,
)
def down_the_gradient(Value, w, b, x, y):
    """The loop is right, but perhaps for one number."""
    return (x * w + b - y) ** 2


@trains(
    points=3,
    start={"w": 0.0, "b": 0.0},
    examples=[(1.0, 2.0), (3.0, 6.0)],
    epochs=100,
    rate=0.1,
)
def hundred_epochs(Value, w, b, x, y):
    """A hundred epochs over both examples, a step after each."""
    return (x * w + b - y) ** 2
