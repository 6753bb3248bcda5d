class Value:
    """A number that knows what it was made from, and its gradient."""

    def __init__(self, data, _children=(), _op="", label=""):
        self.data = data
        self.grad = 0.0
        self._prev = tuple(_children)
        self._op = _op
        self.label = label

    def __repr__(self):
        return f"Value(data={self.data}, grad={self.grad})"

    def __add__(self, other):
        return Value(self.data + other.data, (self, other), "+")

    def __mul__(self, other):
        return Value(self.data * other.data, (self, other), "*")

    def relu(self):
        """Return max(0, x)."""
        return Value(max(0.0, self.data), (self,), "relu")


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
print(h.data)

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
