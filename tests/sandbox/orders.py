"""Engines that keep children in a set, and go through the graph in a wrong order.

In which order such a set gives its nodes depends on where they lie in memory, so some of these are
right by chance in one run and wrong in the next.
"""

import textwrap

ENGINE = """\
class Value:
    def __init__(self, data, _children=()):
        self.data = data
        self.grad = 0.0
        self._prev = set(_children)
        self._backward = lambda: None

    def __repr__(self):
        return f"Value(data={self.data})"

    def __add__(self, other):
        out = Value(self.data + other.data, (self, other))

        def _backward():
            self.grad += out.grad
            other.grad += out.grad

        out._backward = _backward
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other))

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out

"""

RIGHT = """
def backward(self):
    order, visited = [], set()

    def visit(node):
        if node not in visited:
            visited.add(node)
            for child in node._prev:
                visit(child)
            order.append(node)

    visit(self)
    self.grad = 1.0
    for node in reversed(order):
        node._backward()
"""

WRONG = {
    "W1, recursion without an order": """
def backward(self):
    def go(node):
        node._backward()
        for child in node._prev:
            go(child)

    self.grad = 1.0
    go(self)
""",
    "W2, not reversed": RIGHT.replace("reversed(order)", "order"),
    "W3, no visited set": RIGHT.replace("if node not in visited:", "if True:"),
    "W8, one level": """
def backward(self):
    self.grad = 1.0
    self._backward()
    for child in self._prev:
        child._backward()
""",
    "W9, breadth first": """
def backward(self):
    order, visited = [self], {self}
    for node in order:
        for child in node._prev:
            if child not in visited:
                visited.add(child)
                order.append(child)
    self.grad = 1.0
    for node in order:
        node._backward()
""",
    "W10, child first": """
def backward(self):
    self.grad = 1.0
    for child in self._prev:
        child.backward()
    self._backward()
""",
    "parents first, in depth": """
def backward(self):
    order, visited = [], set()

    def visit(node):
        if node not in visited:
            visited.add(node)
            order.append(node)
            for child in node._prev:
                visit(child)

    visit(self)
    self.grad = 1.0
    for node in order:
        node._backward()
""",
    "parents first, by a stack": """
def backward(self):
    order, visited, stack = [], set(), [self]
    while stack:
        node = stack.pop()
        if node not in visited:
            visited.add(node)
            order.append(node)
            stack.extend(node._prev)
    self.grad = 1.0
    for node in order:
        node._backward()
""",
    "each node when it is first met": """
def backward(self):
    visited = set()

    def go(node):
        if node not in visited:
            visited.add(node)
            node._backward()
            for child in node._prev:
                go(child)

    self.grad = 1.0
    go(self)
""",
    "marked when put on the stack": """
def backward(self):
    order, visited, stack = [], {self}, [self]
    while stack:
        node = stack.pop()
        order.append(node)
        for child in node._prev:
            if child not in visited:
                visited.add(child)
                stack.append(child)
    self.grad = 1.0
    for node in order:
        node._backward()
""",
    "in the order of a set": """
def backward(self):
    nodes, stack = {self}, [self]
    while stack:
        for child in stack.pop()._prev - nodes:
            nodes.add(child)
            stack.append(child)
    self.grad = 1.0
    self._backward()
    for node in nodes - {self}:
        node._backward()
""",
}


def with_backward(backward: str) -> str:
    """The engine with a way to go through its graph."""
    return ENGINE + textwrap.indent(textwrap.dedent(backward).strip(), "    ") + "\n"
