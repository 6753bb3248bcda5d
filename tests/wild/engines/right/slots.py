# asks: dl4ds/v3, my475/ex7, my475/ex9
# kind: attributes
class Value:
    __slots__ = ("data", "grad", "_prev", "_op", "_fn")

    def __init__(self, data, _prev=(), _op=""):
        self.data = data
        self.grad = 0
        self._prev = _prev
        self._op = _op
        self._fn = None

    def __add__(self, other):
        out = Value(self.data + other.data, (self, other), "+")

        def fn():
            self.grad += out.grad
            other.grad += out.grad

        out._fn = fn
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other), "*")

        def fn():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._fn = fn
        return out

    def __neg__(self):
        out = Value(-self.data, (self,), "-")

        def fn():
            self.grad -= out.grad

        out._fn = fn
        return out

    def __sub__(self, other):
        return self + (-other)

    def __pow__(self, n):
        out = Value(self.data ** n, (self,), "**")

        def fn():
            self.grad += n * self.data ** (n - 1) * out.grad

        out._fn = fn
        return out

    def relu(self):
        out = Value(self.data if self.data > 0 else 0, (self,), "relu")

        def fn():
            if out.data > 0:
                self.grad += out.grad

        out._fn = fn
        return out

    def backward(self):
        order, seen = [], set()
        todo = [(self, iter(self._prev))]
        seen.add(self)
        while todo:
            node, rest = todo[-1]
            for child in rest:
                if child not in seen:
                    seen.add(child)
                    todo.append((child, iter(child._prev)))
                    break
            else:
                order.append(node)
                todo.pop()
        self.grad = 1
        for node in reversed(order):
            if node._fn:
                node._fn()
