"""The smaller neighbours of a Program: what a step or two of simplification makes of it."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import product

from grader.engines.program import BINARY, Operand, Program, Ref, Step
from grader.engines.program_graph import is_argument, is_leaf, nodes, operations
from grader.feedback.shrinking.array_simplifications import simpler_arrays, smaller_arrays
from grader.feedback.shrinking.editing import Changes, edited, redirected, reordered
from grader.feedback.shrinking.size import SIMPLE, SIMPLE_FACTORS, is_factor

INPUTS = ((1.0, 2.0, 3.0), (2.0, 3.0, 1.0), (-1.0, 2.0, 3.0), (2.0, -1.0, 3.0))
MOST_INPUTS = 8
PLAIN_OPERATORS = ("add", "mul")
DEPTHS = (1, 2)


def shorter(program: Program) -> Iterator[Program]:
    """Yield Programs that do less than `program`; some may make no sense."""
    for simplify in (
        _single_looks,
        _without_steps,
        _earlier_roots,
        _operands_alone,
        _sections,
        smaller_arrays,
    ):
        yield from simplify(program)


def simpler(program: Program, allowed: Collection[str]) -> Iterator[Program]:
    """Yield Programs that do as much as `program` with simpler means; some may make no sense.

    Args:
        program: to be simplified.
        allowed: the operators that may come in where there was another one.
    """
    yield from _plainer_operators(program, allowed)
    yield from _better_orders(program)
    yield from _numbers(program)
    yield from simpler_arrays(program)


def _single_looks(program: Program) -> Iterator[Program]:
    """Look at one result alone."""
    if len(program.observed) > 1:
        for look in program.observed:
            yield program.up_to(look.at)
            yield edited(program._replace(observed=(look,)), {})


def _without_steps(program: Program) -> Iterator[Program]:
    """Leave out a step that nothing uses, or all of them."""
    observed = {look.at for look in program.observed}
    used = {at for step in program.steps for at in step.refs()} | observed
    unused = [index for index in range(len(program.steps)) if index not in used]
    for index in unused:
        yield edited(program, {}, dropped=(index,))
    if len(unused) > 1:
        yield edited(program, {}, dropped=unused)


def _earlier_roots(program: Program) -> Iterator[Program]:
    """Do to an earlier node what is done to a computed one."""
    graph = nodes(program)
    for root in _roots(program):
        for node in graph:
            if node < root:
                yield edited(program, _retargeted(program, {root: node}))


def _operands_alone(program: Program) -> Iterator[Program]:
    """Take one of its operands for an operation."""
    graph = set(nodes(program))
    for index in operations(program):
        for operand in sorted(set(program.steps[index].refs()) & graph):
            yield edited(program, {index: Ref(operand)})


def _sections(program: Program) -> Iterator[Program]:
    """Cut a graph off below and above: a node the root, and inputs in place of what it needs."""
    make = _make(program)
    if make is None:
        return
    computed = operations(program)
    roots, leaves = _roots(program), _looked_at_leaves(program)
    for node, depth in product(computed, DEPTHS):
        section = _section(program, node, depth, computed)
        cut = sorted({at for index in section for at in program.steps[index].refs()} - section)
        cut = [at for at in cut if at in computed or is_leaf(program.steps[at])]
        for inputs, leaf in product(_assignments(len(cut)), cut if leaves else (None,)):
            changes: dict[int, Step | Ref] = {
                at: make(value) for at, value in zip(cut, inputs, strict=True)
            }
            moved = {root: node for root in roots if root > node}
            if leaf is not None:
                moved |= dict.fromkeys(leaves, leaf)
            yield edited(program, {**_retargeted(program, moved), **changes})


def _plainer_operators(program: Program, allowed: Collection[str]) -> Iterator[Program]:
    """Take a plainer operator, over the same operands or over one of them and an input."""
    graph = nodes(program)
    leaves = [index for index in graph if is_leaf(program.steps[index])]
    plainer = [name for name in PLAIN_OPERATORS if name in allowed]
    for index in operations(program):
        step = program.steps[index]
        nodes_used = [operand for operand in step.operands if _is_node(operand, graph)]
        pairs: list[tuple[Operand, ...]] = [
            (one, other)
            for one in nodes_used
            for other in (one, *(Ref(leaf) for leaf in leaves if leaf < index))
        ]
        if step.name in BINARY and len(nodes_used) == len(step.operands):
            pairs.insert(0, step.operands)
        for name, pair in product(plainer, pairs):
            if name != step.name:
                yield edited(program, {index: Step("operate", name, pair)})


def _better_orders(program: Program) -> Iterator[Program]:
    """Make inputs in the order in which they are used, or swap the operands of an operation."""
    steps = program.steps
    leaves = [index for index, step in enumerate(steps) if is_leaf(step)]
    uses = [at for index in operations(program) for at in steps[index].refs()]
    by_use = sorted(leaves, key=lambda leaf: uses.index(leaf) if leaf in uses else len(uses))
    if by_use != leaves:
        slots = dict(zip(leaves, by_use, strict=True))
        yield reordered(program, [slots.get(index, index) for index in range(len(steps))])
    for index in operations(program):
        step = steps[index]
        if step.name in BINARY:
            yield edited(program, {index: step._replace(operands=step.operands[::-1])})


def _numbers(program: Program) -> Iterator[Program]:
    """Take simpler numbers: in all inputs at once, and one by one."""
    make = _make(program)
    leaves = [index for index, step in enumerate(program.steps) if is_leaf(step)]
    if make is not None:
        for inputs in _assignments(len(leaves)):
            yield edited(
                program, {leaf: make(value) for leaf, value in zip(leaves, inputs, strict=True)}
            )
    for index, step in enumerate(program.steps):
        for place, operand in enumerate(step.operands):
            if type(operand) is int and is_argument(step):
                continue
            if type(operand) in (int, float) and step.kind != "ask":
                for simpler in _simpler(operand, step):  # type: ignore[arg-type]
                    operands = (*step.operands[:place], simpler, *step.operands[place + 1 :])
                    yield edited(program, {index: step._replace(operands=operands)})


def _simpler(number: float, step: Step) -> Iterator[float]:
    if is_factor(step):
        yield from SIMPLE_FACTORS
    else:
        yield from map(float, SIMPLE)
        yield from SIMPLE
    yield from (0.0, 0.5, 1.5, float(round(number)), round(float(number), 1))


def _assignments(count: int) -> Iterator[tuple[float, ...]]:
    """Yield simple numbers for so many inputs."""
    if count <= MOST_INPUTS:
        for cycle in INPUTS:
            yield (cycle * MOST_INPUTS)[:count]


def _make(program: Program) -> Callable[[float], Step] | None:
    """Return the maker of an input, or None where inputs are no plain numbers."""
    leaves = [step for step in program.steps if is_leaf(step)]
    if not leaves or any(type(leaf.operands[0]) not in (int, float) for leaf in leaves):
        return None
    return lambda value: Step("make", leaves[0].name, (value,))


def _is_node(operand: Operand, graph: Sequence[int]) -> bool:
    return isinstance(operand, Ref) and operand.at in graph


def _roots(program: Program) -> list[int]:
    """Return the computed nodes that something is done to, or that are looked at."""
    return sorted(set(operations(program)) & _targets(program))


def _looked_at_leaves(program: Program) -> list[int]:
    return sorted(at for at in _targets(program) if is_leaf(program.steps[at]))


def _targets(program: Program) -> set[int]:
    computed = set(operations(program))
    return {
        at
        for index, step in enumerate(program.steps)
        if index not in computed
        for at in step.refs()[:1]
    }


def _retargeted(program: Program, moved: Mapping[int, int]) -> Changes:
    """Return the changes that look at other nodes instead, and leave the graph alone."""
    computed = set(operations(program))
    return {
        index: redirected(step, moved)
        for index, step in enumerate(program.steps)
        if index not in computed and any(at in moved for at in step.refs())
    }


def _section(program: Program, node: int, depth: int, computed: Sequence[int]) -> set[int]:
    """Return `node` and the operations below it, so many levels in all."""
    section = level = {node}
    for _ in range(depth - 1):
        level = {at for index in level for at in program.steps[index].refs() if at in computed}
        section = section | level
    return section
