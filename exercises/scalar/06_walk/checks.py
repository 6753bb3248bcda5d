"""Asks `backward()` for gradients in graphs in which every node is used once."""

from grader import check


@check(points=0.5)
def result_gets_one(Scalar):
    """The gradient of the last node is 1."""
    a = Scalar(2.0)
    b = Scalar(-3.5)
    c = a * b
    c.backward()
    return {"c.grad": c.grad, "a.grad": a.grad, "b.grad": b.grad}


@check(points=1, after=result_gets_one)
def gradients_of_a_neuron(Scalar):
    """One call gives a neuron all of its gradients."""
    x1 = Scalar(2.0)
    x2 = Scalar(0.0)
    w1 = Scalar(-3.0)
    w2 = Scalar(1.0)
    b = Scalar(6.8813735870195432)
    n = x1 * w1 + x2 * w2 + b
    o = n.tanh()
    o.backward()
    return {
        "b.grad": b.grad,
        "x1.grad": x1.grad,
        "w1.grad": w1.grad,
        "x2.grad": x2.grad,
        "w2.grad": w2.grad,
    }


@check(points=0.5, after=result_gets_one)
def deep_on_either_side(Scalar):
    """Graphs that are deep on the left or right are walked."""
    a = Scalar(1.234567)
    left = ((a * Scalar(2.0) + Scalar(-1)) * Scalar(0.5)).tanh() * Scalar(-3.0)
    left.backward()
    seen = {"a.grad": a.grad}
    b = Scalar(-0.5)
    right = Scalar(3.0) * (Scalar(1.5) + Scalar(-2) * (Scalar(0.25) * b))
    right.backward()
    seen["b.grad"] = b.grad
    p = Scalar(0.75)
    q = Scalar(-1.5)
    both = (p * Scalar(2.0)).tanh() * (q + Scalar(0.5)).tanh()
    both.backward()
    return seen | {"p.grad": p.grad, "q.grad": q.grad}
