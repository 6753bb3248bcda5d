# asks: my475/ex7, my475/ex9, my475/ex12
# kind: numbers
# clear: v.grad = torch.zeros_like(v.data)
# number: float(v.data)
# gradient: float(v.grad)
import torch


class Value:
    """A node whose numbers are 0-d tensors of doubles, changed in place."""

    def __init__(self, data, parents=()):
        self.data = torch.as_tensor(data, dtype=torch.float64)
        self.grad = torch.zeros_like(self.data)
        self.parents = parents
        self.push = lambda: None

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def push():
            self.grad += out.grad
            other.grad += out.grad

        out.push = push
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(torch.mul(self.data, other.data), (self, other))

        def push():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.push = push
        return out

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + (-other)

    def __pow__(self, n):
        out = Value(self.data.pow(n), (self,))

        def push():
            self.grad += n * torch.pow(self.data, n - 1) * out.grad

        out.push = push
        return out

    @torch.no_grad()
    def backward(self):
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = torch.ones_like(self.data)
        for node in reversed(order):
            node.push()


w, b = Value(0.0), Value(0.0)
for epoch in range(100):
    for x, y in [(1.0, 2.0), (3.0, 6.0)]:
        a = Value(x) * w
        loss = (a + b - Value(y)) ** 2
        w.grad.zero_()
        b.grad.zero_()
        loss.backward()
        w.data -= 0.1 * w.grad
        b.data -= 0.1 * b.grad
print(w.data.item(), b.data.item())
