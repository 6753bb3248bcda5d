# asks: my475/ex9, sri/gradients
# kind: passes
# new: MyNode(x)
# pass: backward(root)
class MyNode:
    def __init__(self, data):
        self.data = data
        self.grad = 0.0
        self.back = None
        self.children = ()

    def __repr__(self):
        return "MyNode(%r, grad=%r)" % (self.data, self.grad)

    def __add__(self, other):
        z = MyNode(self.data + other.data)
        z.children = (self, other)
        z.back = lambda g: (g, g)
        return z

    def __mul__(self, other):
        z = MyNode(self.data * other.data)
        z.children = (self, other)
        z.back = lambda g: (g * other.data, g * self.data)
        return z

    def __sub__(self, other):
        z = MyNode(self.data - other.data)
        z.children = (self, other)
        z.back = lambda g: (g, -g)
        return z

    def __neg__(self):
        z = MyNode(-self.data)
        z.children = (self,)
        z.back = lambda g: (-g,)
        return z

    def __truediv__(self, other):
        z = MyNode(self.data / other.data)
        z.children = (self, other)
        z.back = lambda g: (g / other.data, -g * self.data / other.data ** 2)
        return z

    def __pow__(self, n):
        z = MyNode(self.data ** n)
        z.children = (self,)
        z.back = lambda g: (g * n * self.data ** (n - 1),)
        return z


def topological(node, seen=None, out=None):
    seen = set() if seen is None else seen
    out = [] if out is None else out
    if node not in seen:
        seen.add(node)
        for c in node.children:
            topological(c, seen, out)
        out.append(node)
    return out


def backward(root):
    root.grad = 1.0
    for node in topological(root)[::-1]:
        if node.back is not None:
            for child, g in zip(node.children, node.back(node.grad)):
                child.grad += g
