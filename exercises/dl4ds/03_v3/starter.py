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
        # your code here: the rule of a sum, as out._backward
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other), "*")
        # your code here: the rule of a product
        return out

    def relu(self):
        """Return max(0, x)."""
        out = Value(max(0.0, self.data), (self,), "relu")
        # your code here: the rule of relu
        return out

    def backward(self):
        """Add d this / d node to the gradient of every node below."""
        # your code here


# %% A neuron with two inputs
x1 = Value(2.0, label="x1")
x2 = Value(0.0, label="x2")
w1 = Value(-3.0, label="w1")
w2 = Value(1.0, label="w2")
b = Value(6.8813735870195432, label="b")
# when backward works: o = (x1 * w1 + x2 * w2 + b).relu()

# %% Its gradients, and a step
# your code here
