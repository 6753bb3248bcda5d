"""Follows the leaves of a training from pass to pass: some of them are its parameters."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, permutations, product
from typing import NamedTuple

from grader.engines.compare import same_number
from grader.engines.observation import NUMBER, Answer, number_in
from grader.sandbox.trace import Leaf, Training

MOST_LEAVES = 8
MOST_ASSIGNMENTS = 56
MOST_CHAINS = 4
WHOLE = 4  # passes, all leaves of which were looked at


class Parameter(NamedTuple):
    """A leaf through the passes of a training.

    Attributes:
        leaves: pass number → the leaf then.
        end: its value after the last pass, None where it cannot be known.
        left: its gradient then.
    """

    leaves: Mapping[int, Leaf]
    end: Answer | None = None
    left: Answer | None = None

    @property
    def first(self) -> Leaf:
        """The leaf in the first pass that it was seen in."""
        return self.leaves[min(self.leaves)]

    @property
    def moves(self) -> bool:
        """Whether its value changes."""
        values = [leaf.data for leaf in self.leaves.values()]
        return any(value != values[0] for value in (*values, self.end or values[0]))


def values_at_start(parameters: Mapping[str, Parameter]) -> dict[str, float]:
    """Return the values of parameters in the first pass."""
    return {name: number_in(one.first.data) for name, one in parameters.items()}


def followed_leaves(
    training: Training, rate: float, variables: Mapping[int, str]
) -> list[Parameter]:
    """Return the leaves that last and may be parameters, those that change first.

    One that stays as it is has to be below every loss: a datum comes and goes. Where no gradient
    gets through to any leaf, each of them may be one.

    A program may make its parameters anew at each step, `w = Value(w.data - …)`; then a leaf is
    taken for the successor of one that it can have been made from by a step of gradient descent.

    Args:
        training: as the run left it behind.
        rate: the learning rate asked, for parameters that are made anew.
        variables: node → the variable of a parameter's name that held it.
    """
    by_id: dict[int, dict[int, Leaf]] = {}
    for one in training.passes:
        for each in one.leaves:
            if each.data.kind == NUMBER:
                by_id.setdefault(each.id, {})[one.number] = each
    lasting = {
        id_: Parameter(leaves, *training.end.get(id_, ()))
        for id_, leaves in by_id.items()
        if len(leaves) > 1 or training.made == 1
    }
    moving = [leaf for leaf in lasting.values() if leaf.moves]
    whole = {one.number for one in training.passes[:WHOLE] if one.nodes}
    no_gradients = not any(number_in(leaf.first.after, 0.0) for leaf in lasting.values())
    still = [
        leaf
        for leaf in lasting.values()
        if not leaf.moves
        and whole <= leaf.leaves.keys()
        and (no_gradients or number_in(leaf.first.after, 0.0) or leaf.first.node in variables)
    ]
    successors = [] if moving else list(_made_anew(training, set(lasting), rate))
    return [*moving, *successors, *still][:MOST_LEAVES]


def possible_parameters(
    leaves: list[Parameter], names: Iterable[str], variables: Mapping[int, str]
) -> list[Mapping[str, Parameter]]:
    """Return the ways in which leaves can be the parameters called `names`, the likely first.

    Args:
        leaves: those of a training that may be parameters.
        names: of the parameters.
        variables: node → the variable that held it. A parameter that is held by the variable of its
            name is that one.
    """
    names = list(names)
    ways = (
        {name: way[name] for name in names}
        for known in _by_variables(leaves, names, variables)
        for way in _with_others(known, leaves, names)
        if len(way) == len(names) and _are_apart(way.values())
    )
    return list(islice(ways, MOST_ASSIGNMENTS))


def _by_variables(
    leaves: list[Parameter], names: list[str], variables: Mapping[int, str]
) -> Iterator[Mapping[str, Parameter]]:
    """Yield the ways in which leaves are held by the variables of their names.

    One that is made anew may go on in several ways, where another holds the same number.
    """
    held = {
        name: one.first.node
        for one in reversed(leaves)
        if (name := variables.get(one.first.node, "")) in names
    }
    choices = ([one for one in leaves if one.first.node == node] for node in held.values())
    for chosen in product(*choices):
        yield dict(zip(held, chosen, strict=True))


def _with_others(
    known: Mapping[str, Parameter], leaves: list[Parameter], names: list[str]
) -> Iterator[Mapping[str, Parameter]]:
    """Yield the ways in which other leaves can be the parameters that no variable tells."""
    others = [one for one in leaves if one not in known.values()]
    moving = [one for one in others if one.moves]
    free = [name for name in names if name not in known]
    for order in permutations(moving if len(moving) >= len(free) else others, len(free)):
        yield {**known, **dict(zip(free, order, strict=True))}


def _are_apart(parameters: Iterable[Parameter]) -> bool:
    """Return whether no leaf stands for two parameters in one pass."""
    leaves = [(number, leaf.id) for one in parameters for number, leaf in one.leaves.items()]
    return len(set(leaves)) == len(leaves)


def after_first(one: Parameter, rate: float) -> Parameter | None:
    """Return a leaf from its second pass on, None where no step down the gradient leads there."""
    second = one.leaves.get(2)
    if second is None:
        return None
    downhill = number_in(one.first.data, 0.0) - rate * number_in(one.first.after, 0.0)
    if not same_number(downhill, number_in(second.data, 0.0)):
        return None
    return one._replace(leaves={n - 1: leaf for n, leaf in one.leaves.items() if n > 1})


def _made_anew(training: Training, lasting: set[int], rate: float) -> list[Parameter]:
    """Return leaves that go on as others, in each way in which they can: equal ones may cross."""
    passes = sorted(training.passes)
    first = passes[0].leaves if passes else ()
    begun = [leaf for leaf in first if leaf.id not in lasting and number_in(leaf.after, 0.0)]
    chains: list[dict[int, Leaf]] = []
    for leaf in begun:
        own = [{passes[0].number: leaf}]
        for done in passes[1:]:
            going_on = [one for one in own if done.number == max(one) + 1]
            longer = [
                one | {done.number: other}
                for one in going_on
                for other in done.leaves
                if other.id not in lasting and _follows(one[max(one)], other, rate)
            ]
            own = longer[:MOST_CHAINS] or own
        chains += own
    return [Parameter(leaves) for leaves in chains if len(leaves) > 1]


def _follows(last: Leaf, other: Leaf, rate: float) -> bool:
    downhill = number_in(last.data, 0.0) - rate * number_in(last.after, 0.0)
    return other.data.kind == NUMBER and same_number(downhill, number_in(other.data, 0.0))
