"""Asks Sub, Mul, Div and Pow for numbers and gradients, by themselves and inside graphs."""

from grader import check


@check(points=1)
def difference(Tensor, Sub):
    """Sub gives t1 - t2 and both gradients."""
    a = Tensor([[1.0, -2.0, 0.0], [4.0, 1.234567, 2.0]], requires_grad=True)
    b = Tensor([[3.0, 0.5, -1.5], [0.0, -0.75, 2.0]], requires_grad=True)
    c = Sub().forward(a, b)
    seen = {"c.data": c.data}
    c.backward([[1.0, 2.0, -3.0], [0.5, 0.0, 4.0]])
    seen |= {"a.grad": a.grad, "b.grad": b.grad, "a.data": a.data, "b.data": b.data}
    p = Tensor(5.0, requires_grad=True)
    q = Tensor(2.0, requires_grad=True)
    r = Sub().forward(p, q)
    r.backward()
    return seen | {"r.data": r.data, "p.grad": p.grad, "q.grad": q.grad}


@check(points=1)
def product(Tensor, Mul):
    """Mul gives t1 * t2 and both gradients."""
    a = Tensor([[1.0, -2.0, 0.0], [4.0, 1.234567, 2.0]], requires_grad=True)
    b = Tensor([[3.0, 0.5, -1.5], [0.0, -0.75, 2.0]], requires_grad=True)
    c = Mul().forward(a, b)
    seen = {"c.data": c.data}
    c.backward([[1.0, 2.0, -3.0], [0.5, 0.0, 4.0]])
    seen |= {"a.grad": a.grad, "b.grad": b.grad, "a.data": a.data, "b.data": b.data}
    p = Tensor(5.0, requires_grad=True)
    q = Tensor(2.0, requires_grad=True)
    r = Mul().forward(p, q)
    r.backward()
    return seen | {"r.data": r.data, "p.grad": p.grad, "q.grad": q.grad}


@check(points=1)
def quotient(Tensor, Div):
    """Div gives t1 / t2 and both gradients."""
    a = Tensor([[1.0, -2.0, 0.0], [4.0, 1.234567, 2.0]], requires_grad=True)
    b = Tensor([[4.0, 0.5, -1.5], [2.0, -0.75, 2.0]], requires_grad=True)
    c = Div().forward(a, b)
    seen = {"c.data": c.data}
    c.backward([[1.0, 2.0, -3.0], [0.5, 0.0, 4.0]])
    seen |= {"a.grad": a.grad, "b.grad": b.grad, "a.data": a.data, "b.data": b.data}
    p = Tensor(5.0, requires_grad=True)
    q = Tensor(2.0, requires_grad=True)
    r = Div().forward(p, q)
    r.backward()
    return seen | {"r.data": r.data, "p.grad": p.grad, "q.grad": q.grad}


@check(points=1)
def power(Tensor, Pow):
    """Pow gives t ** n and its gradient, for any plain n."""
    a = Tensor([[1.0, -2.0, 0.0], [4.0, 1.234567, 2.0]], requires_grad=True)
    square = Pow().forward(a, 2)
    seen = {"square.data": square.data}
    square.backward([[1.0, 2.0, -3.0], [0.5, 0.0, 4.0]])
    seen |= {"a.grad": a.grad, "a.data": a.data}
    b = Tensor([[-2.0, 0.0], [0.5, 3.0]], requires_grad=True)
    cube = Pow().forward(b, 3)
    cube.backward([[1.0, 2.0], [-1.0, 0.5]])
    seen |= {"cube.data": cube.data, "b.grad": b.grad}
    c = Tensor([4.0, -0.5, 1.234567], requires_grad=True)
    inverse = Pow().forward(c, -1)
    inverse.backward([1.0, -2.0, 3.0])
    seen |= {"inverse.data": inverse.data, "c.grad": c.grad}
    d = Tensor([2.25, 4.0], requires_grad=True)
    root = Pow().forward(d, 0.5)
    root.backward([3.0, -1.0])
    return seen | {"root.data": root.data, "d.grad": d.grad}


