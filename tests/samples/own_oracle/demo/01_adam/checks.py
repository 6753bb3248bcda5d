"""Asks for Adam, step by step."""

from grader import check


@check(points=1)
def keeps_its_rate(Value, Adam):
    """Adam keeps its rate, and begins without a step."""
    w = Value(1.5)
    adam = Adam([w], lr=0.05)
    return {"adam.lr": adam.lr, "w.data": w.data}


@check(points=3)
def three_steps(Value, Adam):
    """Three steps move both parameters by Adam's rule."""
    w, b = Value(1.5), Value(-0.7)
    x = Value(2.0)
    adam = Adam([w, b], lr=0.1, betas=(0.8, 0.99))
    seen = {}
    for step in range(1, 4):
        adam.zero_grad()
        y = w * x + b
        loss = y * y
        loss.backward()
        adam.step()
        seen[f"w.data after step {step}"] = w.data
        seen[f"b.data after step {step}"] = b.data
    return seen
