"""Follows the leaves of a training from pass to pass: some of them are its parameters."""

from collections.abc import Iterable, Mapping
from itertools import islice, permutations
from typing import NamedTuple

from grader.engines.compare import same_number
from grader.engines.observation import NUMBER, Answer, number_in
from grader.sandbox.trace import Leaf, Training

MOST_CHAINS = 8
MOST_ASSIGNMENTS = 24


class Chain(NamedTuple):
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
        held = [leaf.data for leaf in self.leaves.values()]
        return any(data != held[0] for data in (*held, self.end or held[0]))


def chains(training: Training, rate: float, called: Mapping[int, str]) -> list[Chain]:
    """Return the leaves that last and may be parameters, those that change first.

    Where no gradient gets through to any leaf, each of them may be one.

    A program may make its parameters anew at each step, `w = Value(w.data - …)`; then a leaf is
    taken for the successor of one that it can have been made from by a step of gradient descent.

    Args:
        training: as the run left it behind.
        rate: the learning rate asked, for parameters that are made anew.
        called: node → the variable of a parameter's name that held it.
    """
    found: dict[int, dict[int, Leaf]] = {}
    for done in training.passes:
        for leaf in done.leaves:
            if leaf.data.kind == NUMBER:
                found.setdefault(leaf.id, {})[done.number] = leaf
    lasting = {
        id_: Chain(leaves, *training.end.get(id_, ()))
        for id_, leaves in found.items()
        if len(leaves) > 1 or training.made == 1
    }
    moving = [chain for chain in lasting.values() if chain.moves]
    silent = not any(number_in(chain.first.after, 0.0) for chain in lasting.values())
    still = [
        chain
        for chain in lasting.values()
        if not chain.moves
        and (silent or number_in(chain.first.after, 0.0) or chain.first.node in called)
    ]
    anew = [] if moving else list(_made_anew(training, set(lasting), rate))
    return [*moving, *anew, *still][:MOST_CHAINS]


def assignments(
    found: list[Chain], names: Iterable[str], called: Mapping[int, str]
) -> list[Mapping[str, Chain]]:
    """Return the ways in which chains can be the parameters called `names`, the likely first.

    Args:
        found: the chains of a training.
        names: of the parameters.
        called: node → the variable that held it. A parameter that is held by the variable of its
            name is that one.
    """
    names = list(names)
    known = {
        name: one for one in reversed(found) if (name := called.get(one.first.node, "")) in names
    }
    others = [one for one in found if one not in known.values()]
    moving = [one for one in others if one.moves]
    free = [name for name in names if name not in known]
    chosen = permutations(moving if len(moving) >= len(free) else others, len(free))
    every = (known | dict(zip(free, some, strict=True)) for some in chosen)
    ways = ({name: way[name] for name in names} for way in every if len(way) == len(names))
    return list(islice(ways, MOST_ASSIGNMENTS))


def after_first(one: Chain, rate: float) -> Chain | None:
    """Return a chain from its second pass on, None where no step down the gradient leads there."""
    second = one.leaves.get(2)
    if second is None:
        return None
    wanted = number_in(one.first.data, 0.0) - rate * number_in(one.first.after, 0.0)
    if not same_number(wanted, number_in(second.data, 0.0)):
        return None
    return one._replace(leaves={n - 1: leaf for n, leaf in one.leaves.items() if n > 1})


def _made_anew(training: Training, lasting: set[int], rate: float) -> Iterable[Chain]:
    passes = sorted(training.passes)
    for leaf in passes[0].leaves if passes else ():
        leaves = {passes[0].number: leaf}
        for done in passes[1:]:
            last = leaves[max(leaves)]
            wanted = number_in(last.data, 0.0) - rate * number_in(last.after, 0.0)
            follows = [
                other
                for other in done.leaves
                if other.id not in lasting
                and other.data.kind == NUMBER
                and same_number(wanted, number_in(other.data, 0.0))
            ]
            if done.number != max(leaves) + 1 or not follows:
                break
            leaves[done.number] = follows[0]
        if leaf.id not in lasting and number_in(leaf.after, 0.0) and len(leaves) > 1:
            yield Chain(leaves)
