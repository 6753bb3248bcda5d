class Value:
    """A number, a node of a computation graph."""

    def __init__(self, data):
        self.data = data

    def __repr__(self):
        return f"Value(data={self.data})"

    def __add__(self, other):
        return Value(self.data + other.data)

    def __mul__(self, other):
        return Value(self.data * other.data)

    def __neg__(self):
        return Value(-self.data)

    def __sub__(self, other):
        return Value(self.data - other.data)

    def __truediv__(self, other):
        return Value(self.data / other.data)

    def __pow__(self, exponent):
        """Raise to a plain number, an int or a float."""
        return Value(self.data**exponent)
