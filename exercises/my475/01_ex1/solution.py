class Value:
    """A number, soon a node of a computation graph."""

    def __init__(self, data):
        self.data = data

    def __repr__(self):
        return f"Value(data={self.data})"
