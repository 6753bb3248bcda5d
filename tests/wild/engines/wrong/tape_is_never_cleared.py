# asks: my475/ex7, my475/ex9
# kind: tape
# wrong: my475/ex7.second_graph
# at: backward
tape = []

class Value:
    def __init__(self, data):
        self.data = data
        self.grad = 0.0

    def __add__(self, other):
        out = Value(self.data + other.data)
        def rule():
            self.grad += out.grad
            other.grad += out.grad
        tape.append(rule)
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data)
        def rule():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad
        tape.append(rule)
        return out

    def __sub__(self, other):
        out = Value(self.data - other.data)
        def rule():
            self.grad += out.grad
            other.grad -= out.grad
        tape.append(rule)
        return out

    def __neg__(self):
        out = Value(-self.data)
        def rule():
            self.grad -= out.grad
        tape.append(rule)
        return out

    def __pow__(self, n):
        out = Value(self.data ** n)
        def rule():
            self.grad += n * self.data ** (n - 1) * out.grad
        tape.append(rule)
        return out

    def backward(self):
        self.grad = 1.0
        for rule in reversed(tape):
            rule()
