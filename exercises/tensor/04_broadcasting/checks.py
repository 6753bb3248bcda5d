"""Asks for gradients where numpy has repeated an operand; Add, which is given, is not asked."""

from grader import check


@check(points=0.5)
def difference_with_a_row(Tensor, Sub):
    """Sub adds up what the copies of a row received."""
    x = Tensor([[1.0, -2.0, 0.0, 3.0], [4.0, 1.234567, 2.0, -1.0]], requires_grad=True)
    b = Tensor([0.5, -1.0, 2.0, 0.0], requires_grad=True)
    y = Sub().forward(x, b)
    seen = {"y.data": y.data}
    y.backward([[1.0, 2.0, -3.0, 0.5], [0.25, 0.0, 4.0, -2.0]])
    seen |= {"b.grad": b.grad, "x.grad": x.grad}
    c = Tensor([0.5, -1.0, 2.0, 0.0], requires_grad=True)
    z = Sub().forward(c, x)
    z.backward([[1.0, 2.0, -3.0, 0.5], [0.25, 0.0, 4.0, -2.0]])
    return seen | {"c.grad": c.grad}


@check(points=0.5)
def product_with_a_row(Tensor, Mul):
    """Mul adds up what the copies of a row received."""
    s = Tensor([[1.0, -2.0], [4.0, 0.5]])
    r = Tensor([3.0, -1.0], requires_grad=True)
    p = Mul().forward(s, r)
    p.backward([[1.0, 2.0], [-3.0, 0.25]])
    seen = {"r.grad": r.grad}
    x = Tensor([[1.0, -2.0, 0.0, 3.0], [4.0, 1.234567, 2.0, -1.0]], requires_grad=True)
    b = Tensor([0.5, -1.0, 2.0, 0.0], requires_grad=True)
    y = Mul().forward(x, b)
    seen["y.data"] = y.data
    y.backward([[1.0, 2.0, -3.0, 0.5], [0.25, 0.0, 4.0, -2.0]])
    seen |= {"b.grad": b.grad, "x.grad": x.grad}
    c = Tensor([0.5, -1.0, 2.0, 0.0], requires_grad=True)
    z = Mul().forward(c, x)
    z.backward([[1.0, 2.0, -3.0, 0.5], [0.25, 0.0, 4.0, -2.0]])
    return seen | {"c.grad": c.grad}


@check(points=0.5)
def quotient_with_a_row(Tensor, Div):
    """Div adds up what the copies of a row received."""
    x = Tensor([[1.0, -2.0, 0.5, 3.0], [4.0, 1.234567, 2.0, -1.0]], requires_grad=True)
    b = Tensor([0.5, -1.0, 2.0, 4.0], requires_grad=True)
    y = Div().forward(x, b)
    seen = {"y.data": y.data}
    y.backward([[1.0, 2.0, -3.0, 0.5], [0.25, 0.0, 4.0, -2.0]])
    seen |= {"b.grad": b.grad, "x.grad": x.grad}
    c = Tensor([0.5, -1.0, 2.0, 0.0], requires_grad=True)
    z = Div().forward(c, x)
    z.backward([[1.0, 2.0, -3.0, 0.5], [0.25, 0.0, 4.0, -2.0]])
    return seen | {"c.grad": c.grad}


@check(points=0.5, after=(difference_with_a_row, product_with_a_row, quotient_with_a_row))
def with_a_column(Tensor, Sub, Mul, Div):
    """A column of shape (2, 1) gets a gradient of that shape."""
    x = Tensor([[1.0, -2.0], [4.0, 1.234567]])
    a = Tensor([[3.0], [-0.5]], requires_grad=True)
    b = Sub().forward(x, a)
    b.backward([[1.0, 2.0], [-3.0, 0.5]])
    seen = {"a.grad": a.grad}
    c = Tensor([[3.0], [-0.5]], requires_grad=True)
    d = Mul().forward(c, x)
    d.backward([[1.0, 2.0], [-3.0, 0.5]])
    seen["c.grad"] = c.grad
    e = Tensor([[3.0], [-0.5]], requires_grad=True)
    f = Div().forward(x, e)
    f.backward([[1.0, 2.0], [-3.0, 0.5]])
    return seen | {"e.grad": e.grad}


@check(points=0.5, after=(difference_with_a_row, product_with_a_row, quotient_with_a_row))
def both_sides_and_numbers(Tensor, Sub, Mul, Div):
    """Both operands may be repeated; one may be a single number."""
    x = Tensor([[1.0, -2.0], [4.0, 0.5]])
    k = Tensor([[3.0, -1.0]], requires_grad=True)
    y = Mul().forward(x, k)
    y.backward([[1.0, 2.0], [-3.0, 0.25]])
    seen = {"k.grad": k.grad}
    a = Tensor([[2.0], [-0.5]], requires_grad=True)
    b = Tensor([[4.0, 1.0, -3.0]], requires_grad=True)
    c = Mul().forward(a, b)
    c.backward([[1.0, 2.0, -3.0], [0.5, 0.0, 4.0]])
    seen |= {"c.data": c.data, "a.grad": a.grad, "b.grad": b.grad}
    p = Tensor([2.0, -0.5, 1.5], requires_grad=True)
    q = Tensor(4.0, requires_grad=True)
    r = Div().forward(p, q)
    r.backward([1.0, 2.0, -3.0])
    seen |= {"r.data": r.data, "p.grad": p.grad, "q.grad": q.grad}
    s = Tensor([[1.0], [2.0], [3.0]], requires_grad=True)
    t = Tensor([10.0, 20.0, 30.0], requires_grad=True)
    u = Sub().forward(s, t)
    u.backward([[1.0, 2.0, 3.0], [0.0, -1.0, 4.0], [5.0, 0.5, -2.0]])
    return seen | {"u.data": u.data, "s.grad": s.grad, "t.grad": t.grad}


@check(points=0.5, after=(with_a_column, both_sides_and_numbers), random=16)
def rows_inside_graphs(Tensor, Sub, Mul, Div):
    """Broadcasting inside a graph, as a layer of a network does it."""
    x = Tensor([[1.0, -2.0, 0.5], [4.0, 1.234567, 2.0]])
    w = Tensor([0.5, -1.0, 2.0], requires_grad=True)
    b = Tensor([[3.0], [-0.25]], requires_grad=True)
    h = Mul().forward(x, w)
    y = Sub().forward(h, b)
    z = Div().forward(y, w)
    z.backward([[1.0, 2.0, -3.0], [0.5, 0.0, 4.0]])
    return {"z.data": z.data, "h.grad": h.grad, "w.grad": w.grad, "b.grad": b.grad}
