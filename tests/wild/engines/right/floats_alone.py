# asks: my475/ex7, my475/ex9, sri/gradients
# kind: constructors
# new: Value(float(x))
class Value:
    def __init__(self, data, label="", *, parents=()):
        if not isinstance(data, float):
            raise TypeError(f"a Value holds a float, not {type(data).__name__}")
        self.data = data
        self.label = label
        self.grad = 0.0
        self.parents = parents

    def __add__(self, other):
        return Value(self.data + other.data, "+", parents=((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        return Value(self.data * other.data, "*", parents=((self, other.data), (other, self.data)))

    def __neg__(self):
        return Value(-self.data, "neg", parents=((self, -1.0),))

    def __sub__(self, other):
        return self + (-other)

    def __truediv__(self, other):
        return self * other ** -1

    def __pow__(self, n):
        return Value(self.data ** n, f"**{n}", parents=((self, n * self.data ** (n - 1)),))

    def backward(self):
        topo = []
        seen = set()
        def build(v):
            if v not in seen:
                seen.add(v)
                for p, _ in v.parents:
                    build(p)
                topo.append(v)
        build(self)
        self.grad = 1.0
        for v in reversed(topo):
            for p, d in v.parents:
                p.grad += d * v.grad
