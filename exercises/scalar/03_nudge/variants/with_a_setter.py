class Scalar:
    def __init__(self, number, left=None, right=None):
        self.data = number
        self.operands = [node for node in (left, right) if node is not None]
        self.slope_of_end = 0

    def get_grad(self): return self.slope_of_end
    def set_grad(self, slope): self.slope_of_end = float(slope)
    grad = property(get_grad, set_grad)

    def __add__(self, right): return Scalar(self.data + right.data, self, right)
    def __mul__(self, right): return Scalar(self.data * right.data, self, right)
    def __repr__(self): return f'<{self.data} with slope {self.grad}>'


f, c, b, a = Scalar(-2), Scalar(10), Scalar(-3), Scalar(2)
d = b * a
e = c + d
o = f * e
o.grad = 1
e.grad, f.grad = -2, 4
c.grad = d.grad = e.grad
b.grad, a.grad = -2 * 2, -2 * -3
print(a, b, c, d, e, f, o)

rate = 1 / 100
f.data += rate * f.grad
c.data += rate * c.grad
b.data += rate * b.grad
a.data += rate * a.grad
d = b * a
e = c + d
o = f * e
print('after the nudge:', o)


def check_b(step=1e-6):
    ends = []
    for number in (-3, -3 + step):
        ends.append(((Scalar(2) * Scalar(number) + Scalar(10)) * Scalar(-2)).data)
    low, high = ends
    return (high - low) / step


print('slope of o along b:', check_b())
a = b = c = d = e = f = o = None
