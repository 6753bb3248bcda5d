"""Asks for four derivatives that were found by hand."""

from grader import holds


def graph(Tensor):
    """Return the tensors of the graph, after its backward pass."""
    a = Tensor(1.0, requires_grad=True)
    b = Tensor(2.0, requires_grad=True)
    c = a + b
    d = c + a
    d.backward()
    return a, b, c, d


@holds(points=0.5, inside="answers")
def by_itself(Tensor):
    """How d changes with d."""
    _, _, _, d = graph(Tensor)
    return {"dd/dd": d.grad}


@holds(points=0.5, inside="answers")
def by_the_sum(Tensor):
    """How d changes with c."""
    _, _, c, _ = graph(Tensor)
    return {"dd/dc": c.grad}


@holds(points=0.5, inside="answers")
def by_one_way(Tensor):
    """How d changes with b, which has one way to it."""
    _, b, _, _ = graph(Tensor)
    return {"dd/db": b.grad}


@holds(points=0.5, inside="answers")
def by_two_ways(Tensor):
    """How d changes with a, which has two ways to it."""
    a, _, _, _ = graph(Tensor)
    return {"dd/da": a.grad}
