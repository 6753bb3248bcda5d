# asks: dl4ds/v3, dl4ds/v4
# kind: composed
class Value:
    def __init__(self, data, _children=(), label=''):
        self.data = data
        self.label = label
        self.grad = 0.0
        self._prev = _children
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

    def __gt__(self, other):
        return self.data > other.data

    def __lt__(self, other):
        return self.data < other.data

    def relu(self):
        # max gives back one of the two nodes: through self the gradient passes, through 0 it ends
        return max(Value(0.0), self)

    def _topo(self):
        topo, visited = [], set()
        def build(v):
            if v not in visited:
                visited.add(v)
                for c in v._prev:
                    build(c)
                topo.append(v)
        build(self)
        return topo

    def zero_grad(self):
        for v in self._topo():
            v.grad = 0.0

    def backward(self):
        self.grad = 1.0
        for v in reversed(self._topo()):
            v._backward()
