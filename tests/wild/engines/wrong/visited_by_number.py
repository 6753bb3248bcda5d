# asks: my475/ex7, sri/neuron
# kind: broken sort
# new: Scalar(x)
# wrong: my475/ex7.equal_numbers, sri/neuron.equal_numbers
# at: backward
import math


class Scalar:
    def __init__(self, data, prev=()):
        self.data = data
        self.grad = 0.0
        self.prev = prev

    def __add__(self, o):
        return Scalar(self.data + o.data, ((self, 1.0), (o, 1.0)))

    def __sub__(self, o):
        return Scalar(self.data - o.data, ((self, 1.0), (o, -1.0)))

    def __mul__(self, o):
        return Scalar(self.data * o.data, ((self, o.data), (o, self.data)))

    def __truediv__(self, o):
        return Scalar(self.data / o.data, ((self, 1 / o.data), (o, -self.data / o.data ** 2)))

    def tanh(self):
        t = math.tanh(self.data)
        return Scalar(t, ((self, 1 - t * t),))

    def exp(self):
        e = math.exp(self.data)
        return Scalar(e, ((self, e),))

    def backward(self):
        order, visited = [], set()

        def visit(node):
            if node.data in visited:
                return
            visited.add(node.data)
            for child, _ in node.prev:
                visit(child)
            order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            for child, d in node.prev:
                child.grad += d * node.grad
