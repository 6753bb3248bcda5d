# asks: my475/ex7, dl4ds/v3
# kind: order of the pass
# new: Node(x)
# wrong: my475/ex7.routes_add_up, dl4ds/v3.shared_nodes
# at: _down, backward
class Node:
    def __init__(self, data, children=(), rule=None):
        self.data = data
        self.grad = 0
        self.children = children
        self.rule = rule

    def __add__(self, other):
        out = Node(self.data + other.data, (self, other))
        def rule():
            self.grad += out.grad
            other.grad += out.grad
        out.rule = rule
        return out

    def __mul__(self, other):
        out = Node(self.data * other.data, (self, other))
        def rule():
            self.grad += out.grad * other.data
            other.grad += out.grad * self.data
        out.rule = rule
        return out

    def relu(self):
        out = Node(max(0, self.data), (self,))
        def rule():
            self.grad += out.grad * (self.data > 0)
        out.rule = rule
        return out

    def backward(self):
        self.grad = 1
        self._down()

    def _down(self):
        # go straight down; a node that is reached again hands on all it has once more
        if self.rule:
            self.rule()
        for child in self.children:
            child._down()
