# value, g, children and operation in place of data, grad, _prev and _op
class Var:
    def __init__(self, value, children=None, operation="", label=""):
        self.value, self.g = value, 0.0
        self.children, self.operation, self.label = list(children or []), operation, label
        self.rule = None

    def __add__(self, other):
        out = Var(self.value + other.value, [self, other], "+")
        out.rule = lambda up: [(self, up), (other, up)]
        return out

    def __mul__(self, other):
        out = Var(self.value * other.value, [self, other], "*")
        out.rule = lambda up: [(self, up * other.value), (other, up * self.value)]
        return out

    def relu(self):
        out = Var(self.value if self.value > 0 else 0, [self], "RELU")
        out.rule = lambda up: [(self, up if self.value > 0 else 0.0)]
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
                stack += [(child, False) for child in node.children]
        return order

    def backward(self):
        self.g = 1.0
        for node in self.below()[::-1]:
            for child, share in node.rule(node.g) if node.rule else ():
                child.g += share

    def zero_grad(self):
        for node in self.below(): node.g = 0.0


def trace(root):
    nodes = root.below()
    return nodes, [(child, node) for node in nodes for child in node.children]
