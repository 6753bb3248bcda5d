from math import exp, log


class Value:
    def __init__(self, data, parents=(), slopes=()):
        self.data, self.grad = data, 0.0
        self.parents, self.slopes = parents, slopes

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    __radd__ = __add__

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def __truediv__(self, other):
        slopes = (1 / other.data, -self.data / other.data**2)
        return Value(self.data / other.data, (self, other), slopes)

    def __neg__(self):
        return Value(-self.data, (self,), (-1.0,))

    def exp(self):
        return Value(exp(self.data), (self,), (exp(self.data),))

    def log(self):
        return Value(log(self.data), (self,), (1 / self.data,))

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if id(node) not in seen:
                seen.add(id(node))
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            for parent, slope in zip(node.parents, node.slopes):
                parent.grad += slope * node.grad


def softmax(scores):
    most = max(score.data for score in scores)
    powers = [(score + -most).exp() for score in scores]
    total = sum(powers[1:], powers[0])
    return [power / total for power in powers]


def likelihood_loss(scores, right):
    powers = [score.exp() for score in scores]
    return sum(powers[1:], powers[0]).log() + -scores[right]
