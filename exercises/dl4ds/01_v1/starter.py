class Value:
    """A number that knows what it was made from."""

    def __init__(self, data, _children=(), _op="", label=""):
        self.data = data
        # your code here: keep the children, the operation and the label

    def __repr__(self):
        return f"Value(data={self.data})"

    def __add__(self, other):
        # your code here
        return None

    def __mul__(self, other):
        # your code here
        return None

    def relu(self):
        """Return max(0, x)."""
        # your code here
        return None


def trace(root):
    """Return the set of nodes below `root`, itself among them, and the set of (child, parent)."""
    # your code here
    return None


# %% A small graph
# your code here: w, x, b, then f = w * x + b and h = f.relu()
