"""Asks each activation for numbers and gradients; nothing at the kink of ReLU."""

from grader import check


@check(points=0.5)
def relu(Tensor, ReLU):
    """ReLU keeps what is positive, and so does its gradient."""
    a = Tensor([[1.0, -2.0, 0.25], [4.0, -1.234567, 2.0]], requires_grad=True)
    b = ReLU().forward(a)
    seen = {"b.data": b.data}
    b.backward([[1.0, 2.0, -3.0], [0.5, -1.5, 0.0]])
    seen |= {"a.grad": a.grad, "a.data": a.data}
    p = Tensor(2.0, requires_grad=True)
    q = ReLU().forward(p)
    q.backward()
    return seen | {"q.data": q.data, "p.grad": p.grad}


@check(points=0.5)
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


@check(points=0.5)
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


@check(points=0.5)
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


@check(points=0.5)
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


@check(points=0.5, after=(relu, sigmoid, tanh, exponential, logarithm), random=16)
def inside_graphs(Tensor, Add, ReLU, Sigmoid, Tanh, Exp, Log):
    """Each between others, and two of a kind at the same time."""
    x = Tensor([[0.5, -1.25], [2.0, -0.75]], requires_grad=True)
    a = Tanh().forward(x)
    b = Exp().forward(a)
    c = Log().forward(b)
    d = Sigmoid().forward(c)
    e = ReLU().forward(d)
    f = Add().forward(e, b)
    f.backward([[1.0, 2.0], [-3.0, 0.5]])
    seen = {"f.data": f.data, "b.grad": b.grad, "a.grad": a.grad, "x.grad": x.grad}
    y = Tensor([[0.5, 1.25], [2.0, 0.75]], requires_grad=True)
    g = Exp().forward(y)
    h = Exp().forward(g)
    k = Log().forward(y)
    m = Log().forward(g)
    n = Add().forward(h, k)
    o = Add().forward(n, m)
    o.backward([[1.0, 2.0], [-3.0, 0.5]])
    seen |= {"o.data": o.data, "g.grad": g.grad, "y.grad": y.grad}
    p = Tensor([[0.5, -1.25], [2.0, -0.75]], requires_grad=True)
    q = Tensor([[-3.0, 1.0], [0.25, -1.5]], requires_grad=True)
    r = ReLU().forward(p)
    s = ReLU().forward(q)
    t = Add().forward(r, s)
    u = Tanh().forward(t)
    v = Sigmoid().forward(u)
    w = Sigmoid().forward(p)
    z = Add().forward(v, w)
    z.backward([[1.0, 2.0], [-3.0, 0.5]])
    return seen | {"z.data": z.data, "p.grad": p.grad, "q.grad": q.grad}
