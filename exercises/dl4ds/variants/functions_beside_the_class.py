class Value:
    def __init__(self, data, prev=(), op="", label=""):
        self.data = float(data)
        self.prev = tuple(prev)
        self.op = op
        self.label = label
        self.gradient = 0.0
        self._backward = lambda: None

    def __add__(self, other):
        out = Value(self.data + other.data, (self, other), "+")
        def _backward():
            for operand in (self, other): operand.gradient += out.gradient
        out._backward = _backward
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other), "*")
        def _backward():
            self.gradient += other.data * out.gradient
            other.gradient += self.data * out.gradient
        out._backward = _backward
        return out


def relu(x):
    out = Value(max(x.data, 0.0), (x,), "relu")
    def _backward():
        if x.data > 0:
            x.gradient += out.gradient
    out._backward = _backward
    return out


def trace(root, nodes=None, edges=None):
    nodes = set() if nodes is None else nodes
    edges = set() if edges is None else edges
    if root not in nodes:
        nodes.add(root)
        for child in root.prev:
            edges.add((child, root))
            trace(child, nodes, edges)
    return nodes, edges


def in_order(root, seen):
    if root in seen: return []
    seen.add(root)
    return [node for child in root.prev for node in in_order(child, seen)] + [root]


def backward(root):
    root.gradient = 1.0
    for node in reversed(in_order(root, set())): node._backward()


def zero_grad(root):
    for node in trace(root)[0]: node.gradient = 0.0
