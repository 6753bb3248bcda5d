# asks: sri/arithmetic, sri/gradients, sri/reflected, sri/functions, sri/neuron
# kind: names
# new: Node(x)
# number: v.val
# pass: root.back_propagate()
"""Exercise 3, reverse mode.  Kahn's algorithm instead of recursion."""
import math
from collections import deque


class Node:
    def __init__(self, val, inputs=None, grad_fn=None):
        self.val = val
        self.inputs = inputs or []
        self.grad_fn = grad_fn
        self.grad = 0.0

    def _new(self, val, inputs, grad_fn):
        return Node(val, inputs, grad_fn)

    def __add__(self, other):
        other = to_node(other)
        return self._new(self.val + other.val, [self, other], lambda g: [g, g])

    def __sub__(self, other):
        other = to_node(other)
        return self._new(self.val - other.val, [self, other], lambda g: [g, -g])

    def __mul__(self, other):
        other = to_node(other)
        return self._new(self.val * other.val, [self, other],
                         lambda g: [g * other.val, g * self.val])

    def __truediv__(self, other):
        other = to_node(other)
        return self._new(self.val / other.val, [self, other],
                         lambda g: [g / other.val, -g * self.val / (other.val * other.val)])

    def __pow__(self, p):
        return self._new(self.val ** p, [self], lambda g: [g * p * self.val ** (p - 1)])

    def __neg__(self):
        return self._new(-self.val, [self], lambda g: [-g])

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, other):
        return to_node(other).__sub__(self)

    def __rtruediv__(self, other):
        return to_node(other).__truediv__(self)

    def tanh(self):
        t = math.tanh(self.val)
        return self._new(t, [self], lambda g: [g * (1.0 - t * t)])

    def exp(self):
        e = math.exp(self.val)
        return self._new(e, [self], lambda g: [g * e])

    def back_propagate(self):
        # count how often each node is used below this one
        uses = {}
        todo = [self]
        known = {id(self)}
        while todo:
            n = todo.pop()
            for i in n.inputs:
                uses[id(i)] = uses.get(id(i), 0) + 1
                if id(i) not in known:
                    known.add(id(i))
                    todo.append(i)
        self.grad = 1.0
        ready = deque([self])
        while ready:
            n = ready.popleft()
            if n.grad_fn is None:
                continue
            for i, g in zip(n.inputs, n.grad_fn(n.grad)):
                i.grad += g
                uses[id(i)] -= 1
                if uses[id(i)] == 0:
                    ready.append(i)


def to_node(x):
    return x if isinstance(x, Node) else Node(float(x))
