class Value:
    """A number with a gradient, a node of a computation graph."""

    def __init__(self, data, _children=()):
        self.data = data
        self.grad = 0.0
        self._backward = lambda: None
        self._children = tuple(_children)

    def __repr__(self):
        return f"Value(data={self.data})"

    def __add__(self, other):
        out = Value(self.data + other.data, (self, other))
        # your code here: the rule of +, kept as out._backward
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other))
        # your code here: the rule of *, kept as out._backward
        return out

    def __pow__(self, exponent):
        out = Value(self.data**exponent, (self,))
        # your code here: the rule of **, kept as out._backward
        return out

    def __neg__(self):
        return self * Value(-1.0)

    def __sub__(self, other):
        return self + (-other)

    def __truediv__(self, other):
        return self * other**-1

    def backward(self):
        """Send the gradient of this node back through the whole graph."""
        # your code here
        return None
