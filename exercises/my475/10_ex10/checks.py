"""Asks for the gradients of a loss, in the variables and on the screen."""

from grader import advisory, holds, prints


def loss_of(x, y, w, b):
    """Return the squared error of one prediction."""
    return (x * w + b - y) ** 2


@holds(points=1, by_engine=True)
def gradients_of_loss(Value):
    """backward() on the loss gives w and b their gradients."""
    x = Value(1.0)
    y = Value(2.0)
    w = Value(0.0)
    b = Value(0.0)
    loss = loss_of(x, y, w, b)
    loss.backward()
    return {
        "w.data": w.data,
        "b.data": b.data,
        "loss.data": loss.data,
        "w.grad": w.grad,
        "b.grad": b.grad,
    }


@prints(points=1, after=gradients_of_loss, by_engine=True)
def both_printed(Value):
    """Both gradients are printed."""
    w = Value(0.0)
    b = Value(0.0)
    loss = loss_of(Value(1.0), Value(2.0), w, b)
    loss.backward()
    return {"w.grad": w.grad, "b.grad": b.grad}


@advisory(
    says=(
        "w and b get the same gradient because x is 1: with x = 3 the weight's would be three times"
        " the bias's"
    ),
    when="agrees",
)
def equal_gradients(Value):
    """Asks for the gradients where x is 3."""
    w = Value(0.0)
    b = Value(0.0)
    loss = loss_of(Value(3.0), Value(6.0), w, b)
    loss.backward()
    return {"w.grad": w.grad, "b.grad": b.grad}
