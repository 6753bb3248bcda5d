import math


class Scalar:
    made = 0

    def __init__(self, data, children=(), op="", label=""):
        self.data, self.children, self.op, self.label = data, children, op, label
        self.grad, self.grad_updated, self.uses = 0.0, False, ()
        Scalar.made += 1
        self.number = Scalar.made

    def __setattr__(self, name, held):
        object.__setattr__(self, name, held)
        if name == "grad" and "number" in self.__dict__: self.grad_updated = True

    def __add__(self, other): return Scalar(self.data + other.data, (self, other), "+")
    def __mul__(self, other): return Scalar(self.data * other.data, (self, other), "*")
    def tanh(self): return Scalar(math.tanh(self.data), (self,), "tanh")

    def _backward(self):
        if self.op == "+":
            for child in self.children: child.grad += self.grad
        elif self.op == "*":
            left, right = self.children
            left.grad += right.data * self.grad
            right.grad += left.data * self.grad
        elif self.op == "tanh":
            self.children[0].grad += (1 - self.data ** 2) * self.grad

    def backward(self):
        found, todo = set(), [self]
        while todo:
            node = todo.pop()
            if node not in found:
                found.add(node)
                todo.extend(node.children)
        self.grad = 1.0
        for node in sorted(found, key=lambda node: -node.number): node._backward()


def draw_dot(root, show_backprop=True, dot=None):
    if dot is None:
        from graphviz import Digraph
        dot = Digraph()
    name = str(id(root))
    if any(line.strip().startswith(f'{name} ') or line.strip().startswith(f'"{name}" ') for line in dot.body):
        return dot
    dot.node(name, label=f"{root.label} {root.data:.1f}")
    if root.op: dot.edge(f"{name}{root.op}", name)
    for child in root.children:
        draw_dot(child, show_backprop, dot)
        dot.edge(str(id(child)), f"{name}{root.op}")
        if show_backprop and root.grad != 0.0: dot.edge(str(id(child)), name, dir="back")
    return dot
