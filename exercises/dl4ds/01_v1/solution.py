class Value:
    """A number that knows what it was made from."""

    def __init__(self, data, _children=(), _op="", label=""):
        self.data = data
        self._prev = tuple(_children)
        self._op = _op
        self.label = label

    def __repr__(self):
        return f"Value(data={self.data})"

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


# %% A small graph
w = Value(4.0, label="w")
x = Value(-3.0, label="x")
b = Value(8.0, label="b")
wx = w * x
wx.label = "wx"
f = wx + b
f.label = "f"
h = f.relu()
h.label = "h"

# %% Its nodes and edges
nodes, edges = trace(h)
print(f.data, h.data, len(nodes), len(edges))
