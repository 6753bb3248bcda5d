"""Functions of lists of nodes, made of the operations that a node has."""

from collections.abc import Sequence

from .scalar import Value


def softmax(scores: Sequence[Value]) -> list[Value]:
    """Return exp(a) / (exp(a) + exp(b) + …) for each score a, where b, … are the others.

    The largest is subtracted from each before, which changes nothing but that nothing overflows.
    """
    largest = _largest(scores).data
    powers = [(score - largest).exp() for score in scores]
    total = sum(powers, Value(0.0))
    return [power / total for power in powers]


def log_softmax(scores: Sequence[Value]) -> list[Value]:
    """Return the natural logarithm of `softmax`, which is exact where that would be 0."""
    largest = _largest(scores).data
    total = sum(((score - largest).exp() for score in scores), Value(0.0)).log()
    return [score - largest - total for score in scores]


def maximum(numbers: Sequence[Value]) -> Value:
    """Return the largest; where several are, each of them has an equal share, as in torch.

    Source: the subgradient of max(a, b) at a = b that treats both alike.
    """
    most = _largest(numbers).data
    largest = [number for number in numbers if number.data == most]
    return sum(largest, Value(0.0)) / len(largest)


def _largest(numbers: Sequence[Value]) -> Value:
    return max(numbers, key=lambda number: number.data)
