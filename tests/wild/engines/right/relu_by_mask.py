# asks: dl4ds/v3, dl4ds/v4
# kind: composed
class Value:
    def __init__(self, data, _prev=(), _op=""):
        self.data = data
        self.grad = 0.0
        self._prev = _prev
        self._op = _op

    def __add__(self, other):
        return Value(self.data + other.data, (self, other), "+")

    def __mul__(self, other):
        return Value(self.data * other.data, (self, other), "*")

    def relu(self):
        mask = Value(1.0 if self.data > 0 else 0.0)
        return self * mask

    def _rule(self):
        if self._op == "+":
            l, r = self._prev
            l.grad += self.grad
            r.grad += self.grad
        elif self._op == "*":
            l, r = self._prev
            l.grad += r.data * self.grad
            r.grad += l.data * self.grad

    def nodes(self):
        found = []
        def go(v):
            if v not in found:
                for p in v._prev:
                    go(p)
                found.append(v)
        go(self)
        return found

    def backward(self):
        self.grad = 1.0
        for v in reversed(self.nodes()):
            v._rule()

    def zero_grad(self):
        for v in self.nodes():
            v.grad = 0.0
