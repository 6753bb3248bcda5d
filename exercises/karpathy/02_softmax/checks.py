"""Asks for what a softmax needs, for its shares, and for the loss made of them."""

from grader import check, numbers_of


@check(points=1, random=8)
def powers_and_logarithms(Value):
    """exp and log have the right values and gradients."""
    a = Value(0.625)
    b = a.exp()
    c = Value(2.5)
    d = c.log() * Value(3.0) + b * a
    d.backward()
    e = Value(-1.75)
    f = e.exp() * e.exp()
    f.backward()
    return {
        "b.data": b.data,
        "d.data": d.data,
        "a.grad": a.grad,
        "c.grad": c.grad,
        "e.grad": e.grad,
    }


@check(points=1)
def division_and_minus(Value):
    """Division and minus have the right values and gradients."""
    a = Value(1.5)
    b = Value(-0.4)
    c = a / b
    d = -(c * a) + b
    d.backward()
    return {"c.data": c.data, "d.data": d.data, "a.grad": a.grad, "b.grad": b.grad}


@check(points=1, after=(powers_and_logarithms, division_and_minus))
def shares(Value, softmax):
    """softmax gives the share of each power in their sum."""
    four = softmax([Value(0.5), Value(-1.25), Value(2.0), Value(1.0)])
    two = softmax([Value(3.0), Value(3.0)])
    return {"of four": numbers_of(four), "of two": numbers_of(two)}


@check(points=1, after=shares)
def loss_of_shares(Value, likelihood_loss):
    """The loss is minus the logarithm of the right share."""
    scores = [Value(0.5), Value(-1.25), Value(2.0), Value(1.0)]
    last = likelihood_loss(scores, 3)
    second = likelihood_loss(scores, 1)
    return {"last.data": last.data, "second.data": second.data}


@check(points=1, after=loss_of_shares)
def gradients_of_scores(Value, likelihood_loss):
    """The loss sends its gradient back to every score."""
    a, b, c, d = Value(0.5), Value(-1.25), Value(2.0), Value(1.0)
    loss = likelihood_loss([a, b, c, d], 3)
    loss.backward()
    return {"a.grad": a.grad, "b.grad": b.grad, "c.grad": c.grad, "d.grad": d.grad}
