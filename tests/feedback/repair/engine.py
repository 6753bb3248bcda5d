"""An engine whose parts the tests of edits replace, and the edits of such a part."""

from grader.feedback.repair.candidates import Suspicion, candidates
from grader.feedback.repair.edit import CandidateEdit, edited

ENGINE = """\
import math


class Value:
    def __init__(self, data, _children=(), _op=""):
        self.data = data
        self.grad = 0.0
        self._backward = lambda: None
        self._prev = tuple(_children)
        self._op = _op

    def __add__(self, other):
        out = Value(self.data + other.data, (self, other), "+")

        def _backward():
            self.grad += out.grad
            other.grad += out.grad

        out._backward = _backward
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other), "*")

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out

    def __neg__(self):
        return self * Value(-1.0)

    def __sub__(self, other):
        return self + (-other)

    def __pow__(self, n):
        out = Value(self.data ** n, (self,), "**")

        def _backward():
            self.grad += n * self.data ** (n - 1) * out.grad

        out._backward = _backward
        return out

    def tanh(self):
        t = math.tanh(self.data)
        out = Value(t, (self,), "tanh")

        def _backward():
            self.grad += (1 - t ** 2) * out.grad

        out._backward = _backward
        return out

    def backward(self):
        self.grad = 1.0
        for node in reversed(topological_order(self)):
            node._backward()


def topological_order(root):
    order = []
    visited = set()

    def visit(node):
        if node not in visited:
            visited.add(node)
            for child in node._prev:
                visit(child)
            order.append(node)

    visit(root)
    return order
"""


def with_fault(right: str, wrong: str) -> str:
    """Return the engine with a fault, in the place of a text that stands there once."""
    assert ENGINE.count(right) == 1, right
    return ENGINE.replace(right, wrong)


def mending(right: str, wrong: str, *operations: str) -> CandidateEdit | None:
    """Return the first edit of an engine with a fault that gives the right one back."""
    source = with_fault(right, wrong)
    return giving(source, ENGINE, *operations)


def giving(before: str, after: str, *operations: str) -> CandidateEdit | None:
    """Return the first edit that makes one source of another, None where none does."""
    tried = candidates((before,), Suspicion(frozenset(operations)))
    return next(
        (one for one in tried if _plain(edited((before,), one.edits)) == _plain((after,))), None
    )


def _plain(source: tuple[str, ...]) -> str:
    return "".join(source[0].split())
