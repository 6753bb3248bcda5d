import numpy as np


class Value:
    def __init__(self, number, *shares):
        self.data, self.grad, self.shares = np.float64(number), np.float64(0), shares

    def __add__(self, right):
        return Value(self.data + right.data, (self, 1), (right, 1))

    def __mul__(self, right):
        return Value(self.data * right.data, (self, right.data), (right, self.data))

    def relu(self):
        return Value(np.maximum(self.data, 0), (self, self.data > 0))

    def backward(self, slope=1.0):
        self.grad = self.grad + slope
        for node, local in self.shares:
            node.backward(slope * local)


b, x, w = map(Value, (14, -3, 4))
product = x * w
f = b + product
h = f.relu()
h.backward()
w.data, b.data = w.data - w.grad / 100, b.data - b.grad / 100
h = (x * w + b).relu()
print(h.data)
