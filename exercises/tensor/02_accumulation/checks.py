"""Asks what the given parts do: where gradients arrive, when they add up, and when they end."""

from grader import check, raises


@check(points=0.5)
def every_route(Tensor, Add):
    """A gradient is the sum of what arrives by every route."""
    a = Tensor(1.0, requires_grad=True)
    b = Tensor(2.0, requires_grad=True)
    c = a + b
    d = c + a
    d.backward()
    seen = {"d.grad": d.grad, "c.grad": c.grad, "b.grad": b.grad, "a.grad": a.grad}
    e = a + b
    f = e + b
    g = e + f
    g.backward(3.0)
    seen |= {"e.grad": e.grad, "f.grad": f.grad}
    p = Tensor([[1.0, -2.0], [0.0, 1.234567]], requires_grad=True)
    q = Tensor([[3.0, 0.5], [-1.5, 0.0]])
    r = Add().forward(p, q)
    s = Add().forward(r, r)
    t = Add().forward(q, s)
    t.backward([[1.0, 2.0], [-3.0, 0.5]])
    seen |= {"t.data": t.data, "s.grad": s.grad, "r.grad": r.grad, "p.grad": p.grad}
    u = Tensor([1.0, 2.0], requires_grad=True)
    v = Tensor([3.0, 4.0], requires_grad=True)
    w = u + v
    x = w + u
    x.backward()
    seen |= {"w.grad": w.grad, "u.grad": u.grad, "u.data": u.data}
    return seen | {"p.data": p.data, "q.data": q.data}


@check(points=0.5, after=every_route)
def over_rebuilt_graphs(Tensor, Add):
    """Leaves add up over graphs; what is computed anew starts anew."""
    a = Tensor(1.0, requires_grad=True)
    b = Tensor(2.0, requires_grad=True)
    c = a + b
    d = c + a
    d.backward()
    c = a + b
    d = c + a
    d.backward()
    seen = {"d.grad": d.grad, "c.grad": c.grad, "b.grad": b.grad, "a.grad": a.grad}
    w = Tensor([0.5, 0.25], requires_grad=True)
    k = Tensor([1.0, 1.0])
    x = Add().forward(w, k)
    x.backward([1e8, -1e8])
    y = Add().forward(k, w)
    y.backward([1.0, 1.0])
    z = Add().forward(w, k)
    z.backward([-1e8, 1e8])
    seen["w.grad"] = w.grad
    u = Tensor([0.5, -2.0], requires_grad=True)
    for share in ([0.75, 1.0], [0.5, -0.25]):
        v = Add().forward(u, k)
        v.backward(share)
    return seen | {"u.grad": u.grad}


@check(points=0.5, after=every_route)
def a_graph_serves_once(Tensor):
    """A second backward on the same graph raises an exception."""
    a = Tensor(1.0, requires_grad=True)
    b = Tensor(2.0, requires_grad=True)
    c = a + b
    d = c + a
    d.backward()
    return {"d.backward() again": raises(d, "backward")}


@check(points=0.5, after=over_rebuilt_graphs)
def zeros_to_begin_with(Tensor, Add):
    """A gradient is zeros in the beginning, and after zero_grad()."""
    a = Tensor([[1.0, -2.0, 0.5]], requires_grad=True)
    b = Tensor([[0.0, 4.0, -1.5]], requires_grad=True)
    seen = {"a.grad": a.grad}
    c = a + b
    seen["c.grad"] = c.grad
    c.backward([[3.0, -1.0, 2.0]])
    a.zero_grad()
    seen["a.grad after zero_grad()"] = a.grad
    d = Add().forward(a, b)
    d.backward([[1.0, 0.5, -2.0]])
    seen["a.grad of the second graph"] = a.grad
    return seen | {"b.grad of both graphs": b.grad, "a.data": a.data}
