class Node:
    """Arithmetic; results are of the subclass."""
    def __init__(self, data, children=(), op=None, label=None):
        self.data, self.children, self.op, self.label = data, frozenset(children), op, label or ""
        self.grad = 0.0
        self._backward = self.nothing
    def nothing(self): pass
    def lift(self, other): return other if isinstance(other, Node) else type(self)(other)
    def __add__(self, other):
        other = self.lift(other)
        out = type(self)(self.data + other.data, (self, other), "+")
        def rule():
            self.grad = self.grad + out.grad
            other.grad = other.grad + out.grad
        out._backward = rule
        return out
    __radd__ = __add__
    def __mul__(self, other):
        other = self.lift(other)
        out = type(self)(self.data * other.data, (self, other), "*")
        def rule():
            self.grad = self.grad + other.data * out.grad
            other.grad = other.grad + self.data * out.grad
        out._backward = rule
        return out
    __rmul__ = __mul__


class Value(Node):
    def relu(self):
        if self.data <= 0:
            return Value(0.0, (self,), "relu")  # flat: no rule at all
        out = Value(self.data, (self,), "relu")
        def rule(): self.grad = self.grad + out.grad
        out._backward = rule
        return out
    def visit(self, done, order):
        if self not in done:
            done.add(self)
            for child in self.children: child.visit(done, order)
            order.insert(0, self)
        return order
    def backward(self):
        self.grad = 1.0
        for node in self.visit(set(), []): node._backward()
    def zero_grad(self):
        for node in self.visit(set(), []): node.grad = 0.0


def trace(root):
    nodes, edges, todo = {root}, set(), [root]
    while todo:
        node = todo.pop()
        edges |= {(child, node) for child in node.children}
        fresh = node.children - nodes
        nodes |= fresh
        todo.extend(fresh)
    return nodes, edges
