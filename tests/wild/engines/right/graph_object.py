# asks: my475/ex7, my475/ex9
# kind: classes
class Graph:
    """Remembers who was made from whom; nodes themselves know nothing."""

    def __init__(self):
        self.edges = {}

    def add(self, out, *pairs):
        self.edges[id(out)] = (out, pairs)

    def order(self, root):
        done, order = set(), []

        def visit(v):
            if id(v) in done:
                return
            done.add(id(v))
            for child, _ in self.edges.get(id(v), (v, ()))[1]:
                visit(child)
            order.append(v)

        visit(root)
        return order


GRAPH = Graph()


class Value:
    def __init__(self, data):
        self.data = data
        self.grad = 0.0

    def _made(self, data, *pairs):
        out = Value(data)
        GRAPH.add(out, *pairs)
        return out

    def __add__(self, other):
        return self._made(self.data + other.data, (self, 1.0), (other, 1.0))

    def __mul__(self, other):
        return self._made(self.data * other.data, (self, other.data), (other, self.data))

    def __sub__(self, other):
        return self._made(self.data - other.data, (self, 1.0), (other, -1.0))

    def __neg__(self):
        return self._made(-self.data, (self, -1.0))

    def __pow__(self, n):
        return self._made(self.data ** n, (self, n * self.data ** (n - 1)))

    def backward(self):
        self.grad = 1.0
        for v in reversed(GRAPH.order(self)):
            for child, d in GRAPH.edges.get(id(v), (v, ()))[1]:
                child.grad += d * v.grad
