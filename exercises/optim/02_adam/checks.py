"""Asks for Adam, step by step, and for a training with it."""

from grader import Adam as AdamRule
from grader import check, trains


@check(points=0.5)
def gradients_are_zeroed(Value, Adam):
    """zero_grad sets every gradient to 0."""
    w, b = Value(1.5), Value(-0.7)
    loss = w * b
    loss.backward()
    optimizer = Adam([w, b])
    optimizer.zero_grad()
    return {"w.grad": w.grad, "b.grad": b.grad}


@check(points=1)
def first_step(Value, Adam):
    """The first step is lr, down each slope, steep or flat."""
    w, b, c = Value(1.5), Value(-0.7), Value(2.0)
    loss = w * 30.0 + b * 0.25 - c * 4.0
    loss.backward()
    optimizer = Adam([w, b, c], lr=0.05)
    optimizer.step()
    return {"w.data": w.data, "b.data": b.data, "c.data": c.data}


@check(points=1, after=(first_step, gradients_are_zeroed))
def four_steps(Value, Adam):
    """Four steps go by both moments of each number."""
    w, b = Value(1.5), Value(-0.7)
    optimizer = Adam([w, b], lr=0.1, betas=(0.8, 0.95))
    seen = {}
    for step in range(1, 5):
        optimizer.zero_grad()
        loss = (w * 2.0 + b - 1.0) ** 2 + b * b
        loss.backward()
        optimizer.step()
        seen[f"w.data after step {step}"] = w.data
        seen[f"b.data after step {step}"] = b.data
    return seen


@check(points=0.5, after=first_step)
def eps_outside_the_root(Value, Adam):
    """eps is added to the root."""
    w, b = Value(1.5), Value(-0.7)
    loss = w * 0.5 + b * 2.0
    loss.backward()
    optimizer = Adam([w, b], lr=0.1, eps=0.5)
    optimizer.step()
    return {"w.data": w.data, "b.data": b.data}


@trains(
    points=2,
    start={"w": 0.0, "b": 0.0},
    examples=[(1.0, 0.5), (2.0, 2.5), (-1.0, -3.5)],
    epochs=12,
    rate=0.1,
    rule=AdamRule(0.9, 0.999),
)
def own_training(Value, w, b, x, y):
    """Your training makes twelve epochs with Adam."""
    return (w * x + b - y) ** 2
