"""Asks for an optimizer with momentum, and for a training with it."""

from grader import Momentum, check, trains


def steps(w, b, optimizer, count):
    """Make steps on one bent surface, and return what both numbers go through."""
    seen = {}
    for step in range(1, count + 1):
        optimizer.zero_grad()
        loss = (w * 2.0 + b - 1.0) ** 2 + b * b
        loss.backward()
        optimizer.step()
        seen[f"w.data after step {step}"] = w.data
        seen[f"b.data after step {step}"] = b.data
    return seen


@check(points=0.5)
def gradients_are_zeroed(Value, SGD):
    """zero_grad sets every gradient to 0."""
    w, b = Value(1.5), Value(-0.7)
    loss = w * b
    loss.backward()
    optimizer = SGD([w, b], lr=0.1)
    optimizer.zero_grad()
    return {"w.grad": w.grad, "b.grad": b.grad}


@check(points=1)
def plain_steps(Value, SGD):
    """Without momentum each step is lr times the gradient."""
    w, b = Value(1.5), Value(-0.7)
    loss = w * b + w * 3
    loss.backward()
    optimizer = SGD([w, b], lr=0.1)
    optimizer.step()
    return {"w.data": w.data, "b.data": b.data}


@check(points=1.5, after=(plain_steps, gradients_are_zeroed))
def steps_with_momentum(Value, SGD):
    """With momentum each number keeps a velocity of its own."""
    w, b = Value(1.5), Value(-0.7)
    optimizer = SGD([w, b], lr=0.05, momentum=0.8)
    return steps(w, b, optimizer, 4)


@trains(
    points=2,
    start={"w": 0.0, "b": 0.0},
    examples=[(1.0, 0.5), (2.0, 2.5), (-1.0, -3.5)],
    epochs=10,
    rate=0.02,
    rule=Momentum(0.9),
)
def own_training(Value, w, b, x, y):
    """Your training makes ten epochs with a momentum of 0.9."""
    return (w * x + b - y) ** 2
