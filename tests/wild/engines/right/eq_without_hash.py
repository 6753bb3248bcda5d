# asks: my475/ex7, my475/ex9
# kind: equality
class Value:
    def __init__(self, data, children=(), name=None):
        self.data = data
        self.children = children
        self.name = name
        self.grad = 0.0
        self._bw = lambda: None

    def __eq__(self, other):
        # so that tests can say Value(2) == 2
        return self.data == (other.data if isinstance(other, Value) else other)

    def __repr__(self):
        return "<%s %g>" % (self.name or "Value", self.data)

    def __add__(self, other):
        result = Value(self.data + other.data, (self, other))
        def bw():
            self.grad += result.grad
            other.grad += result.grad
        result._bw = bw
        return result

    def __mul__(self, other):
        result = Value(self.data * other.data, (self, other))
        def bw():
            self.grad += result.grad * other.data
            other.grad += result.grad * self.data
        result._bw = bw
        return result

    def __neg__(self):
        return Value(-1.0) * self

    def __sub__(self, other):
        return self + (-other)

    def __pow__(self, n):
        result = Value(self.data ** n, (self,))
        def bw():
            self.grad += result.grad * n * self.data ** (n - 1)
        result._bw = bw
        return result

    def backward(self):
        stack, seen, order = [self], {id(self)}, []
        # number of uses, then Kahn from the root
        uses = {}
        while stack:
            v = stack.pop()
            for c in v.children:
                uses[id(c)] = uses.get(id(c), 0) + 1
                if id(c) not in seen:
                    seen.add(id(c))
                    stack.append(c)
        self.grad = 1.0
        free = [self]
        while free:
            v = free.pop()
            v._bw()
            for c in v.children:
                uses[id(c)] -= 1
                if not uses[id(c)]:
                    free.append(c)
