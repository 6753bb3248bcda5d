from math import copysign

SLOPES = {
    "+": lambda a, b: (1, 1),
    "*": lambda a, b: (b.data, a.data),
    "ReLU": lambda a: (1 if a.data > 0 else 0,),
}


class Value:
    made = 0

    def __init__(self, data, label="", _op="", _children=()):
        self.data, self.label, self._op, self._children = data, label, _op, _children
        self.grad = 0
        Value.made += 1
        self.number = Value.made

    def __repr__(self): return f"<{self.label or self._op}: {self.data:.4f}>"
    def __add__(self, other): return Value(self.data + other.data, "", "+", (self, other))
    def __mul__(self, other): return Value(self.data * other.data, "", "*", (self, other))
    def relu(self): return Value((self.data + copysign(self.data, 1)) / 2, "", "ReLU", (self,))

    def backward(self):
        self.grad = 1
        nodes, _ = trace(self)
        for node in sorted(nodes, key=lambda node: -node.number):
            if node._op:
                for child, slope in zip(node._children, SLOPES[node._op](*node._children)):
                    child.grad += node.grad * slope

    def zero_grad(self):
        nodes, _ = trace(self)
        for node in nodes: node.grad = 0


def trace(root):
    nodes, edges = set(), set()
    def build(node):
        nodes.add(node)
        for child in node._children:
            edges.add((child, node))
            if child not in nodes: build(child)
    build(root)
    return [nodes, edges]
