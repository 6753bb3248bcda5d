"""A number that remembers how it was computed, so that it can be differentiated.

Arithmetic is float64 throughout and follows IEEE 754 where Python would raise: 1 / 0 is inf,
exp(1000) is inf, log(-1) is nan. A result knows its operands and they do not know it, so a graph
has no reference cycle and is freed as soon as nobody holds its root.
"""

import math
from collections.abc import Callable
from functools import wraps
from typing import TypeAlias

from . import ieee

Operand: TypeAlias = "Value | float | int"
Rule: TypeAlias = Callable[[float], tuple[float, ...]]
"""Turns d root / d result into what each operand receives, in the order of the operands."""


def _promoting(operator: "Callable[[Value, Value], Value]") -> "Callable[[Value, Operand], Value]":
    """Let a plain number be the other operand, and leave anything else to Python."""

    @wraps(operator)
    def promoted(self: "Value", other: Operand) -> "Value":
        if isinstance(other, Value):
            return operator(self, other)
        if isinstance(other, int | float):
            return operator(self, Value(other))
        return NotImplemented

    return promoted


class Value:
    """A number, the operands it was computed from, and its gradient.

    Attributes:
        data: the number, just as it was given; results are floats.
        grad: d root / d this, added up over every path and every `backward()` so far.
        label: a name for drawings.
    """

    __slots__ = ("_children", "_op", "_rule", "data", "grad", "label")

    def __init__(
        self,
        data: float,
        _children: "tuple[Value, ...]" = (),
        _op: str = "",
        label: str = "",
    ) -> None:
        self.data = data
        self.grad = 0.0
        self.label = label
        self._children = _children
        self._op = _op
        self._rule: Rule = _nothing

    def __repr__(self) -> str:
        return f"Value(data={self.data})"

    @_promoting
    def __add__(self, other: "Value") -> "Value":
        """Add. Source: d(a + b) = da + db."""
        total = float(self.data) + other.data
        return _result(total, (self, other), "+", lambda grad: (grad, grad))

    @_promoting
    def __mul__(self, other: "Value") -> "Value":
        """Multiply. Source: d(ab) = b da + a db."""

        def rule(grad: float) -> tuple[float, float]:
            return grad * other.data, grad * self.data

        return _result(float(self.data) * other.data, (self, other), "*", rule)

    @_promoting
    def __truediv__(self, other: "Value") -> "Value":
        """Divide. Source: d(a / b) = da / b - (a / b) / b db."""

        def rule(grad: float) -> tuple[float, float]:
            quotient = ieee.divide(self.data, other.data)
            return ieee.divide(grad, other.data), -grad * ieee.divide(quotient, other.data)

        return _result(ieee.divide(self.data, other.data), (self, other), "/", rule)

    def __pow__(self, exponent: Operand) -> "Value":
        """Raise to a number, which is part of the operation, or to a node, an operand like any.

        Source: d(x**n) = n x**(n-1) dx + x**n ln x dn.
        """
        if isinstance(exponent, Value):
            return self._to_the(exponent)
        if not isinstance(exponent, int | float):
            return NotImplemented

        def rule(grad: float) -> tuple[float]:
            return (_base_share(grad, self.data, exponent),)

        return _result(ieee.power(self.data, exponent), (self,), f"**{exponent}", rule)

    def _to_the(self, exponent: "Value") -> "Value":
        power = ieee.power(self.data, exponent.data)

        def rule(grad: float) -> tuple[float, float]:
            to_base = _base_share(grad, self.data, exponent.data)
            return to_base, grad * _exponent_slope(self.data, exponent.data, power)

        return _result(power, (self, exponent), "**", rule)

    def __neg__(self) -> "Value":
        """Negate. Source: d(-a) = -da."""
        return _result(-float(self.data), (self,), "neg", lambda grad: (-grad,))

    @_promoting
    def __sub__(self, other: "Value") -> "Value":
        """Subtract by adding the negated node."""
        return self + (-other)

    @_promoting
    def __radd__(self, left: "Value") -> "Value":
        return left + self

    @_promoting
    def __rsub__(self, left: "Value") -> "Value":
        return left - self

    @_promoting
    def __rmul__(self, left: "Value") -> "Value":
        return left * self

    @_promoting
    def __rtruediv__(self, left: "Value") -> "Value":
        return left / self

    @_promoting
    def __rpow__(self, base: "Value") -> "Value":
        return base**self

    def __abs__(self) -> "Value":
        """Return |a|.

        Source: d|a| = sign(a) da; the subgradient at 0 is 0, as in torch.
        """

        def rule(grad: float) -> tuple[float]:
            return (grad * ((self.data > 0) - (self.data < 0)),)

        return _result(abs(float(self.data)), (self,), "abs", rule)

    def relu(self) -> "Value":
        """Return max(0, a).

        Source: d relu(a) = da where a > 0, else 0; the subgradient at 0 is 0, as in torch.
        """

        def rule(grad: float) -> tuple[float]:
            return (0.0 if self.data <= 0 else grad,)

        # Asked this way round, nan stays nan and -0.0 stays -0.0, as in torch.
        return _result(0.0 if self.data < 0 else float(self.data), (self,), "relu", rule)

    def tanh(self) -> "Value":
        """Return the hyperbolic tangent.

        Source: d tanh(a) = (1 - tanh²(a)) da.
        """
        squashed = math.tanh(self.data)
        return _result(squashed, (self,), "tanh", lambda grad: (grad * (1 - squashed * squashed),))

    def sigmoid(self) -> "Value":
        """Return 1 / (1 + exp(-a)); where exp overflows to inf, this is 0, the right limit.

        Source: d s(a) = (1 - s(a)) s(a) da.
        """
        squashed = 1 / (1 + ieee.exp(-self.data))

        def rule(grad: float) -> tuple[float]:
            return (grad * (1 - squashed) * squashed,)

        return _result(squashed, (self,), "sigmoid", rule)

    def exp(self) -> "Value":
        """Return e to the power of this.

        Source: d exp(a) = exp(a) da.
        """
        power = ieee.exp(self.data)
        return _result(power, (self,), "exp", lambda grad: (grad * power,))

    def log(self) -> "Value":
        """Return the natural logarithm: -inf at 0, nan below.

        Source: d ln(a) = da / a.
        """

        def rule(grad: float) -> tuple[float]:
            return (ieee.divide(grad, self.data),)

        return _result(ieee.log(self.data), (self,), "log", rule)

    def sqrt(self) -> "Value":
        """Return the square root: nan below 0.

        Source: d sqrt(a) = da / (2 sqrt(a)), inf at 0.
        """
        root = ieee.root(self.data)

        def rule(grad: float) -> tuple[float]:
            return (ieee.divide(grad, 2 * root),)

        return _result(root, (self,), "sqrt", rule)

    def sin(self) -> "Value":
        """Return the sine of this angle in radians.

        Source: d sin(a) = cos(a) da.
        """

        def rule(grad: float) -> tuple[float]:
            return (grad * ieee.cosine(self.data),)

        return _result(ieee.sine(self.data), (self,), "sin", rule)

    def cos(self) -> "Value":
        """Return the cosine of this angle in radians.

        Source: d cos(a) = -sin(a) da.
        """

        def rule(grad: float) -> tuple[float]:
            return (-grad * ieee.sine(self.data),)

        return _result(ieee.cosine(self.data), (self,), "cos", rule)

    def gelu(self) -> "Value":
        """Return a P(X <= a) for X of the standard normal distribution.

        Source: d gelu(a) = (P(X <= a) + a p(a)) da, with the density p; D. Hendrycks and K. Gimpel,
        2016, without its approximation by tanh.
        """
        below = (1 + math.erf(self.data * math.sqrt(0.5))) / 2

        def rule(grad: float) -> tuple[float]:
            density = ieee.exp(-self.data * self.data / 2) / math.sqrt(2 * math.pi)
            return (grad * (below + self.data * density),)

        return _result(self.data * below, (self,), "gelu", rule)

    def topological_order(self) -> "list[Value]":
        """Return every node below and this one last, each once, children before parents.

        Source: postorder of a depth-first search, on a stack of its own so that depth is free.
        """
        order: list[Value] = []
        entered: set[Value] = set()
        stack = [(self, False)]
        while stack:
            node, children_are_done = stack.pop()
            if children_are_done:
                order.append(node)
            elif node not in entered:
                entered.add(node)
                stack.append((node, True))
                stack.extend((child, False) for child in reversed(node._children))
        return order

    def backward(self) -> None:
        """Add d this / d node to the gradient of every node below.

        This node's own gradient is set to 1. All others are added to, those of inner nodes too, so
        between two passes over one graph call `zero_grad()`.

        Source: the chain rule, from parents to children.
        """
        self.grad = 1.0
        for node in reversed(self.topological_order()):
            node._backward()

    def _backward(self) -> None:
        # Not strict: a node that was given its children by hand has no rule.
        for child, share in zip(self._children, self._rule(self.grad), strict=False):
            child.grad += share

    def zero_grad(self) -> None:
        """Set the gradient of this node and of every node below to 0."""
        for node in self.topological_order():
            node.grad = 0.0


def _result(data: float, children: tuple[Value, ...], op: str, rule: Rule) -> Value:
    result = Value(data, children, op)
    result._rule = rule
    return result


def _nothing(_grad: float) -> tuple[float, ...]:
    return ()


def _base_share(grad: float, base: float, exponent: float) -> float:
    # x**0 is 1 everywhere: no share, even where 0 * x**-1 would be nan.
    return 0.0 if exponent == 0 else grad * (exponent * ieee.power(base, exponent - 1))


def _exponent_slope(base: float, exponent: float, power: float) -> float:
    # 0**n is 0 for every n > 0: no slope, where 0 * ln 0 would be nan. Torch says so at n = 0 too.
    return 0.0 if base == 0 and exponent >= 0 else power * ieee.log(base)
