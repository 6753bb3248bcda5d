# asks: my475/ex7, my475/ex9, scalar/reuse
# kind: names
# new: Scalar(x)
# number: v.v
# gradient: v.g
# pass: root.backwards()
from math import tanh as _tanh

class Scalar:
    def __init__(self, v, kids=(), rule=None):
        self.v, self.g = v, 0
        self.kids = list(kids)
        self.rule = rule

    def __add__(self, other):
        res = Scalar(self.v + other.v, [self, other])
        def rule():
            self.g += res.g
            other.g += res.g
        res.rule = rule
        return res

    def __mul__(self, other):
        res = Scalar(self.v * other.v, [self, other])
        def rule():
            self.g += other.v * res.g
            other.g += self.v * res.g
        res.rule = rule
        return res

    def __neg__(self):
        return self * Scalar(-1)

    def __sub__(self, other):
        return self + -other

    def __pow__(self, k):
        res = Scalar(self.v ** k, [self])
        def rule():
            self.g += k * self.v ** (k - 1) * res.g
        res.rule = rule
        return res

    def tanh(self):
        res = Scalar(_tanh(self.v), [self])
        def rule():
            self.g += (1 - res.v ** 2) * res.g
        res.rule = rule
        return res

    def backwards(self):
        # iterative depth first: (node, children done?)
        order, done, stack = [], set(), [(self, False)]
        while stack:
            node, ready = stack.pop()
            if ready:
                order.append(node)
                continue
            if id(node) in done:
                continue
            done.add(id(node))
            stack.append((node, True))
            for kid in node.kids:
                stack.append((kid, False))
        self.g = 1
        while order:
            node = order.pop()
            if node.rule:
                node.rule()
