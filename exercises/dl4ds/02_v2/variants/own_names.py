class Value:
    def __init__(self, data, parents=(), op="", label=""):
        self.data = data
        self.derivative = 0
        self.parents = parents
        self.op = op
        self.label = label

    def __add__(self, other): return Value(self.data + other.data, [self, other], "+")
    def __mul__(self, other): return Value(self.data * other.data, [self, other], "*")
    def relu(self): return Value(max(0, self.data), [self], "relu")


def forward():
    global f, h
    f = x * w + b
    h = f.relu()
    return h.data


w, x, b = Value(4), Value(-3), Value(14)
print(forward())
h.derivative = f.derivative = b.derivative = 1
w.derivative, x.derivative = x.data, w.data
for p in (w, b):
    p.data = p.data - 0.01 * p.derivative
print(forward())
w, x, b = Value(0), Value(0), Value(0)
