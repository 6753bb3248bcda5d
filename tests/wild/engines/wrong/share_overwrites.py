# asks: my475/ex7, my475/ex9
# kind: accumulation
# new: Num(x)
# number: v.n
# wrong: my475/ex7.routes_add_up, my475/ex9.minus_gradients
# at: backward
class Num:
    def __init__(self, n):
        self.n = n
        self.grad = 0
        self.how = []

    def make(self, n, *how):
        new = Num(n)
        new.how = how
        return new

    def __add__(self, b): return self.make(self.n + b.n, (self, 1), (b, 1))
    def __sub__(self, b): return self.make(self.n - b.n, (self, 1), (b, -1))
    def __mul__(self, b): return self.make(self.n * b.n, (self, b.n), (b, self.n))
    def __neg__(self): return self.make(-self.n, (self, -1))
    def __pow__(self, k): return self.make(self.n ** k, (self, k * self.n ** (k - 1)))

    def backward(self, g=1):
        self.grad = g
        for child, d in self.how:
            child.backward(g * d)
