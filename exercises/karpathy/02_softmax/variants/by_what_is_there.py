import math


def number(value):
    return value.data if isinstance(value, Value) else value


class Value:
    """A node that knows how to send its own gradient on."""

    def __init__(self, data):
        self.data = float(data)
        self.grad = 0.0
        self.inputs = []

    @classmethod
    def result(cls, data, *inputs):
        made = cls(data)
        made.inputs = [(node, slope) for node, slope in inputs if isinstance(node, Value)]
        return made

    def __add__(self, other):
        return Value.result(self.data + number(other), (self, 1.0), (other, 1.0))

    def __mul__(self, other):
        return Value.result(self.data * number(other), (self, number(other)), (other, self.data))

    def __pow__(self, exponent):
        return Value.result(
            self.data**exponent, (self, exponent * self.data ** (exponent - 1))
        )

    def exp(self):
        grown = math.exp(self.data)
        return Value.result(grown, (self, grown))

    def log(self):
        return Value.result(math.log(self.data), (self, 1.0 / self.data))

    def __neg__(self):
        return self * -1.0

    def __truediv__(self, other):
        return self * other**-1

    def backward(self):
        waiting, uses = [self], {}
        while waiting:
            for node, _ in waiting.pop().inputs:
                if node not in uses:
                    waiting.append(node)
                uses[node] = uses.get(node, 0) + 1
        self.grad = 1.0
        ready = [self]
        while ready:
            node = ready.pop()
            for below, slope in node.inputs:
                below.grad += slope * node.grad
                uses[below] -= 1
                if uses[below] == 0:
                    ready.append(below)


def softmax(scores):
    total = Value(0.0)
    for score in scores:
        total = total + score.exp()
    return [(score + -total.log()).exp() for score in scores]


def likelihood_loss(scores, right):
    return -(softmax(scores)[right].log())
