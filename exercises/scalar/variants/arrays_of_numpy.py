import numpy as np


class Value:
    def __init__(self, data, _prev=(), op='', label=''):
        self.data = np.float64(data); self.grad = np.float64(0)
        self._prev = list(_prev); self.op = op; self.label = label
        self._backward = lambda: None
    def __add__(self, o):
        r = Value(np.add(self.data, o.data), [self, o], '+')
        def b():
            self.grad = self.grad + r.grad
            o.grad = o.grad + r.grad
        r._backward = b
        return r
    def __mul__(self, o):
        r = Value(np.multiply(self.data, o.data), [self, o], '*')
        def b():
            self.grad = self.grad + r.grad * o.data
            o.grad = o.grad + r.grad * self.data
        r._backward = b
        return r
    def tanh(self):
        r = Value(np.tanh(self.data), [self], 'tanh')
        def b(): self.grad = self.grad + r.grad * (1 - r.data ** 2)
        r._backward = b
        return r
    def nodes(self, seen=None):
        seen = set() if seen is None else seen
        if self in seen: return []
        seen.add(self)
        return [n for c in self._prev for n in c.nodes(seen)] + [self]
    def backward(self):
        self.grad = np.float64(1)
        for n in self.nodes()[::-1]: n._backward()


def draw_dot(root, show_backprop=True):
    from graphviz import Digraph
    dot = Digraph()
    with dot.subgraph(name="cluster") as inner:
        for n in root.nodes():
            inner.node(str(id(n)), label=n.label)
            if n.op: inner.node(str(id(n)) + n.op, label=n.op)
    for n in root.nodes():
        if n.op: dot.edge(str(id(n)) + n.op, str(id(n)))
        for c in n._prev:
            dot.edge(str(id(c)), str(id(n)) + n.op)
            if show_backprop and n.grad: dot.edge(str(id(c)), str(id(n)), _attributes={'dir': 'back'})
    return dot
