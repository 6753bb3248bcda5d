# asks: my475/ex7, my475/ex9
# kind: constructors
# new: Tensor(x, requires_grad=True)
class Tensor:
    def __init__(self, data, requires_grad=False, inputs=(), backward_fn=None):
        self.data = data
        self.requires_grad = requires_grad
        self.grad = 0.0 if requires_grad else None
        self.inputs = inputs
        self.backward_fn = backward_fn

    def _result(self, data, inputs, backward_fn):
        needs = any(i.requires_grad for i in inputs)
        return Tensor(data, needs, inputs if needs else (), backward_fn)

    def __add__(self, other):
        return self._result(self.data + other.data, (self, other), lambda g: (g, g))

    def __mul__(self, other):
        return self._result(self.data * other.data, (self, other),
                            lambda g: (g * other.data, g * self.data))

    def __sub__(self, other):
        return self._result(self.data - other.data, (self, other), lambda g: (g, -g))

    def __neg__(self):
        return self._result(-self.data, (self,), lambda g: (-g,))

    def __pow__(self, n):
        return self._result(self.data ** n, (self,), lambda g: (g * n * self.data ** (n - 1),))

    def zero_grad(self):
        self.grad = 0.0

    def backward(self):
        if not self.requires_grad:
            raise RuntimeError("this tensor does not require grad")
        order, seen = [], set()

        def visit(t):
            if id(t) in seen or not t.requires_grad:
                return
            seen.add(id(t))
            for i in t.inputs:
                visit(i)
            order.append(t)

        visit(self)
        self.grad = 1.0
        for t in reversed(order):
            if t.backward_fn is None or not t.inputs:
                continue
            for i, g in zip(t.inputs, t.backward_fn(t.grad)):
                if i.requires_grad:
                    i.grad += g
