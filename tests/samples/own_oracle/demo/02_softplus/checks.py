"""Asks for softplus, softmax and a cross-entropy."""

from grader import check, numbers_of


@check(points=1, random=4)
def softplus_method(Value):
    """softplus has its value and its slope."""
    a = Value(0.5)
    b = a.softplus() * Value(3.0)
    b.backward()
    return {"b.data": b.data, "a.grad": a.grad}


@check(points=1)
def softmax_of_three(Value, softmax):
    """softmax gives a list that adds up to 1."""
    a, b, c = Value(1.0), Value(-2.0), Value(0.5)
    p = softmax([a, b, c])
    p[1].backward()
    return {"p": numbers_of(p), "a.grad": a.grad, "b.grad": b.grad}


@check(points=1)
def loss_of_a_label(Value, cross_entropy):
    """The cross-entropy of a label, and its gradients."""
    a, b = Value(1.0), Value(-2.0)
    loss = cross_entropy([a, b, a * b], 1)
    loss.backward()
    return {"loss.data": loss.data, "a.grad": a.grad, "b.grad": b.grad}
