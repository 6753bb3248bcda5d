# asks: dl4ds/v3, dl4ds/v4, my475/ex9
# kind: patched classes
# %%
class Value:
    def __init__(self, data, label=''):
        self.data = data
        self.label = label
        self.grad = 0.0
        self.prev = []
        self._backward = lambda: None
# %%
def add(self, other):
    out = Value(self.data + other.data)
    out.prev = [self, other]
    def _backward():
        self.grad += out.grad
        other.grad += out.grad
    out._backward = _backward
    return out

Value.__add__ = add
# %%
def mul(self, other):
    out = Value(self.data * other.data)
    out.prev = [self, other]
    def _backward():
        self.grad += out.grad * other.data
        other.grad += out.grad * self.data
    out._backward = _backward
    return out

Value.__mul__ = mul
# %%
class Value(Value):
    def relu(self):
        out = Value(max(self.data, 0.0))
        out.prev = [self]
        def _backward():
            if self.data > 0:
                self.grad += out.grad
        out._backward = _backward
        return out

    def __neg__(self):
        return self * Value(-1.0)

    def __sub__(self, other):
        return self + (-other)

    def __pow__(self, n):
        out = Value(self.data ** n)
        out.prev = [self]
        def _backward():
            self.grad += n * self.data ** (n - 1) * out.grad
        out._backward = _backward
        return out
# %%
def nodes(root):
    found = []
    def visit(v):
        if v not in found:
            for p in v.prev:
                visit(p)
            found.append(v)
    visit(root)
    return found

def backward(self):
    self.grad = 1.0
    for v in reversed(nodes(self)):
        v._backward()

def zero_grad(self):
    for v in nodes(self):
        v.grad = 0.0

Value.backward = backward
Value.zero_grad = zero_grad
