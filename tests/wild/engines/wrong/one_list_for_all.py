# asks: my475/ex5, my475/ex6
# kind: children
# wrong: my475/ex5.results_remember_operands, my475/ex6.chain
# at: __init__, __add__, __mul__, graph
class Value:
    def __init__(self, data, children=[]):
        self.data = data
        self.grad = 0.0
        self.children = children

    def __add__(self, other):
        out = Value(self.data + other.data)
        out.children.append(self)
        out.children.append(other)
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data)
        out.children.append(self)
        out.children.append(other)
        return out


def graph(root):
    order = []
    def visit(v):
        if v not in order:
            order.append(v)
            for c in v.children:
                visit(c)
    visit(root)
    return order[::-1]
