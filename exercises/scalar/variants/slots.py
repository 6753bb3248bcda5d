from math import tanh


class Scalar:
    __slots__ = ("data", "grad", "prev", "op", "label", "slopes")

    def __init__(self, data, prev=(), op="", *, label=""):
        self.data, self.grad, self.prev, self.op, self.label, self.slopes = data, 0, prev, op, label, ()

    def _made(self, data, op, *pairs):
        out = Scalar(data, tuple(node for node, _ in pairs), op)
        out.slopes = [slope for _, slope in pairs]
        return out

    def __add__(self, o): return self._made(self.data + o.data, "+", (self, 1), (o, 1))
    def __mul__(self, o): return self._made(self.data * o.data, "*", (self, o.data), (o, self.data))
    def tanh(self):
        t = tanh(self.data)
        return self._made(t, "tanh", (self, 1 - t ** 2))

    def _backward(self):
        for child, slope in zip(self.prev, self.slopes): child.grad += slope * self.grad

    def backward(self):
        # counts consumers
        need, todo, seen = {}, [self], {self}
        while todo:
            for child in todo.pop().prev:
                need[child] = need.get(child, 0) + 1
                if child not in seen:
                    seen.add(child)
                    todo.append(child)
        self.grad = 1.0
        ready = [self]
        while ready:
            node = ready.pop()
            node._backward()
            for child in node.prev:
                need[child] -= 1
                if not need[child]: ready.append(child)


class Picture:
    def __init__(self, show):
        from graphviz import Digraph
        self.dot, self.show, self.done = Digraph("graph"), show, set()

    def add(self, node):
        if node in self.done: return
        self.done.add(node)
        me = str(id(node))
        self.dot.node(me, label=node.label or node.op or "?")
        if node.op: self.dot.edges([(me + node.op, me)])
        for child in node.prev:
            self.add(child)
            self.dot.edge(str(id(child)), me + node.op)
            if self.show and abs(node.grad) > 0: self.dot.edge(str(id(child)), me, color="red", dir="back")


def draw_dot(root, show_backprop=True):
    picture = Picture(show_backprop)
    picture.add(root)
    return picture.dot
