# asks: my475/ex7, my475/ex9, sri/gradients
# kind: passes
# new: Value(x)
# pass: root.backward(1.0)
class Value:
    def __init__(self, data, children=()):
        self.data = data
        self.grad = 0.0
        self.children = children
        self._push = lambda: None

    def __add__(self, other):
        out = Value(self.data + other.data, (self, other))

        def push():
            self.grad += out.grad
            other.grad += out.grad

        out._push = push
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other))

        def push():
            self.grad += out.grad * other.data
            other.grad += out.grad * self.data

        out._push = push
        return out

    def __pow__(self, n):
        out = Value(self.data ** n, (self,))

        def push():
            self.grad += out.grad * n * self.data ** (n - 1)

        out._push = push
        return out

    def __neg__(self):
        return self * Value(-1.0)

    def __sub__(self, other):
        return self + (-other)

    def __truediv__(self, other):
        return self * other ** -1

    def backward(self, seed):
        """Seed the gradient of this node (normally with 1) and go back."""
        nodes = []

        def walk(v):
            if v in nodes:
                return
            for c in v.children:
                walk(c)
            nodes.append(v)

        walk(self)
        self.grad = seed
        for v in reversed(nodes):
            v._push()
