"""Asks each activation for numbers and gradients; nothing at the kink of ReLU."""

from grader import check


@check(points=0.4)
def relu(Tensor, ReLU):
    """ReLU keeps what is positive, and so does its gradient."""
    a = Tensor([[1.0, -2.0, 0.25], [4.0, -1.234567, 2.0]], requires_grad=True)
    b = ReLU().forward(a)
    seen = {"b.data": b.data}
    n = Tensor([-1.0, -0.5], requires_grad=True)
    m = ReLU().forward(n)
    m.backward([2.0, -3.0])
    seen |= {"m.data": m.data, "n.grad": n.grad}
    b.backward([[1.0, 2.0, -3.0], [0.5, -1.5, 0.0]])
    seen |= {"a.grad": a.grad, "a.data": a.data}
    p = Tensor(2.0, requires_grad=True)
    q = ReLU().forward(p)
    q.backward()
    return seen | {"q.data": q.data, "p.grad": p.grad}


@check(points=0.4)
def sigmoid(Tensor, Sigmoid):
    """Sigmoid and its gradient."""
    a = Tensor([[1.0, -2.0, 0.0], [4.0, -1.234567, 2.0]], requires_grad=True)
    b = Sigmoid().forward(a)
    seen = {"b.data": b.data}
    b.backward([[1.0, 2.0, -3.0], [0.5, -1.5, 0.0]])
    seen |= {"a.grad": a.grad, "a.data": a.data}
    p = Tensor(2.0, requires_grad=True)
    q = Sigmoid().forward(p)
    q.backward()
    return seen | {"q.data": q.data, "p.grad": p.grad}


@check(points=0.4)
def tanh(Tensor, Tanh):
    """Tanh and its gradient."""
    a = Tensor([[1.0, -2.0, 0.0], [2.5, -1.234567, 2.0]], requires_grad=True)
    b = Tanh().forward(a)
    seen = {"b.data": b.data}
    b.backward([[1.0, 2.0, -3.0], [0.5, -1.5, 0.0]])
    seen |= {"a.grad": a.grad, "a.data": a.data}
    p = Tensor(2.0, requires_grad=True)
    q = Tanh().forward(p)
    q.backward()
    return seen | {"q.data": q.data, "p.grad": p.grad}


@check(points=0.4)
def exponential(Tensor, Exp):
    """Exp and its gradient."""
    a = Tensor([[1.0, -2.0, 0.0], [4.0, -1.234567, 2.0]], requires_grad=True)
    b = Exp().forward(a)
    seen = {"b.data": b.data}
    b.backward([[1.0, 2.0, -3.0], [0.5, -1.5, 0.0]])
    seen |= {"a.grad": a.grad, "a.data": a.data}
    p = Tensor(2.0, requires_grad=True)
    q = Exp().forward(p)
    q.backward()
    return seen | {"q.data": q.data, "p.grad": p.grad}


@check(points=0.4)
def logarithm(Tensor, Log):
    """Log and its gradient."""
    a = Tensor([[1.0, 2.0, 0.25], [4.0, 1.234567, 2.0]], requires_grad=True)
    b = Log().forward(a)
    seen = {"b.data": b.data}
    b.backward([[1.0, 2.0, -3.0], [0.5, -1.5, 0.0]])
    seen |= {"a.grad": a.grad, "a.data": a.data}
    p = Tensor(2.0, requires_grad=True)
    q = Log().forward(p)
    q.backward()
    return seen | {"q.data": q.data, "p.grad": p.grad}


