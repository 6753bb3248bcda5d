"""A textbook engine on arrays: tensors, and the functions that compute one from others.

Arithmetic is float64 throughout and follows IEEE 754 without a warning: 1 / 0 is inf, exp(1000) is
inf, log(-1) is nan.
"""

from abc import ABC, abstractmethod
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from .graph import Array, Call, Node, Rule

Operand: TypeAlias = "Tensor | npt.ArrayLike"
Axis: TypeAlias = int | tuple[int, ...] | None
Answer: TypeAlias = tuple[Array, Rule]
"""The result of a function, and the rule for its operands' shares."""


class Tensor(Node):
    """A node with arithmetic, in which numbers and arrays stand for tensors without a gradient."""

    __slots__ = ()
    __array_ufunc__ = None  # so that numpy leaves `array * tensor` to __rmul__

    def __repr__(self) -> str:
        return f"Tensor(data={self.data.tolist()})"

    def __add__(self, other: Operand) -> "Tensor":
        return Add().forward(self, other)

    def __radd__(self, left: Operand) -> "Tensor":
        return Add().forward(left, self)

    def __sub__(self, other: Operand) -> "Tensor":
        return Sub().forward(self, other)

    def __rsub__(self, left: Operand) -> "Tensor":
        return Sub().forward(left, self)

    def __mul__(self, other: Operand) -> "Tensor":
        return Mul().forward(self, other)

    def __rmul__(self, left: Operand) -> "Tensor":
        return Mul().forward(left, self)

    def __truediv__(self, other: Operand) -> "Tensor":
        return Div().forward(self, other)

    def __rtruediv__(self, left: Operand) -> "Tensor":
        return Div().forward(left, self)

    def __pow__(self, exponent: Operand) -> "Tensor":
        return Pow().forward(self, exponent)

    def __rpow__(self, base: Operand) -> "Tensor":
        return Pow().forward(base, self)

    def __matmul__(self, other: Operand) -> "Tensor":
        return MatMul().forward(self, other)

    def __rmatmul__(self, left: Operand) -> "Tensor":
        return MatMul().forward(left, self)

    def __neg__(self) -> "Tensor":
        return Neg().forward(self)


class Function(ABC):
    """An operation on tensors.

    Each `forward()` is a call of its own, which its result remembers and the function does not
    share: one object may compute any number of results, all differentiable at once.
    """

    def __init__(self) -> None:
        self._latest: Tensor | None = None

    @abstractmethod
    def forward(self, *operands: Any, **options: Any) -> Tensor:
        """Return the result, a new tensor; the operands stay as they are."""

    def backward(self, grad: npt.ArrayLike | None = None) -> None:
        """Do what `backward(grad)` of the latest result does.

        Raises:
            RuntimeError: there was no `forward()` yet, or as `Tensor.backward` says.
            ValueError: as `Tensor.backward` says.
        """
        if self._latest is None:
            raise RuntimeError("backward() before forward(): there is nothing to differentiate")
        self._latest.backward(grad)

    def _result(self, operands: tuple[Tensor, ...], answer: Answer) -> Tensor:
        data, rule = answer
        result = Tensor(data, requires_grad=any(operand.requires_grad for operand in operands))
        if result.requires_grad:
            result._call = Call(operands, rule)
        self._latest = result
        return result


class _Unary(Function):
    @np.errstate(all="ignore")
    def forward(self, operand: Operand) -> Tensor:
        """Return the function of each entry, in the shape of `operand`."""
        tensor = _tensor(operand)
        return self._result((tensor,), self._answer(tensor.data))

    @abstractmethod
    def _answer(self, data: Array) -> Answer: ...


class _Binary(Function):
    @np.errstate(all="ignore")
    def forward(self, left: Operand, right: Operand) -> Tensor:
        """Return the function of each pair of entries, in the shape both operands broadcast to.

        Raises:
            ValueError: the shapes do not broadcast; the message gives both.
        """
        operands = _tensor(left), _tensor(right)
        return self._result(operands, self._answer(operands[0].data, operands[1].data))

    @abstractmethod
    def _answer(self, left: Array, right: Array) -> Answer: ...


class Add(_Binary):
    """Add. Source: d(a + b) = da + db."""

    def _answer(self, left: Array, right: Array) -> Answer:
        return left + right, lambda grad: (grad, grad)


class Sub(_Binary):
    """Subtract. Source: d(a - b) = da - db."""

    def _answer(self, left: Array, right: Array) -> Answer:
        return left - right, lambda grad: (grad, -grad)


class Mul(_Binary):
    """Multiply entry by entry. Source: d(ab) = b da + a db."""

    def _answer(self, left: Array, right: Array) -> Answer:
        return left * right, lambda grad: (grad * right, grad * left)


class Div(_Binary):
    """Divide entry by entry. Source: d(a / b) = da / b - (a / b) / b db."""

    def _answer(self, left: Array, right: Array) -> Answer:
        quotient = left / right
        return quotient, lambda grad: (grad / right, -grad * (quotient / right))


