# asks: sri/reflected, my475/ex9
# kind: reflected operators
# wrong: sri/reflected.minus_right, sri/reflected.minus_left, my475/ex9.squared_error, my475/ex9.minus_gradients
# at: __sub__, __rsub__
# says: recursion
class Value:
    def __init__(self, data, _children=()):
        self.data = data
        self.grad = 0.0
        self._children = _children
        self._backward = lambda: None

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))
        def _backward():
            self.grad += out.grad
            other.grad += out.grad
        out._backward = _backward
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))
        def _backward():
            self.grad += out.grad * other.data
            other.grad += out.grad * self.data
        out._backward = _backward
        return out

    def __pow__(self, n):
        out = Value(self.data ** n, (self,))
        def _backward():
            self.grad += out.grad * n * self.data ** (n - 1)
        out._backward = _backward
        return out

    def __sub__(self, other):
        return -(other - self)

    def __rsub__(self, other):
        return -(self - other)

    def __neg__(self):
        return self * -1

    def __truediv__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return self * other ** -1

    def __rtruediv__(self, other):
        return Value(other) * self ** -1

    __radd__ = __add__
    __rmul__ = __mul__

    def backward(self):
        topo = []
        def build(v):
            if v not in topo:
                for c in v._children:
                    build(c)
                topo.append(v)
        build(self)
        self.grad = 1.0
        for v in topo[::-1]:
            v._backward()