@check(points=0.5, after=(relu, sigmoid, tanh, exponential, logarithm))
def beside_another_use(Tensor, Add, ReLU, Sigmoid, Tanh, Exp, Log):
    """An inner tensor may be used by each, and by another."""
    seen = {}
    x = Tensor([[0.5, 1.25], [2.0, 0.75]], requires_grad=True)
    a = Add().forward(x, x)
    b = ReLU().forward(a)
    c = Add().forward(b, a)
    c.backward([[1.0, 2.0], [-3.0, 0.5]])
    seen["a.grad"] = a.grad
    d = Add().forward(x, x)
    e = Sigmoid().forward(d)
    f = Add().forward(e, d)
    f.backward([[1.0, 2.0], [-3.0, 0.5]])
    seen["d.grad"] = d.grad
    g = Add().forward(x, x)
    h = Tanh().forward(g)
    i = Add().forward(h, g)
    i.backward([[1.0, 2.0], [-3.0, 0.5]])
    seen["g.grad"] = g.grad
    j = Add().forward(x, x)
    k = Exp().forward(j)
    u = Add().forward(k, j)
    u.backward([[1.0, 2.0], [-3.0, 0.5]])
    seen["j.grad"] = j.grad
    m = Add().forward(x, x)
    n = Log().forward(m)
    o = Add().forward(n, m)
    o.backward([[1.0, 2.0], [-3.0, 0.5]])
    seen["m.grad"] = m.grad
    return seen | {"x.grad": x.grad}


@check(points=0.5, after=beside_another_use, random=16)
def inside_graphs(Tensor, Add, ReLU, Sigmoid, Tanh, Exp, Log):
    """One after another, and two of a kind at the same time."""
    x = Tensor([[0.5, -1.25], [2.0, -0.75]], requires_grad=True)
    a = Tanh().forward(x)
    b = Exp().forward(a)
    c = Log().forward(b)
    d = Sigmoid().forward(c)
    e = ReLU().forward(d)
    e.backward([[1.0, 2.0], [-3.0, 0.5]])
    seen = {"e.data": e.data, "b.grad": b.grad, "x.grad": x.grad}
    f = Tensor([[0.5, -1.25], [2.0, -0.75]], requires_grad=True)
    g = Tensor([[3.0, 1.5], [0.25, 0.125]], requires_grad=True)
    f2 = ReLU().forward(f)
    g2 = ReLU().forward(g)
    fg = Add().forward(f2, g2)
    fg.backward([[1.0, 2.0], [-3.0, 0.5]])
    seen |= {"f.grad": f.grad, "g.grad": g.grad}
    h = Tensor([[0.5, -1.25], [2.0, -0.75]], requires_grad=True)
    k = Tensor([[3.0, 1.5], [0.25, 0.125]], requires_grad=True)
    h2 = Sigmoid().forward(h)
    k2 = Sigmoid().forward(k)
    hk = Add().forward(h2, k2)
    hk.backward([[1.0, 2.0], [-3.0, 0.5]])
    seen |= {"h.grad": h.grad, "k.grad": k.grad}
    m = Tensor([[0.5, -1.25], [2.0, -0.75]], requires_grad=True)
    n = Tensor([[3.0, 1.5], [0.25, 0.125]], requires_grad=True)
    m2 = Tanh().forward(m)
    n2 = Tanh().forward(n)
    mn = Add().forward(m2, n2)
    mn.backward([[1.0, 2.0], [-3.0, 0.5]])
    seen |= {"m.grad": m.grad, "n.grad": n.grad}
    p = Tensor([[0.5, -1.25], [2.0, -0.75]], requires_grad=True)
    q = Tensor([[3.0, 1.5], [0.25, 0.125]], requires_grad=True)
    p2 = Exp().forward(p)
    q2 = Exp().forward(q)
    pq = Add().forward(p2, q2)
    pq.backward([[1.0, 2.0], [-3.0, 0.5]])
    seen |= {"p.grad": p.grad, "q.grad": q.grad}
    u = Tensor([[0.5, 1.25], [2.0, 0.75]], requires_grad=True)
    v = Tensor([[3.0, 1.5], [0.25, 0.125]], requires_grad=True)
    u2 = Log().forward(u)
    v2 = Log().forward(v)
    uv = Add().forward(u2, v2)
    uv.backward([[1.0, 2.0], [-3.0, 0.5]])
    seen |= {"u.grad": u.grad, "v.grad": v.grad}
    return seen
