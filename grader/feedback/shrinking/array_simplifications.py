"""Smaller arrays: rows, columns and entries left out of all that fit together, simpler numbers."""

from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import cycle
from typing import Any, NamedTuple

from grader.engines.program import ArrayData, Operand, Program, Step
from grader.engines.program_graph import is_argument
from grader.feedback.shrinking.editing import edited
from grader.feedback.shrinking.size import SIMPLE

MOST_ENTRIES = 64
FILLINGS = ((1.0, 2.0, 3.0), (2.0, 3.0, 1.0), (-1.0, 2.0, 3.0), (1.0,), (2.0,))


class ArrayPlace(NamedTuple):
    """The place of an array: the step, and which of its operands it is."""

    step: int
    operand: int


def smaller_arrays(program: Program) -> Iterator[Program]:
    """Yield Programs with something left out along an axis of one array, or of all alike."""
    axes = [
        (place, axis, size)
        for place, rows in _arrays(program).items()
        for axis, size in enumerate(_shape(rows))
    ]
    groups: dict[tuple[Any, ...], list[tuple[ArrayPlace, int]]] = {}
    for place, axis, size in axes:
        if size > 1:
            for group in ((size,), (size, axis), (size, axis, place)):
                groups.setdefault(group, []).append((place, axis))
    for (size, *_), members in groups.items():
        for position in range(size - 1, -1, -1):
            yield _without(program, members, position)


def simpler_arrays(program: Program) -> Iterator[Program]:
    """Yield Programs with simpler entries: of all arrays at once, of one, and one by one."""
    arrays = _arrays(program)
    for filling in FILLINGS:
        yield _mapped(program, arrays, lambda rows, numbers=filling: _filled(rows, cycle(numbers)))
        for place in arrays:
            yield _mapped(program, [place], lambda rows, f=filling: _filled(rows, cycle(f)))
    for place, rows in arrays.items():
        entries = _entries(rows)
        for position in range(min(len(entries), MOST_ENTRIES)):
            for simpler in map(float, SIMPLE):
                changed = [*entries[:position], simpler, *entries[position + 1 :]]
                yield _mapped(program, [place], lambda rows, c=changed: _filled(rows, iter(c)))


def _arrays(program: Program) -> dict[ArrayPlace, ArrayData]:
    return {
        ArrayPlace(index, position): operand
        for index, step in enumerate(program.steps)
        for position, operand in enumerate(step.operands)
        if isinstance(operand, ArrayData) and operand.items and not is_argument(step)
    }


def _without(
    program: Program, members: Collection[tuple[ArrayPlace, int]], position: int
) -> Program:
    for place, axis in members:
        program = _mapped(program, [place], lambda rows, a=axis: _dropped(rows, a, position))
    return program


def _mapped(
    program: Program,
    places: Collection[ArrayPlace] | Mapping[ArrayPlace, ArrayData],
    change: Callable[..., ArrayData],
) -> Program:
    changes: dict[int, Step] = {}
    for step, position in places:
        old = changes.get(step, program.steps[step])
        operands: list[Operand] = list(old.operands)
        rows = operands[position]
        assert isinstance(rows, ArrayData)
        operands[position] = change(rows)
        changes[step] = old._replace(operands=tuple(operands))
    return edited(program, changes)


def _shape(rows: ArrayData) -> tuple[int, ...]:
    """Return the sizes of the axes, as far as the first items tell."""
    first = rows.items[0] if rows.items else None
    return (len(rows.items), *(_shape(first) if isinstance(first, ArrayData) else ()))


def _dropped(rows: ArrayData, axis: int, position: int) -> ArrayData:
    if axis == 0:
        return ArrayData(rows.items[:position] + rows.items[position + 1 :])
    return ArrayData(tuple(_dropped(item, axis - 1, position) for item in rows.items))


def _entries(rows: ArrayData) -> list[object]:
    return [
        entry
        for item in rows.items
        for entry in (_entries(item) if isinstance(item, ArrayData) else [item])
    ]


def _filled(rows: ArrayData, numbers: Iterator[object]) -> ArrayData:
    return ArrayData(
        tuple(
            _filled(item, numbers) if isinstance(item, ArrayData) else next(numbers)
            for item in rows.items
        )
    )
