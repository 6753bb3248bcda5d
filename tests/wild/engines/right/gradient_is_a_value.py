# asks: my475/ex7, my475/ex9
# kind: attributes
# new: Variable(x)
# gradient: v.grad.data
class Variable:
    """Gradients are Variables themselves, so that they could be differentiated again."""

    def __init__(self, data, parents=(), pull=None):
        self.data = data
        self.parents = parents
        self.pull = pull
        self._grad = None

    @property
    def grad(self):
        if self._grad is None:
            self._grad = Variable(0.0)
        return self._grad

    @grad.setter
    def grad(self, new):
        self._grad = new if isinstance(new, Variable) else Variable(new)

    def __add__(self, other):
        return Variable(self.data + other.data, (self, other), lambda g: (g, g))

    def __mul__(self, other):
        return Variable(self.data * other.data, (self, other), lambda g: (g * other, g * self))

    def __neg__(self):
        return Variable(-self.data, (self,), lambda g: (-g,))

    def __sub__(self, other):
        return self + (-other)

    def __pow__(self, n):
        return Variable(self.data ** n, (self,),
                        lambda g: (g * Variable(n) * Variable(self.data ** (n - 1)),))

    def backward(self):
        order, seen = [], set()

        def visit(v):
            if id(v) not in seen:
                seen.add(id(v))
                for p in v.parents:
                    visit(p)
                order.append(v)

        visit(self)
        self.grad = Variable(1.0)
        for v in reversed(order):
            if v.pull:
                for p, g in zip(v.parents, v.pull(v.grad)):
                    p.grad = p.grad + g