@check(points=0.5, after=(difference, product, quotient))
def one_side_only(Tensor, Sub, Mul, Div):
    """One operand that needs a gradient is enough, on either side."""
    k = Tensor([2.0, -4.0, 0.5])
    a = Tensor([1.0, 3.0, -2.0], requires_grad=True)
    b = Sub().forward(a, k)
    b.backward([1.0, -2.0, 3.0])
    seen = {"a.grad": a.grad}
    c = Tensor([1.0, 3.0, -2.0], requires_grad=True)
    d = Sub().forward(k, c)
    d.backward([1.0, -2.0, 3.0])
    seen["c.grad"] = c.grad
    e = Tensor([1.0, 3.0, -2.0], requires_grad=True)
    f = Mul().forward(e, k)
    f.backward([1.0, -2.0, 3.0])
    seen["e.grad"] = e.grad
    g = Tensor([1.0, 3.0, -2.0], requires_grad=True)
    h = Mul().forward(k, g)
    h.backward([1.0, -2.0, 3.0])
    seen["g.grad"] = g.grad
    p = Tensor([1.0, 3.0, -2.0], requires_grad=True)
    q = Div().forward(p, k)
    q.backward([1.0, -2.0, 3.0])
    seen["p.grad"] = p.grad
    r = Tensor([1.0, 3.0, -2.0], requires_grad=True)
    s = Div().forward(k, r)
    s.backward([1.0, -2.0, 3.0])
    return seen | {"r.grad": r.grad}


@check(points=0.5, after=(difference, product, quotient, power), random=16)
def inside_graphs(Tensor, Add, Sub, Mul, Div, Pow):
    """Inner tensors, used once or twice, pass everything on."""
    a = Tensor([[1.0, -2.0], [0.5, 3.0]], requires_grad=True)
    b = Tensor([[2.0, 4.0], [-1.0, 1.5]], requires_grad=True)
    c = Mul().forward(a, b)
    d = Mul().forward(c, b)
    e = Add().forward(d, c)
    e.backward([[1.0, 2.0], [-3.0, 0.5]])
    seen = {"d.grad": d.grad, "c.grad": c.grad, "b.grad": b.grad}
    i = Tensor([[1.0, -2.0], [0.5, 3.0]], requires_grad=True)
    j = Mul().forward(i, i)
    o = Mul().forward(j, j)
    o.backward([[1.0, 2.0], [-3.0, 0.5]])
    seen |= {"j.grad": j.grad, "i.grad": i.grad}
    f = Tensor([[3.0, -1.0], [2.0, 0.25]], requires_grad=True)
    g = Tensor([[2.0, 4.0], [-1.0, 1.5]], requires_grad=True)
    h = Sub().forward(f, g)
    k = Sub().forward(g, h)
    m = Sub().forward(k, k)
    n = Add().forward(m, k)
    n.backward([[1.0, 2.0], [-3.0, 0.5]])
    seen |= {"n.data": n.data, "g.grad": g.grad, "f.grad": f.grad}
    p = Tensor([[3.0, -1.0], [2.0, 0.25]], requires_grad=True)
    q = Tensor([[2.0, 4.0], [-1.0, 1.5]], requires_grad=True)
    r = Div().forward(p, q)
    s = Div().forward(q, r)
    t = Div().forward(s, s)
    u = Add().forward(t, s)
    u.backward([[1.0, 2.0], [-3.0, 0.5]])
    seen |= {"u.data": u.data, "q.grad": q.grad, "p.grad": p.grad}
    x = Tensor([[3.0, -1.0], [2.0, 0.25]], requires_grad=True)
    y = Pow().forward(x, 2)
    z = Pow().forward(y, 3)
    w = Add().forward(y, z)
    w.backward([[1.0, 2.0], [-3.0, 0.5]])
    return seen | {"x.grad": x.grad}
