"""Follows parameters that a run makes anew at each step, where nobody has seen them made.

A run that was recorded knows which leaf goes on as which. A run that was watched shows leaves that
are gone and others that are new: one is taken for the next version of another where most of them
show one rate, the same for all.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from grader.engines.compare import same_number
from grader.engines.observation import Answer, Array
from grader.sandbox.trace import Leaf, Pass, Training

MOST_PAIRS = 250_000
LEAST = 1e-12  # a gradient below this tells no rate


def followed(training: Training) -> Training:
    """Return a training in which a parameter that is made anew keeps its number."""
    if training.forgotten is not None or training.is_cut or _moves_in_place(training):
        return training
    passes = [training.passes[0]]
    for later in training.passes[1:]:
        earlier = passes[-1]
        names = _successors(earlier, later) if later.number == earlier.number + 1 else {}
        leaves = (leaf._replace(id=names.get(leaf.id, leaf.id)) for leaf in later.leaves)
        passes.append(later._replace(leaves=tuple(leaves)))
    return training._replace(passes=tuple(passes))


def _moves_in_place(training: Training) -> bool:
    values: dict[int, Answer] = {}
    return any(
        values.setdefault(leaf.id, leaf.data) != leaf.data
        for one in training.passes
        for leaf in one.leaves
    )


def _successors(earlier: Pass, later: Pass) -> dict[int, int]:
    """Return the new leaves of a pass, each with the number of the leaf that it goes on from."""
    there, before = ({leaf.id for leaf in one.leaves} for one in (later, earlier))
    gone = [leaf for leaf in earlier.leaves if leaf.id not in there and _is_noticed(leaf)]
    new = [leaf for leaf in later.leaves if leaf.id not in before]
    if not gone or len(gone) * len(new) > MOST_PAIRS:
        return {}
    rates = Counter(f"{rate:.6e}" for old in gone for one in new for rate in _rates(old, one))
    for rate, _ in rates.most_common(3):
        names = _by_rate(gone, new, float(rate))
        if len(names) == len(gone):
            return names
    return {}


def _by_rate(gone: Sequence[Leaf], new: Sequence[Leaf], rate: float) -> dict[int, int]:
    names: dict[int, int] = {}
    for old in gone:
        want = [
            number - rate * gradient
            for number, gradient in zip(_numbers(old.data), _numbers(old.after), strict=True)
        ]
        for one in new:
            got = _numbers(one.data)
            if one.id not in names and len(got) == len(want) and all(map(same_number, want, got)):
                names[one.id] = old.id
                break
    return names


def _rates(old: Leaf, new: Leaf) -> Iterable[float]:
    """Return the rate that the largest gradient of a leaf shows, if it has gone on as another."""
    before, after, gradients = map(_numbers, (old.data, new.data, old.after))
    if not len(before) == len(after) == len(gradients):
        return
    at = max(range(len(gradients)), key=lambda index: abs(gradients[index]))
    yield (before[at] - after[at]) / gradients[at]


def _is_noticed(leaf: Leaf) -> bool:
    numbers = _numbers(leaf.after)
    return len(numbers) == len(_numbers(leaf.data)) and any(abs(one) > LEAST for one in numbers)


def _numbers(answer: Answer) -> tuple[float, ...]:
    if isinstance(answer.value, Array):
        return answer.value.entries
    return (answer.value,) if isinstance(answer.value, float) else ()