class Pow(_Binary):
    """Raise each entry to a power: a number, an array or a tensor, which is an operand like any.

    Source: d(x**n) = n x**(n-1) dx + x**n ln x dn. Where n is 0, x**n is 1 and x receives nothing;
    where x is 0 and n is not below, x**n does not move with n, as in torch.
    """

    def _answer(self, left: Array, right: Array) -> Answer:
        power = left**right

        def rule(grad: Array) -> tuple[Array, Array]:
            to_base = np.where(right == 0, 0.0, grad * (right * left ** (right - 1)))
            flat = (left == 0) & (right >= 0)
            return to_base, grad * np.where(flat, 0.0, power * np.log(left))

        return power, rule


class MatMul(_Binary):
    """Multiply two matrices. Source: d(LR) = dL R + L dR, transposed to reverse mode."""

    def forward(self, left: Operand, right: Operand) -> Tensor:
        """Return the matrix product.

        Args:
            left: shape (rows, inner).
            right: shape (inner, columns).

        Returns:
            A tensor of shape (rows, columns).

        Raises:
            ValueError: an operand is no matrix, or the inner sizes differ; the message gives both
                shapes.
        """
        return super().forward(left, right)

    def _answer(self, left: Array, right: Array) -> Answer:
        if left.ndim != 2 or right.ndim != 2 or left.shape[1] != right.shape[0]:
            raise ValueError(f"no matrix product of shapes {left.shape} and {right.shape}")
        return left @ right, lambda grad: (grad @ right.T, left.T @ grad)


class Neg(_Unary):
    """Negate. Source: d(-a) = -da."""

    def _answer(self, data: Array) -> Answer:
        return -data, lambda grad: (-grad,)


class ReLU(_Unary):
    """Return max(0, a).

    Source: d relu(a) = da where a > 0, else 0; the subgradient at 0 is 0, as in torch.
    """

    def _answer(self, data: Array) -> Answer:
        # Asked this way round, nan stays nan and -0.0 stays -0.0, as in torch.
        return np.where(data < 0, 0.0, data), lambda grad: (np.where(data <= 0, 0.0, grad),)


class Sigmoid(_Unary):
    """Return 1 / (1 + exp(-a)), by powers of e that are never above 1, so none overflows.

    Source: d s(a) = (1 - s(a)) s(a) da.
    """

    def _answer(self, data: Array) -> Answer:
        power = np.exp(-np.abs(data))
        squashed = np.where(data < 0, power, 1.0) / (1 + power)
        return squashed, lambda grad: (grad * (1 - squashed) * squashed,)


class Tanh(_Unary):
    """Return the hyperbolic tangent. Source: d tanh(a) = (1 - tanh²(a)) da."""

    def _answer(self, data: Array) -> Answer:
        squashed = np.tanh(data)
        return squashed, lambda grad: (grad * (1 - squashed * squashed),)


class Exp(_Unary):
    """Return e to the power of each entry. Source: d exp(a) = exp(a) da."""

    def _answer(self, data: Array) -> Answer:
        power = np.exp(data)
        return power, lambda grad: (grad * power,)


class Log(_Unary):
    """Return the natural logarithm: -inf at 0, nan below. Source: d ln(a) = da / a."""

    def _answer(self, data: Array) -> Answer:
        return np.log(data), lambda grad: (grad / data,)


class Sqrt(_Unary):
    """Return the square root: nan below 0. Source: d sqrt(a) = da / (2 sqrt(a)), inf at 0."""

    def _answer(self, data: Array) -> Answer:
        root = np.sqrt(data)
        return root, lambda grad: (grad / (2 * root),)


class Sin(_Unary):
    """Return the sine of angles in radians. Source: d sin(a) = cos(a) da."""

    def _answer(self, data: Array) -> Answer:
        return np.sin(data), lambda grad: (grad * np.cos(data),)


class Cos(_Unary):
    """Return the cosine of angles in radians. Source: d cos(a) = -sin(a) da."""

    def _answer(self, data: Array) -> Answer:
        return np.cos(data), lambda grad: (-grad * np.sin(data),)


class Sum(Function):
    """Add up along axes. Source: d(a + b + …) = da + db + …."""

    @np.errstate(all="ignore")
    def forward(self, operand: Operand, axis: Axis = None, keepdims: bool = False) -> Tensor:
        """Return the sums.

        Args:
            operand: any shape.
            axis: the axis or axes to add up; a negative one counts from the last, None is all.
            keepdims: whether these axes stay, with size 1.

        Raises:
            ValueError: the operand has no such axis, or an axis is named twice.
        """
        tensor = _tensor(operand)
        sums = np.asarray(np.sum(tensor.data, axis=axis, keepdims=True))

        def rule(grad: Array) -> tuple[Array]:
            return (np.broadcast_to(grad.reshape(sums.shape), tensor.data.shape),)

        return self._result((tensor,), (sums if keepdims else np.squeeze(sums, axis), rule))


class Mean(Function):
    """Average along axes: divide the sum by the number of its terms; nan where there is none."""

    def forward(self, operand: Operand, axis: Axis = None, keepdims: bool = False) -> Tensor:
        """Return the means; arguments and errors are those of `Sum`."""
        tensor = _tensor(operand)
        sums = Sum().forward(tensor, axis, keepdims)
        terms = Sum().forward(np.ones_like(tensor.data), axis, keepdims)
        self._latest = Div().forward(sums, terms)
        return self._latest


def _tensor(operand: Operand) -> Tensor:
    return operand if isinstance(operand, Tensor) else Tensor(operand)
