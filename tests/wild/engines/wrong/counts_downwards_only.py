# asks: my475/ex6, my475/ex7
# kind: broken sort
# wrong: my475/ex6.skip_connection, my475/ex7.skip_connection
# at: topological_sort, backward
class Value:
    def __init__(self, data, children=()):
        self.data = data
        self.grad = 0.0
        self._children = children
        self._backward = lambda: None

    def __add__(self, other):
        out = Value(self.data + other.data, (self, other))
        def _backward():
            self.grad += out.grad
            other.grad += out.grad
        out._backward = _backward
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other))
        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad
        out._backward = _backward
        return out

    def topological_sort(self):
        # sort by the distance to the root; the shortest one is what a queue finds
        depth, queue = {self: 0}, [self]
        for v in queue:
            for c in v._children:
                if c not in depth:
                    depth[c] = depth[v] + 1
                    queue.append(c)
        return sorted(depth, key=lambda v: -depth[v])

    def backward(self):
        self.grad = 1.0
        for v in reversed(self.topological_sort()):
            v._backward()
