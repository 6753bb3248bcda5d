"""Asks for a relu: its values, its gradients, and what training makes of it."""

from grader import check, trains


@check(points=1)
def relu_values(Value):
    """relu lets positive numbers pass, and nothing else."""
    up = Value(1.7).relu()
    down = Value(-1.7).relu()
    long = Value(0.123457).relu()
    two = Value(2).relu()
    zero = Value(0.0).relu()
    return {
        "up.data": up.data,
        "down.data": down.data,
        "long.data": long.data,
        "two.data": two.data,
        "zero.data": zero.data,
    }


@check(points=1, after=relu_values)
def relu_gradients(Value):
    """The slope is 1 on the right of 0, and 0 on its left."""
    a = Value(1.7)
    up = a.relu()
    up.backward()
    b = Value(-1.7)
    down = b.relu()
    down.backward()
    c = Value(0.123457)
    scaled = c.relu() * Value(2.5)
    scaled.backward()
    return {"a.grad": a.grad, "b.grad": b.grad, "c.grad": c.grad}


@check(points=1, after=relu_gradients, random=16)
def inside_expressions(Value):
    """Gradients reach through a relu."""
    a = Value(1.5)
    f = Value(3.0) * a.relu()
    f.backward()
    seen = {"f.data": f.data, "a.grad": a.grad}
    x = Value(2.0)
    g = x * Value(2.5) + x.relu()
    g.backward()
    seen["x.grad"] = x.grad
    u = Value(0.5)
    h = u.relu() * Value(-3.0) + u * Value(2.5)
    h.backward()
    seen["u.grad"] = u.grad
    v = Value(-1.25)
    w = Value(0.75)
    k = (v * w).relu() + (v * v + w).relu() * Value(-2.0)
    k.backward()
    return seen | {"v.grad": v.grad, "w.grad": w.grad}


def train(Value, start, examples, epochs):
    """Train a neuron with a relu by gradient descent, and return its parameters."""
    w, b = (Value(number) for number in start)
    for _ in range(epochs):
        for example in examples:
            x, y = (Value(number) for number in example)
            loss = ((x * w + b).relu() - y) ** 2
            loss.backward()
            for parameter in (w, b):
                parameter.data = parameter.data - 0.1 * parameter.grad
                parameter.grad = 0.0
    return w, b


@check(points=1, after=inside_expressions)
def learns(Value):
    """Our training reaches the right numbers with your relu."""
    w, b = train(Value, (0.5, 0.1), [(1.0, 2.0)], 100)
    seen = {"w.data": w.data, "b.data": b.data}
    v, c = train(Value, (0.5, 0.1), [(1.0, 2.0), (3.0, 6.0)], 100)
    return seen | {"v.data": v.data, "c.data": c.data}


@check(points=0.5, after=relu_gradients)
def dead_neuron(Value):
    """Where both sums are negative, nothing moves."""
    w, b = train(Value, (-0.5, -0.1), [(1.0, 2.0), (3.0, 6.0)], 3)
    return {"w.data": w.data, "b.data": b.data}


@trains(
    points=1.5,
    start={"w": 0.5, "b": 0.1},
    examples=[(1.0, 2.0), (3.0, 6.0)],
    epochs=100,
    rate=0.1,
    uses=["relu", "abs", "max"],
    kink=True,
)
def own_training(Value, w, b, x, y):
    """Your own training, with a relu around each prediction."""
    return ((x * w + b).relu() - y) ** 2
