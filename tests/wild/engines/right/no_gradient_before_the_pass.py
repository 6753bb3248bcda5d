# asks: my475/ex7, my475/ex9, sri
# kind: attributes
# number: v.value
# new: Variable(x)
import math


class Variable:
    """grad is None until backward() has come by, as in PyTorch."""

    def __init__(self, value):
        self.value = value
        self.grad = None
        self.creator = None

    def _accumulate(self, g):
        self.grad = g if self.grad is None else self.grad + g

    def __add__(self, other):
        return apply("add", self, other)

    def __radd__(self, other):
        return apply("add", other, self)

    def __sub__(self, other):
        return apply("sub", self, other)

    def __rsub__(self, other):
        return apply("sub", other, self)

    def __mul__(self, other):
        return apply("mul", self, other)

    def __rmul__(self, other):
        return apply("mul", other, self)

    def __truediv__(self, other):
        return apply("div", self, other)

    def __rtruediv__(self, other):
        return apply("div", other, self)

    def __neg__(self):
        return apply("neg", self)

    def __pow__(self, n):
        out = Variable(self.value ** n)
        out.creator = ((self,), (n * self.value ** (n - 1),))
        return out

    def tanh(self):
        return apply("tanh", self)

    def exp(self):
        return apply("exp", self)

    def backward(self):
        order = []
        marks = set()

        def sort(v):
            if id(v) not in marks:
                marks.add(id(v))
                if v.creator:
                    for i in v.creator[0]:
                        sort(i)
                order.insert(0, v)

        sort(self)
        self.grad = 1.0
        for v in order:
            if v.creator:
                for i, d in zip(*v.creator):
                    i._accumulate(d * v.grad)


def apply(name, *args):
    args = tuple(a if isinstance(a, Variable) else Variable(a) for a in args)
    x = args[0].value
    y = args[-1].value
    if name == "add":
        value, local = x + y, (1.0, 1.0)
    elif name == "sub":
        value, local = x - y, (1.0, -1.0)
    elif name == "mul":
        value, local = x * y, (y, x)
    elif name == "div":
        value, local = x / y, (1 / y, -x / y ** 2)
    elif name == "neg":
        value, local = -x, (-1.0,)
    elif name == "exp":
        value = math.exp(x)
        local = (value,)
    elif name == "tanh":
        value = math.tanh(x)
        local = (1 - value * value,)
    out = Variable(value)
    out.creator = (args, local)
    return out
