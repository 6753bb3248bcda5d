"""Asks for two networks that are trained step by step, and for a training of the student's own."""

from grader import check, descends

INPUTS = [[1.0, -2.0], [0.5, 3.0], [2.0, 0.25], [-1.5, 1.0]]
TARGETS = [[1.0], [-0.5], [2.0], [0.0]]
FIRST = [[0.5, -1.0, 0.25], [1.5, 0.75, -0.5]]
SECOND = [[1.0], [-0.5], [2.0]]


def train(Tensor, layer, sub, mul, matmul, mean):
    """Train a network of two layers for five steps, and return what it goes through."""
    x = Tensor(INPUTS)
    t = Tensor(TARGETS)
    v = Tensor(FIRST, requires_grad=True)
    w = Tensor(SECOND, requires_grad=True)
    seen = {}
    for step in range(1, 6):
        z = matmul().forward(x, v)
        h = layer().forward(z)
        y = matmul().forward(h, w)
        e = sub().forward(y, t)
        squares = mul().forward(e, e)
        loss = mean().forward(squares)
        loss.backward()
        seen[f"the loss of step {step}"] = loss.data
        for weights in (v, w):
            weights.data = weights.data - 0.1 * weights.grad
            weights.zero_grad()
    return seen | {"v.data": v.data, "w.data": w.data}


@check(points=0.5)
def with_tanh(Tensor, Sub, Mul, MatMul, Mean, Tanh):
    """A network with a Tanh goes through five steps."""
    return train(Tensor, Tanh, Sub, Mul, MatMul, Mean)


@check(points=0.5)
def with_relu(Tensor, Sub, Mul, MatMul, Mean, ReLU):
    """A network with a ReLU goes through five steps."""
    return train(Tensor, ReLU, Sub, Mul, MatMul, Mean)


@descends(points=2, parameters=6, steps=10)
def own_training():
    """Your own network learns by gradient descent."""
