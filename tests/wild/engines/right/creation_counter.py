# asks: my475/ex7, my475/ex9, sri/gradients, sri/neuron
# kind: order
# new: Node(x)
# number: v.value
import heapq
import itertools
import math

counter = itertools.count()


class Node:
    def __init__(self, value, args=(), partials=()):
        self.value = value
        self.grad = 0.0
        self.args = args
        self.partials = partials
        self.born = next(counter)     # parents are always born later than children

    def __lt__(self, other):
        return self.born > other.born

    def __add__(self, other):
        return Node(self.value + other.value, (self, other), (1.0, 1.0))

    def __sub__(self, other):
        return Node(self.value - other.value, (self, other), (1.0, -1.0))

    def __mul__(self, other):
        return Node(self.value * other.value, (self, other), (other.value, self.value))

    def __truediv__(self, other):
        return Node(self.value / other.value, (self, other),
                    (1 / other.value, -self.value / other.value ** 2))

    def __pow__(self, n):
        return Node(self.value ** n, (self,), (n * self.value ** (n - 1),))

    def __neg__(self):
        return Node(-self.value, (self,), (-1.0,))

    def tanh(self):
        t = math.tanh(self.value)
        return Node(t, (self,), (1 - t ** 2,))

    def exp(self):
        e = math.exp(self.value)
        return Node(e, (self,), (e,))

    def backward(self):
        self.grad = 1.0
        queue, queued = [self], {id(self)}
        while queue:
            node = heapq.heappop(queue)
            for arg, partial in zip(node.args, node.partials):
                arg.grad += partial * node.grad
                if id(arg) not in queued:
                    queued.add(id(arg))
                    heapq.heappush(queue, arg)
