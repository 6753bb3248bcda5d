"""Asks for products of matrices and their gradients, square and not, none of them symmetric."""

from grader import check


# The square matrices come first: there a wrong order gives wrong numbers, and no exception yet.
@check(points=1)
def products(Tensor, MatMul):
    """MatMul gives the matrix product."""
    p = Tensor([[1.0, 2.0], [3.0, 4.0]])
    q = Tensor([[0.0, -1.0], [5.0, 0.5]])
    r = MatMul().forward(p, q)
    seen = {"r.data": r.data, "p.data": p.data, "q.data": q.data}
    a = Tensor([[1.0, -2.0, 0.0], [4.0, 1.234567, 2.0]])
    b = Tensor([[3.0, 0.5, 1.0, 0.0], [-1.5, 2.0, 0.0, 1.0], [2.0, -1.0, 4.0, 0.25]])
    c = MatMul().forward(a, b)
    return seen | {"c.data": c.data}


@check(points=0.5, after=products)
def left_gradient(Tensor, MatMul):
    """The left matrix gets a gradient of its shape."""
    p = Tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
    q = Tensor([[0.0, -1.0], [5.0, 0.5]], requires_grad=True)
    r = MatMul().forward(p, q)
    r.backward([[1.0, 2.0], [-3.0, 0.5]])
    seen = {"p.grad": p.grad}
    a = Tensor([[1.0, -2.0, 0.0], [4.0, 1.234567, 2.0]], requires_grad=True)
    b = Tensor([[3.0, 0.5, 1.0, 0.0], [-1.5, 2.0, 0.0, 1.0], [2.0, -1.0, 4.0, 0.25]])
    c = MatMul().forward(a, b)
    c.backward([[1.0, 2.0, -3.0, 0.5], [0.25, 0.0, 4.0, -2.0]])
    return seen | {"a.grad": a.grad}


@check(points=0.5, after=products)
def right_gradient(Tensor, MatMul):
    """The right matrix gets a gradient of its shape."""
    p = Tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
    q = Tensor([[0.0, -1.0], [5.0, 0.5]], requires_grad=True)
    r = MatMul().forward(p, q)
    r.backward([[1.0, 2.0], [-3.0, 0.5]])
    seen = {"q.grad": q.grad}
    a = Tensor([[1.0, -2.0, 0.0], [4.0, 1.234567, 2.0]])
    b = Tensor([[3.0, 0.5], [-1.5, 2.0], [2.0, -1.0]], requires_grad=True)
    c = MatMul().forward(a, b)
    c.backward([[1.0, 2.0], [0.25, -3.0]])
    return seen | {"b.grad": b.grad}


@check(points=1, after=(left_gradient, right_gradient), random=16)
def inside_graphs(Tensor, Add, MatMul):
    """Products of products, a matrix times itself, two products."""
    x = Tensor([[1.0, -2.0], [0.5, 3.0], [2.0, 0.0]])
    v = Tensor([[2.0, 4.0, 1.0], [-1.0, 1.5, 0.0]], requires_grad=True)
    w = Tensor([[1.0, 0.5], [0.0, -3.0], [2.0, 1.0]], requires_grad=True)
    h = MatMul().forward(x, v)
    y = MatMul().forward(h, w)
    y.backward([[1.0, 2.0], [-3.0, 0.5], [0.0, 4.0]])
    seen = {"h.grad": h.grad, "w.grad": w.grad, "v.grad": v.grad}
    a = Tensor([[1.0, 2.0], [3.0, -4.0]], requires_grad=True)
    b = Tensor([[0.5, 0.0], [-1.0, 2.0]], requires_grad=True)
    c = Add().forward(a, b)
    d = MatMul().forward(c, c)
    d.backward([[1.0, 2.0], [-3.0, 0.5]])
    seen |= {"d.data": d.data, "c.grad": c.grad, "a.grad": a.grad}
    p = Tensor([[1.0, 2.0], [3.0, -4.0]], requires_grad=True)
    q = Tensor([[0.5, 0.0], [-1.0, 2.0]], requires_grad=True)
    r = MatMul().forward(p, q)
    s = MatMul().forward(q, p)
    t = Add().forward(r, s)
    t.backward([[1.0, 2.0], [-3.0, 0.5]])
    return seen | {"t.data": t.data, "p.grad": p.grad, "q.grad": q.grad}
