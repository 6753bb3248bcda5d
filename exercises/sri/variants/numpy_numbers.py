import numpy as np
class Value:
    def __init__(self, data, _prev=()):
        self.data = np.float64(data); self.grad = np.float64(0); self._prev = set(_prev); self._backward = lambda: None
    def __add__(self, o):
        o = o if isinstance(o, Value) else Value(o)
        r = Value(np.add(self.data, o.data), {self, o})
        def b():
            self.grad = self.grad + r.grad
            o.grad = o.grad + r.grad
        r._backward = b
        return r
    def __mul__(self, o):
        if not isinstance(o, Value): o = Value(o)
        r = Value(self.data * o.data, {self, o})
        def b():
            self.grad = self.grad + r.grad * o.data
            o.grad = o.grad + r.grad * self.data
        r._backward = b
        return r
    def __pow__(self, n):
        r = Value(np.power(self.data, n), (self,))
        def b(): self.grad += n * np.power(self.data, n - 1) * r.grad
        r._backward = b
        return r
    def __neg__(self): return -1 * self
    def __sub__(self, o): return self + -1 * o
    def __truediv__(self, o): return self * (o ** -1 if isinstance(o, Value) else 1 / o)
    def __radd__(self, o): return self.__add__(o)
    def __rmul__(self, o): return self.__mul__(o)
    def __rsub__(self, o): return (self - o) * -1
    def __rtruediv__(self, o): return Value(o) / self
    def exp(self):
        r = Value(np.exp(self.data), (self,))
        def b(): self.grad += r.data * r.grad
        r._backward = b
        return r
    def tanh(self):
        e = (self * 2).exp()
        return (e - 1) / (e + 1)
    def backward(self):
        # Kahn: count consumers
        need, todo = {}, [self]
        seen = {self}
        while todo:
            n = todo.pop()
            for c in n._prev:
                need[c] = need.get(c, 0) + 1
                if c not in seen: seen.add(c); todo.append(c)
        self.grad = np.float64(1)
        ready = [self]
        while ready:
            n = ready.pop(); n._backward()
            for c in n._prev:
                need[c] -= 1
                if need[c] == 0: ready.append(c)
