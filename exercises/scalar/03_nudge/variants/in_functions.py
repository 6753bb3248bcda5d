class Value:
    def __init__(self, value, prev=()):
        self.value = value
        self.derivative = 0
        self.prev = prev

    def __add__(self, other): return Value(self.value + other.value, [self, other])
    def __mul__(self, other): return Value(self.value * other.value, [self, other])


def forward(a, b, c, f):
    d = a * b
    e = d + c
    return d, e, e * f


a, b, c, f = (Value(number) for number in (2, -3, 10, -2))
d, e, o = forward(a, b, c, f)
o.derivative = 1
e.derivative, f.derivative = f.value * o.derivative, e.value * o.derivative
c.derivative = d.derivative = e.derivative
a.derivative, b.derivative = b.value * d.derivative, a.value * d.derivative
numbers = [(name, globals()[name].derivative) for name in "abcdef"]
print(numbers[2:])
for leaf in [a, b, c, f]:
    leaf.value = leaf.value + leaf.derivative / 100
d, e, o = forward(a, b, c, f)
h = 1e-5
start = [Value(2), Value(-3), Value(10), Value(-2)]
moved = [Value(2), Value(-3 + h), Value(10), Value(-2)]
print("numeric:", (forward(*moved)[2].value - forward(*start)[2].value) / h)
