class Value:
    """A number that knows what it was made from, and its gradient."""

    def __init__(self, data, _children=(), _op="", label=""):
        self.data = data
        self.grad = 0.0
        self._backward = lambda: None
        self._prev = tuple(_children)
        self._op = _op
        self.label = label

    def __repr__(self):
        return f"Value(data={self.data}, grad={self.grad})"

    def __add__(self, other):
        out = Value(self.data + other.data, (self, other), "+")

        def _backward():
            self.grad += out.grad
            other.grad += out.grad

        out._backward = _backward
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other), "*")

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out

    def relu(self):
        """Return max(0, x)."""
        out = Value(max(0.0, self.data), (self,), "relu")

        def _backward():
            self.grad += (self.data > 0) * out.grad

        out._backward = _backward
        return out

    def backward(self):
        """Add d this / d node to the gradient of every node below."""
        self.grad = 1.0
        for node in reversed(topological_order(self)):
            node._backward()

    def zero_grad(self):
        """Set the gradient of this node, and of every node below, to 0."""
        for node in topological_order(self):
            node.grad = 0.0


def topological_order(root):
    """Return every node below `root`, and `root` last, each once, children before parents."""
    order = []
    visited = set()

    def visit(node):
        if node not in visited:
            visited.add(node)
            for child in node._prev:
                visit(child)
            order.append(node)

    visit(root)
    return order


def trace(root):
    """Return the set of nodes below `root`, itself among them, and the set of (child, parent)."""
    nodes, edges = set(), set()

    def visit(node):
        if node not in nodes:
            nodes.add(node)
            for child in node._prev:
                edges.add((child, node))
                visit(child)

    visit(root)
    return nodes, edges


# %% The graph again, with b = 14
w = Value(4.0, label="w")
x = Value(-3.0, label="x")
b = Value(14.0, label="b")
wx = w * x
f = wx + b
h = f.relu()

# %% Gradients by hand, from h to the leaves
h.grad = 1.0
f.grad = float(f.data > 0) * h.grad
wx.grad = f.grad
b.grad = f.grad
w.grad = x.data * wx.grad
x.grad = w.data * wx.grad

# %% A step against the gradient, and the graph anew
step = 0.01
w.data -= step * w.grad
b.data -= step * b.grad
wx = w * x
f = wx + b
h = f.relu()
print(h.data)


# %% Two samples, one after the other
w1 = Value(-3.0, label="w1")
w2 = Value(1.0, label="w2")
b = Value(6.8813735870195432, label="b")
for first, second in [(2.0, 0.0), (1.0, -1.0)]:
    x1, x2 = Value(first), Value(second)
    o = (x1 * w1 + x2 * w2 + b).relu()
    o.backward()
print(o.data, w1.grad, w2.grad, b.grad)

# %% A step, and everything back to zero
for parameter in (w1, w2, b):
    parameter.data -= 0.01 * parameter.grad
o = (x1 * w1 + x2 * w2 + b).relu()
print(o.data)
o.zero_grad()
print(w1.grad, w2.grad, b.grad)
