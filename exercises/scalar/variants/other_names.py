import math


# value, gradient, parents and operation in place of data, grad, prev and op; tanh is a function
class Scalar:
    def __init__(self, value, parents=None, operation=None, label=None):
        self.value, self.gradient = value, 0.0
        self.parents, self.operation, self.label = list(parents or []), operation, label
        self._backward = self.nothing

    def nothing(self):
        pass

    def __add__(self, other):
        out = Scalar(self.value + other.value, [self, other], "+")
        def rule():
            for node in (self, other): node.gradient += out.gradient
        out._backward = rule
        return out

    def __mul__(self, other):
        out = Scalar(self.value * other.value, [self, other], "*")
        def rule():
            self.gradient += out.gradient * other.value
            other.gradient += out.gradient * self.value
        out._backward = rule
        return out

    def below(self):
        order, stack, seen = [], [(self, False)], set()
        while stack:
            node, done = stack.pop()
            if done:
                order.append(node)
            elif id(node) not in seen:
                seen.add(id(node))
                stack.append((node, True))
                stack += [(parent, False) for parent in node.parents]
        return order

    def backward(self):
        self.gradient = 1.0
        for node in self.below()[::-1]: node._backward()


def tanh(x):
    t = math.tanh(x.value)
    out = Scalar(t, [x], "tanh")
    def rule(): x.gradient += out.gradient * (1 - t * t)
    out._backward = rule
    return out


def draw_dot(root, show_backprop=True):
    import graphviz
    dot = graphviz.Digraph()
    dot.attr(rankdir="LR")
    for node in root.below():
        dot.node(f"{id(node)}", f"{node.label} {node.value:.2f}")
        for parent in set(node.parents):
            dot.edge(f"{id(parent)}", f"{id(node)}{node.operation}")
            if show_backprop and node.gradient:
                dot.edge(f"{id(parent)}", f"{id(node)}", dir="back")
        if node.parents:
            dot.node(f"{id(node)}{node.operation}", node.operation)
            dot.edge(f"{id(node)}{node.operation}", f"{id(node)}")
    return dot
