# asks: my475/ex7, dl4ds/v3
# kind: passes
# wrong: dl4ds/v3.passes_add_up
# at: backward
class Value:
    def __init__(self, data, children=(), op='', label=''):
        self.data = data
        self.children = children
        self.op = op
        self.label = label
        self.grad = 0
        self.chain = None

    def __add__(self, other):
        out = Value(self.data + other.data, (self, other), '+')
        def chain():
            self.grad += out.grad
            other.grad += out.grad
        out.chain = chain
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other), '*')
        def chain():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad
        out.chain = chain
        return out

    def relu(self):
        out = Value(max(0, self.data), (self,), 'relu')
        def chain():
            self.grad += out.grad if self.data > 0 else 0
        out.chain = chain
        return out

    def backward(self):
        order = []
        def sort(v):
            if v not in order:
                for c in v.children:
                    sort(c)
                order.append(v)
        sort(self)
        for v in order:
            v.grad = 0
        self.grad = 1
        for v in order[::-1]:
            if v.chain:
                v.chain()
