class Value:
    """A number that knows what it was made from."""

    def __init__(self, data, _children=(), _op="", label=""):
        self.data = data
        # your code here: a gradient, which starts at 0
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


# %% The graph, with b = 14
# your code here: x, b, f and h

# %% Gradients by hand, from h to the leaves
# your code here

# %% A step against the gradient, and the graph anew
# your code here
