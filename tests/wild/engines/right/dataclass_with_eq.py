# asks: my475/ex7, my475/ex9, dl4ds/v3
# kind: equality
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Callable


@dataclass
class Value:
    data: float
    grad: float = 0.0
    parents: list[Value] = field(default_factory=list, repr=False, compare=False)
    pull: Callable[[float], list[float]] | None = field(default=None, repr=False, compare=False)

    # a dataclass compares by its fields and cannot be hashed: nodes are told apart by id() below

    def __add__(self, other: Value) -> Value:
        return Value(self.data + other.data, parents=[self, other], pull=lambda g: [g, g])

    def __mul__(self, other: Value) -> Value:
        return Value(self.data * other.data, parents=[self, other],
                     pull=lambda g: [g * other.data, g * self.data])

    def __neg__(self) -> Value:
        return Value(-self.data, parents=[self], pull=lambda g: [-g])

    def __sub__(self, other: Value) -> Value:
        return Value(self.data - other.data, parents=[self, other], pull=lambda g: [g, -g])

    def __pow__(self, n: float) -> Value:
        return Value(self.data ** n, parents=[self],
                     pull=lambda g: [g * n * self.data ** (n - 1)])

    def relu(self) -> Value:
        return Value(max(self.data, 0.0), parents=[self],
                     pull=lambda g: [g if self.data > 0 else 0.0])

    def backward(self) -> None:
        order: dict[int, Value] = {}

        def visit(node: Value) -> None:
            if id(node) in order:
                return
            for parent in node.parents:
                visit(parent)
            order[id(node)] = node

        visit(self)
        self.grad = 1.0
        for node in reversed(order.values()):
            if node.pull is None:
                continue
            for parent, g in zip(node.parents, node.pull(node.grad)):
                parent.grad += g
