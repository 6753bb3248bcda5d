class Value:
    """A number, a node of a computation graph."""

    def __init__(self, data):
        self.data = data

    def __repr__(self):
        return f"Value(data={self.data})"

    def __add__(self, other):
        # your code here
        return None

    def __mul__(self, other):
        # your code here
        return None

    def __neg__(self):
        # your code here
        return None

    def __sub__(self, other):
        # your code here
        return None

    def __truediv__(self, other):
        # your code here
        return None

    def __pow__(self, exponent):
        # your code here
        return None
