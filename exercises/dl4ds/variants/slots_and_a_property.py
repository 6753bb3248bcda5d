class Value:
    __slots__ = ("data", "_grad", "_prev", "_op", "label", "_rule")

    def __init__(self, data, _prev=(), _op="", *, label=""):
        self.data, self._grad, self._prev, self._op, self.label = data, 0.0, _prev, _op, label
        self._rule = ()

    @property
    def grad(self):
        return self._grad

    @grad.setter
    def grad(self, held):
        self._grad = held

    def _made(self, data, op, *pairs):
        out = Value(data, tuple(node for node, _ in pairs), op)
        out._rule = pairs
        return out

    def __add__(self, other): return self._made(self.data + other.data, "+", (self, 1), (other, 1))
    def __mul__(self, other):
        return self._made(self.data * other.data, "*", (self, other.data), (other, self.data))
    def relu(self): return self._made(max(0, self.data), "relu", (self, int(self.data > 0)))

    def backward(self):
        # counts consumers
        need, todo, seen = {}, [self], {self}
        while todo:
            for child in todo.pop()._prev:
                need[child] = need.get(child, 0) + 1
                if child not in seen:
                    seen.add(child)
                    todo.append(child)
        self.grad = 1.0
        ready = [self]
        while ready:
            node = ready.pop()
            for child, slope in node._rule: child.grad += slope * node.grad
            for child in node._prev:
                need[child] -= 1
                if not need[child]: ready.append(child)

    def zero_grad(self):
        self.grad = 0.0
        for child in self._prev: child.zero_grad()


def trace(root):
    edges = {(child, root) for child in root._prev}
    nodes = {root}
    for child in root._prev:
        more_nodes, more_edges = trace(child)
        nodes |= more_nodes
        edges |= more_edges
    return frozenset(nodes), frozenset(edges)
