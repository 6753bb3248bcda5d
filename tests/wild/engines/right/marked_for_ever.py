# asks: my475/ex7
# kind: broken sort
class Value:
    def __init__(self, data, _children=()):
        self.data = data
        self.grad = 0.0
        self._children = _children
        self._backward = lambda: None
        self.visited = False

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

    def backward(self):
        order = []
        def visit(v):
            if v.visited:
                return
            v.visited = True
            for c in v._children:
                visit(c)
            order.append(v)
        visit(self)
        self.grad = 1.0
        for v in reversed(order):
            v._backward()
