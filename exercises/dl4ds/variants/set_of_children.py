import numpy as np


class Value:
    def __init__(self, data, made_from=(), sign='', label=''):
        self.data, self.label, self._op = data, label, sign
        self._prev = {*made_from}
        self.grad = 0
        self._backward = self._leaf

    def _leaf(self):
        return None

    @classmethod
    def of(cls, number):
        return number if isinstance(number, cls) else cls(number)

    def __repr__(self):
        return f'[{self.label} {self.data}]'

    def __add__(self, right):
        right = Value.of(right)
        total = Value(np.add(self.data, right.data), [self, right], '+')
        def pass_on():
            for operand in (self, right):
                operand.grad = operand.grad + total.grad
        total._backward = pass_on
        return total

    def __mul__(self, right):
        right = Value.of(right)
        product = Value(np.multiply(self.data, right.data), [self, right], '*')
        def pass_on():
            self.grad = self.grad + right.data * product.grad
            right.grad = right.grad + self.data * product.grad
        product._backward = pass_on
        return product

    def relu(self):
        opened = Value(np.maximum(self.data, 0), [self], 'Relu')
        def pass_on():
            self.grad = self.grad + np.where(self.data > 0, opened.grad, 0)
        opened._backward = pass_on
        return opened

    def postorder(self, known):
        known.add(self)
        for node in self._prev:
            if node not in known:
                yield from node.postorder(known)
        yield self

    def backward(self):
        nodes = list(self.postorder(set()))
        self.grad = 1
        while nodes:
            nodes.pop()._backward()

    def zero_grad(self):
        for node in self.postorder(set()):
            node.grad = 0


def trace(root):
    nodes = set(root.postorder(set()))
    return nodes, {(operand, node) for node in nodes for operand in node._prev}


def draw_dot(root):
    import graphviz
    picture = graphviz.Graph('graph')
    for node in trace(root)[0]:
        picture.node(str(id(node)), f'{node.label} {node.data:.1f}')
    return picture


draw_dot(Value(7, label='seven') * 7).render('seven')
