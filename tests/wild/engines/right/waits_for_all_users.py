# asks: my475/ex7, my475/ex9
# kind: order
class Value:
    def __init__(self, data, sources=()):
        self.data = data
        self.grad = 0.0
        self.sources = sources
        self.waiting = 0

    def __add__(self, other):
        return Value(self.data + other.data, [(self, 1), (other, 1)])

    def __mul__(self, other):
        return Value(self.data * other.data, [(self, other.data), (other, self.data)])

    def __neg__(self):
        return Value(-self.data, [(self, -1)])

    def __sub__(self, other):
        return Value(self.data - other.data, [(self, 1), (other, -1)])

    def __pow__(self, k):
        return Value(self.data ** k, [(self, k * self.data ** (k - 1))])

    def _count(self):
        self.waiting += 1
        if self.waiting == 1:
            for v, _ in self.sources:
                v._count()

    def _receive(self, g):
        self.grad += g
        self.waiting -= 1
        if self.waiting == 0:
            for v, d in self.sources:
                v._receive(d * self.grad)

    def backward(self):
        self.grad = 0.0
        self._count()
        self._receive(1.0)
