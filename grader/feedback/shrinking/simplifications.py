"""The smaller neighbours of a Program: what a step or two of simplification makes of it."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import product

from grader.engines.program import BINARY, Operand, Program, Ref, Step
from grader.engines.program_graph import is_leaf, nodes, operations
from grader.feedback.shrinking.array_simplifications import simpler_arrays, smaller_arrays
from grader.feedback.shrinking.editing import Changes, edited, redirected, reordered
from grader.feedback.shrinking.size import SIMPLE, SIMPLE_FACTORS, is_factor

INPUTS = ((1.0, 2.0, 3.0), (2.0, 3.0, 1.0), (-1.0, 2.0, 3.0), (2.0, -1.0, 3.0))
MOST_INPUTS = 8
PLAIN_OPERATORS = ("add", "mul")
DEPTHS = (1, 2)


def shorter(program: Program) -> Iterator[Program]:
    """Yield Programs that do less than `program`; some may make no sense."""
    for moves in (_looks, _dropped, _earlier_roots, _operands, _sections, smaller_arrays):
        yield from moves(program)


def simpler(program: Program, allowed: Collection[str]) -> Iterator[Program]:
    """Yield Programs that do as much as `program` with simpler means; some may make no sense.

    Args:
        program: to be simplified.
        allowed: the operators that may come in where there was another one.
    """
    yield from _exchanged(program, allowed)
    yield from _in_order(program)
    yield from _numbers(program)
    yield from simpler_arrays(program)


def _looks(program: Program) -> Iterator[Program]:
    """Look at one result alone."""
    if len(program.observed) > 1:
        for seen in program.observed:
            yield program.up_to(seen.at)
            yield edited(program._replace(observed=(seen,)), {})


def _dropped(program: Program) -> Iterator[Program]:
    """Leave out a step that nothing uses, or all of them."""
    seen = {look.at for look in program.observed}
    used = {at for step in program.steps for at in step.refs()} | seen
    unused = [index for index in range(len(program.steps)) if index not in used]
    for index in unused:
        yield edited(program, {}, dropped=(index,))
    if len(unused) > 1:
        yield edited(program, {}, dropped=unused)


def _earlier_roots(program: Program) -> Iterator[Program]:
    """Do to an earlier node what is done to a computed one."""
    known = nodes(program)
    for root in _roots(program):
        for node in known:
            if node < root:
                yield edited(program, _asked_of(program, {root: node}))


def _operands(program: Program) -> Iterator[Program]:
    """Take one of its operands for an operation."""
    known = set(nodes(program))
    for index in operations(program):
        for operand in sorted(set(program.steps[index].refs()) & known):
            yield edited(program, {index: Ref(operand)})


def _sections(program: Program) -> Iterator[Program]:
    """Cut a graph off below and above: a node the root, and inputs in place of what it needs."""
    make = _make(program)
    if make is None:
        return
    computed = operations(program)
    roots, leaves = _roots(program), _looked_at_leaves(program)
    for node, depth in product(computed, DEPTHS):
        inside = _within(program, node, depth, computed)
        cut = sorted({at for index in inside for at in program.steps[index].refs()} - inside)
        cut = [at for at in cut if at in computed or is_leaf(program.steps[at])]
        for inputs, leaf in product(_assignments(len(cut)), cut if leaves else (None,)):
            changes: dict[int, Step | Ref] = {
                at: make(value) for at, value in zip(cut, inputs, strict=True)
            }
            moved = {root: node for root in roots if root > node}
            if leaf is not None:
                moved |= dict.fromkeys(leaves, leaf)
            yield edited(program, {**_asked_of(program, moved), **changes})


def _exchanged(program: Program, allowed: Collection[str]) -> Iterator[Program]:
    """Take a plainer operator, over the same operands or over one of them and an input."""
    known = nodes(program)
    leaves = [index for index in known if is_leaf(program.steps[index])]
    plainer = [name for name in PLAIN_OPERATORS if name in allowed]
    for index in operations(program):
        step = program.steps[index]
        given = [operand for operand in step.operands if _is_node(operand, known)]
        pairs: list[tuple[Operand, ...]] = [
            (one, other)
            for one in given
            for other in (one, *(Ref(leaf) for leaf in leaves if leaf < index))
        ]
        if step.name in BINARY and len(given) == len(step.operands):
            pairs.insert(0, step.operands)
        for name, pair in product(plainer, pairs):
            if name != step.name:
                yield edited(program, {index: Step("operate", name, pair)})


def _in_order(program: Program) -> Iterator[Program]:
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
            if type(operand) in (int, float) and step.kind != "ask":
                for simpler in _simpler(operand, step):  # type: ignore[arg-type]
                    given = (*step.operands[:place], simpler, *step.operands[place + 1 :])
                    yield edited(program, {index: step._replace(operands=given)})


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
    """Return what makes an input, or None where inputs are no plain numbers."""
    leaves = [step for step in program.steps if is_leaf(step)]
    if not leaves or any(type(leaf.operands[0]) not in (int, float) for leaf in leaves):
        return None
    return lambda value: Step("make", leaves[0].name, (value,))


def _is_node(operand: Operand, known: Sequence[int]) -> bool:
    return isinstance(operand, Ref) and operand.at in known


def _roots(program: Program) -> list[int]:
    """Return the computed nodes that something is done to, or that are looked at."""
    return sorted(set(operations(program)) & _asked(program))


def _looked_at_leaves(program: Program) -> list[int]:
    return sorted(at for at in _asked(program) if is_leaf(program.steps[at]))


def _asked(program: Program) -> set[int]:
    computed = set(operations(program))
    return {
        at
        for index, step in enumerate(program.steps)
        if index not in computed
        for at in step.refs()[:1]
    }


def _asked_of(program: Program, moved: Mapping[int, int]) -> Changes:
    """Return the changes that ask of other nodes what is asked, and leave the graph alone."""
    computed = set(operations(program))
    return {
        index: redirected(step, moved)
        for index, step in enumerate(program.steps)
        if index not in computed and any(at in moved for at in step.refs())
    }


def _within(program: Program, node: int, depth: int, computed: Sequence[int]) -> set[int]:
    """Return `node` and the operations below it, so many levels in all."""
    inside = level = {node}
    for _ in range(depth - 1):
        level = {at for index in level for at in program.steps[index].refs() if at in computed}
        inside = inside | level
    return inside
