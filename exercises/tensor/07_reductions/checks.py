"""Asks for sums and means, of everything and along an axis, and for what they send back."""

from grader import check


@check(points=0.5)
def sum_of_everything(Tensor, Sum):
    """Sum of all entries, a single number, and its gradient."""
    a = Tensor([[1.0, -2.0, 0.0], [4.0, 1.234567, 2.0]], requires_grad=True)
    b = Sum().forward(a)
    seen = {"b.data": b.data}
    b.backward(3.5)
    seen |= {"a.grad": a.grad, "a.data": a.data}
    u = Tensor([1e8, 1.0, -1e8], requires_grad=True)
    v = Sum().forward(u)
    seen["v.data"] = v.data
    p = Tensor([2.0, 0.5, -1.0, 4.0], requires_grad=True)
    q = Sum().forward(p)
    q.backward()
    return seen | {"q.data": q.data, "p.grad": p.grad}


@check(points=0.5, after=sum_of_everything)
def sum_along_an_axis(Tensor, Sum):
    """Sum along an axis, counted from either end."""
    a = Tensor([[1.0, -2.0, 0.0], [4.0, 1.234567, 2.0]], requires_grad=True)
    b = Sum().forward(a, axis=0)
    b.backward([1.0, -2.0, 0.5])
    seen = {"b.data": b.data, "a.grad": a.grad}
    c = Tensor([[1.0, -2.0, 0.0], [4.0, 1.234567, 2.0]], requires_grad=True)
    d = Sum().forward(c, axis=1)
    d.backward([3.0, -1.0])
    seen |= {"d.data": d.data, "c.grad": c.grad}
    p = Tensor([[1.0, 2.0], [3.0, -4.0]], requires_grad=True)
    q = Sum().forward(p, axis=-2)
    q.backward([3.0, -1.0])
    seen |= {"q.data": q.data, "p.grad": p.grad}
    u = Tensor([1.0, -2.0, 4.0], requires_grad=True)
    v = Sum().forward(u, axis=-1)
    v.backward(0.5)
    return seen | {"v.data": v.data, "u.grad": u.grad}


@check(points=0.5)
def mean_of_everything(Tensor, Mean):
    """Mean of all entries, a single number, and its gradient."""
    a = Tensor([[1.0, -2.0, 0.0], [4.0, 1.234567, 2.0]], requires_grad=True)
    b = Mean().forward(a)
    seen = {"b.data": b.data}
    b.backward(3.0)
    seen |= {"a.grad": a.grad, "a.data": a.data}
    p = Tensor([2.0, 0.5, -1.0, 4.0], requires_grad=True)
    q = Mean().forward(p)
    q.backward()
    return seen | {"q.data": q.data, "p.grad": p.grad}


@check(points=0.5, after=mean_of_everything)
def mean_along_an_axis(Tensor, Mean):
    """Mean along an axis, counted from either end."""
    a = Tensor([[1.0, -2.0, 0.0], [4.0, 1.234567, 2.0]], requires_grad=True)
    b = Mean().forward(a, axis=0)
    b.backward([1.0, -2.0, 0.5])
    seen = {"b.data": b.data, "a.grad": a.grad}
    c = Tensor([[1.0, -2.0, 0.0], [4.0, 1.234567, 2.0]], requires_grad=True)
    d = Mean().forward(c, axis=1)
    d.backward([3.0, -1.0])
    seen |= {"d.data": d.data, "c.grad": c.grad}
    p = Tensor([[1.0, 2.0], [3.0, -4.0]], requires_grad=True)
    q = Mean().forward(p, axis=-2)
    q.backward([3.0, -1.0])
    seen |= {"q.data": q.data, "p.grad": p.grad}
    u = Tensor([1.0, -2.0, 4.0], requires_grad=True)
    v = Mean().forward(u, axis=-1)
    v.backward(0.5)
    return seen | {"v.data": v.data, "u.grad": u.grad}


@check(points=0.5, after=(sum_along_an_axis, mean_along_an_axis))
def kept_axes(Tensor, Sum, Mean):
    """With keepdims the axis stays, with the size 1."""
    a = Tensor([[1.0, -2.0, 0.0], [4.0, 1.234567, 2.0]], requires_grad=True)
    b = Sum().forward(a, axis=1, keepdims=True)
    seen = {"b.data": b.data}
    b.backward([[3.0], [-1.0]])
    seen["a.grad"] = a.grad
    c = Tensor([[1.0, -2.0, 0.0], [4.0, 1.234567, 2.0]], requires_grad=True)
    d = Mean().forward(c, axis=0, keepdims=True)
    seen["d.data"] = d.data
    d.backward([[1.0, -2.0, 0.5]])
    seen["c.grad"] = c.grad
    p = Tensor([[1.0, 2.0], [3.0, -4.0]], requires_grad=True)
    q = Sum().forward(p, keepdims=True)
    seen["q.data"] = q.data
    q.backward([[2.0]])
    seen["p.grad"] = p.grad
    r = Tensor([[1.0, 2.0], [3.0, -4.0]], requires_grad=True)
    s = Mean().forward(r, keepdims=True)
    seen["s.data"] = s.data
    s.backward([[2.0]])
    return seen | {"r.grad": r.grad}


@check(points=0.5, after=(sum_along_an_axis, mean_along_an_axis), random=16)
def inside_graphs(Tensor, Add, Sum, Mean):
    """Sums of sums, a mean beside a sum, two of a kind at once."""
    a = Tensor([[1.0, -2.0, 0.0], [4.0, 1.234567, 2.0]], requires_grad=True)
    b = Tensor([[3.0, 0.5, -1.5], [0.0, -0.75, 2.0]], requires_grad=True)
    c = Add().forward(a, b)
    d = Sum().forward(c, axis=0)
    e = Sum().forward(c, axis=1)
    f = Mean().forward(d)
    g = Mean().forward(e)
    h = Add().forward(f, g)
    h.backward(3.0)
    return {"h.data": h.data, "d.grad": d.grad, "c.grad": c.grad, "a.grad": a.grad}
