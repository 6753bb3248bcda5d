# asks: my475/ex7, my475/ex9, sri/gradients
# kind: children
# number: v.val
# gradient: v.derivative
# new: Scalar(x)
class Scalar:
    """children: {child: d self / d child}"""

    def __init__(self, val, children=None):
        self.val = val
        self.derivative = 0.0
        self.children = children if children is not None else {}

    @classmethod
    def _made(cls, val, *pairs):
        children = {}
        for child, slope in pairs:
            children[child] = children.get(child, 0.0) + slope   # a * a has one child, twice
        return cls(val, children)

    def __add__(self, other):
        return Scalar._made(self.val + other.val, (self, 1.0), (other, 1.0))

    def __sub__(self, other):
        return Scalar._made(self.val - other.val, (self, 1.0), (other, -1.0))

    def __mul__(self, other):
        return Scalar._made(self.val * other.val, (self, other.val), (other, self.val))

    def __truediv__(self, other):
        return Scalar._made(self.val / other.val,
                            (self, 1 / other.val), (other, -self.val / other.val ** 2))

    def __neg__(self):
        return Scalar._made(-self.val, (self, -1.0))

    def __pow__(self, n):
        return Scalar._made(self.val ** n, (self, n * self.val ** (n - 1)))

    def backward(self):
        order = []
        seen = set()

        def post(v):
            if v in seen:
                return
            seen.add(v)
            for c in v.children:
                post(c)
            order.append(v)

        post(self)
        self.derivative = 1.0
        for v in reversed(order):
            for c, slope in v.children.items():
                c.derivative += slope * v.derivative
