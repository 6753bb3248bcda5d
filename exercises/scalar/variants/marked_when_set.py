from math import exp

import graphviz


class Marked:
    """An attribute that notes whether it has been set since its object was made."""

    def __get__(self, node, kind=None):
        return node._slope

    def __set__(self, node, slope):
        node._slope, node.grad_updated = slope, True


class Scalar:
    grad = Marked()

    def __init__(self, data, made_from=(), sign='', label='?'):
        self.data, self.label, self.op = data, label, sign
        self.prev = {*made_from}
        self._slope, self.grad_updated = 0.0, False
        self._backward = self._leaf

    def _leaf(self):
        return None

    def __add__(self, right):
        total = Scalar(self.data + right.data, [self, right], '+')
        def pass_on():
            for operand in (self, right):
                operand.grad = operand.grad + total.grad
        total._backward = pass_on
        return total

    def __mul__(self, right):
        product = Scalar(self.data * right.data, [self, right], '*')
        def pass_on():
            self.grad = self.grad + right.data * product.grad
            right.grad = right.grad + self.data * product.grad
        product._backward = pass_on
        return product

    def tanh(self):
        up, down = exp(self.data), exp(-self.data)
        squashed = Scalar((up - down) / (up + down), [self], 'tanh')
        def pass_on():
            self.grad = self.grad + squashed.grad * (1 - squashed.data * squashed.data)
        squashed._backward = pass_on
        return squashed

    def postorder(self, known):
        known.add(self)
        for node in self.prev:
            if node not in known:
                yield from node.postorder(known)
        yield self

    def backward(self):
        nodes = list(self.postorder(set()))
        self.grad = 1
        while nodes:
            nodes.pop()._backward()


def box(node):
    return str(id(node))


def oval(node):
    return box(node) + node.op


def draw_dot(root, engine='dot', show_backprop=True):
    picture = graphviz.Digraph('graph', engine=engine)
    nodes = list(root.postorder(set()))
    for node in nodes:
        slope = f'{node.grad:.2f}' if node.grad_updated else 'not yet'
        picture.node(box(node), f'{node.label}: {node.data:.2f}, slope {slope}')
    for node in (node for node in nodes if node.op):
        picture.node(oval(node), node.op, shape='circle')
        picture.edge(oval(node), box(node))
        picture.edges((box(operand), oval(node)) for operand in node.prev)
        if show_backprop and node.grad != 0:
            for operand in node.prev:
                picture.edge(box(operand), box(node), None, {'dir': 'back'}, color='orange')
    return picture


seven = Scalar(7)
draw_dot(seven * seven).render('seven')
