"""Asks for a layer."""

from grader import check


@check(points=2)
def layer_of_two(Value, Linear):
    """A layer weighs its inputs, and sends gradients back."""
    layer = Linear(2, 1)
    layer.w[0][0].data = 1.5
    layer.w[0][1].data = -0.5
    layer.b[0].data = 0.25
    x, y = Value(2.0), Value(3.0)
    z = layer([x, y])[0]
    z.backward()
    return {
        "z.data": z.data,
        "x.grad": x.grad,
        "layer.w[0][1].grad": layer.w[0][1].grad,
        "layer.b[0].grad": layer.b[0].grad,
    }
