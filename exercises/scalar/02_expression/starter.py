class Scalar:
    """A number, and what it was made from."""

    def __init__(self, data, children=(), op="", label=""):
        self.data = data
        # your code here: keep the children, the operation and the label

    def __add__(self, other):
        # your code here
        return None

    def __mul__(self, other):
        # your code here
        return None


# %% An expression
# your code here: a, b, c and f, then d = a * b, e = d + c and o = e * f
