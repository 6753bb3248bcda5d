"""A right engine in one file, which takes the place of a student's while their loop runs on it.

It answers to the names that students give things, and ignores what else their constructor takes.
It stands alone, so that its text can be run where nothing of ours can be imported.
"""

import math
from typing import Any

ALIASES = {
    **dict.fromkeys(("value", "val", "v", "_data", "_value", "x", "number", "num"), "data"),
    **dict.fromkeys(("gradient", "derivative", "g", "dv", "deriv", "adjoint", "adj"), "grad"),
    **dict.fromkeys(("_prev", "prev", "children", "parents"), "_children"),
}
TEXTS = ("label", "_op", "op", "name")
PASSES = (
    *("backwards", "back_propagate", "backpropagate", "back_prop", "backpropagation"),
    *("backward_pass", "run_backward", "propagate_back", "compute_gradients"),
)


class Value:
    """A number that can be differentiated; it agrees with `reference.scalar.Value`."""

    def __init__(self, data: float = 0.0, *_: object, **named: object) -> None:
        self.__dict__.update(named)
        self.data = data
        self.grad = 0.0
        self._children: tuple[Value, ...] = ()
        self._slopes: tuple[float, ...] = ()

    def __getattr__(self, name: str) -> Any:
        if name in ALIASES:
            return self.__dict__[ALIASES[name]]
        if name in TEXTS:
            return ""
        if name in PASSES:
            return self.backward
        raise AttributeError(f"'Value' object has no attribute {name!r}")

    def __setattr__(self, name: str, value: object) -> None:
        self.__dict__[ALIASES.get(name, name)] = value

    def __repr__(self) -> str:
        return f"Value(data={self.data}, grad={self.grad})"

    def __add__(self, other: "Value | float") -> "Value":
        other = _node(other)
        return _result("+", self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other: "Value | float") -> "Value":
        other = _node(other)
        return _result("*", self.data * other.data, (self, other), (other.data, self.data))

    def __truediv__(self, other: "Value | float") -> "Value":
        other = _node(other)
        slopes = (1 / other.data, -self.data / other.data**2)
        return _result("/", self.data / other.data, (self, other), slopes)

    def __pow__(self, exponent: "Value | float") -> "Value":
        if isinstance(exponent, Value):
            exponent = exponent.data
        slope = exponent * self.data ** (exponent - 1) if exponent else 0.0
        return _result("**", self.data**exponent, (self,), (slope,))

    def __neg__(self) -> "Value":
        return self * -1.0

    def __sub__(self, other: "Value | float") -> "Value":
        return self + (-_node(other))

    def __radd__(self, other: float) -> "Value":
        return self + other

    def __rmul__(self, other: float) -> "Value":
        return self * other

    def __rsub__(self, other: float) -> "Value":
        return _node(other) - self

    def __rtruediv__(self, other: float) -> "Value":
        return _node(other) / self

    def __abs__(self) -> "Value":
        return _result("abs", abs(self.data), (self,), ((self.data > 0) - (self.data < 0),))

    def abs(self) -> "Value":
        """Return |a|."""
        return abs(self)

    def relu(self) -> "Value":
        """Return max(0, a), with the slope 0 at 0."""
        return _result("relu", max(0.0, self.data), (self,), (float(self.data > 0),))

    def tanh(self) -> "Value":
        """Return the hyperbolic tangent."""
        result = math.tanh(self.data)
        return _result("tanh", result, (self,), (1 - result**2,))

    def exp(self) -> "Value":
        """Return e to the power of this."""
        result = math.exp(self.data)
        return _result("exp", result, (self,), (result,))

    def log(self) -> "Value":
        """Return the natural logarithm."""
        return _result("log", math.log(self.data), (self,), (1 / self.data,))

    def sigmoid(self) -> "Value":
        """Return 1 / (1 + exp(-a))."""
        result = 1 / (1 + math.exp(-self.data))
        return _result("sigmoid", result, (self,), (result * (1 - result),))

    def backward(self, *_: object) -> None:
        """Add d this / d node to the gradient of every node below."""
        self.grad = 1.0
        for node in reversed(_order(self)):
            node._backward()

    backprop = backward

    def _backward(self) -> None:
        for child, slope in zip(self._children, self._slopes, strict=True):
            child.grad += slope * self.grad

    def zero_grad(self) -> None:
        """Set the gradient of this node and of every node below to 0."""
        for node in _order(self):
            node.grad = 0.0


def _node(value: Value | float) -> Value:
    return value if isinstance(value, Value) else Value(value)


def _result(op: str, data: float, children: tuple[Value, ...], slopes: tuple[float, ...]) -> Value:
    result = Value(data, _op=op)
    result._children, result._slopes = children, slopes
    return result


def _order(root: Value) -> list[Value]:
    order: list[Value] = []
    seen: set[int] = set()
    waiting = [(root, False)]
    while waiting:
        node, done = waiting.pop()
        if done:
            order.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            waiting.append((node, True))
            waiting += [(child, False) for child in node._children]
    return order
