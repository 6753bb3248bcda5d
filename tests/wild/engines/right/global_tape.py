# asks: my475/ex7, my475/ex9, sri
# kind: tape
import math

TAPE = []

class Value:
    def __init__(self, data):
        self.data = data
        self.grad = 0.0

    def __add__(self, other):
        other = lift(other)
        out = Value(self.data + other.data)
        TAPE.append((out, [(self, 1.0), (other, 1.0)]))
        return out

    def __mul__(self, other):
        other = lift(other)
        out = Value(self.data * other.data)
        TAPE.append((out, [(self, other.data), (other, self.data)]))
        return out

    def __pow__(self, n):
        out = Value(self.data ** n)
        TAPE.append((out, [(self, n * self.data ** (n - 1))]))
        return out

    def __neg__(self): return self * -1
    def __sub__(self, other): return self + (-lift(other))
    def __truediv__(self, other): return self * lift(other) ** -1
    def __radd__(self, other): return self + other
    def __rmul__(self, other): return self * other
    def __rsub__(self, other): return lift(other) - self
    def __rtruediv__(self, other): return lift(other) / self

    def tanh(self):
        t = math.tanh(self.data)
        out = Value(t)
        TAPE.append((out, [(self, 1 - t * t)]))
        return out

    def exp(self):
        e = math.exp(self.data)
        out = Value(e)
        TAPE.append((out, [(self, e)]))
        return out

    def backward(self):
        grads = {id(self): 1.0}
        for out, inputs in reversed(TAPE):
            g = grads.get(id(out))
            if g is None:
                continue
            for v, local in inputs:
                grads[id(v)] = grads.get(id(v), 0.0) + g * local
        # hand the sums to the objects
        done = set()
        for out, inputs in TAPE:
            for v in [out] + [i for i, _ in inputs]:
                if id(v) not in done and id(v) in grads:
                    done.add(id(v))
                    v.grad += grads[id(v)]


def lift(x):
    return x if isinstance(x, Value) else Value(x)
