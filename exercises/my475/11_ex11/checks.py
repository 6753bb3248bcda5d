"""Asks for a hundred steps of gradient descent on one example."""

from grader import advisory, trains


@trains(
    points=1.5,
    start={"w": 0.0, "b": 0.0},
    examples=[(1.0, 2.0)],
    epochs=100,
    rate=0.1,
    one_number_free=True,
)
def down_the_gradient(Value, w, b, x, y):
    """The loop is right, but perhaps for one number."""
    return (x * w + b - y) ** 2


@trains(
    points=2.5,
    start={"w": 0.0, "b": 0.0},
    examples=[(1.0, 2.0)],
    epochs=100,
    rate=0.1,
    other_ways=0.5,
)
def hundred_steps(Value, w, b, x, y):
    """A hundred steps down the gradient, at a rate of 0.1."""
    return (x * w + b - y) ** 2


@advisory(
    says=(
        "w = b = 1 is right although the truth is 2x + 0: with x = 1 alone the loss is"
        " (w + b - 2)**2, which is least on a whole line, and from (0, 0) the way down leads there"
    ),
    when="agrees",
)
def line_of_minimisers(Value):
    """Asks for the gradients where w and b are 1, and elsewhere on the line."""
    w = Value(1.0)
    b = Value(1.0)
    here = (w + b - Value(2.0)) ** 2
    here.backward()
    v = Value(2.0)
    c = Value(0.0)
    there = (v + c - Value(2.0)) ** 2
    there.backward()
    return {"w.grad": w.grad, "b.grad": b.grad, "v.grad": v.grad, "c.grad": c.grad}
