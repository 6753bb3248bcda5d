"""Edits of the statements that move parameters: sign, rate, whose number, whose gradient, when."""

import ast
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from grader.feedback.repair.edit import CandidateEdit, TextEdit
from grader.feedback.repair.outline import nodes_in
from grader.feedback.repair.rules.loops.loop_lines import LoopLines, StepStatement, number_of

Change: TypeAlias = Callable[[LoopLines, StepStatement], str | None]
"""The text of a step as it may have been meant, None where that is no other."""


def step_edits(
    lines: LoopLines, rate: float | None, parameters: Sequence[str]
) -> Iterator[CandidateEdit]:
    """Give the edits of a loop's steps: of all that are wrong in one way, and of one alone.

    Args:
        lines: of the loop.
        rate: the learning rate that was asked, None for any.
        parameters: their names on the sheet.
    """
    for at, (kind, change) in enumerate(CHANGES):
        yield from _changed(lines, kind, change, 1.5 + at / 10)
    if rate is not None:
        yield from _rates(lines, rate)
    yield from _times(lines)
    yield from _forgotten(lines, parameters)


def _changed(lines: LoopLines, kind: str, change: Change, weight: float) -> Iterator[CandidateEdit]:
    edits = [
        lines.piece.replacing(step.node, text)
        for step in lines.steps
        if (text := change(lines, step)) is not None
    ]
    if edits:
        yield CandidateEdit(kind, tuple(edits), lines.function, weight)
    for edit in edits if len(edits) > 1 else ():
        yield CandidateEdit(kind, (edit,), lines.function, weight + 1)


def _downhill(lines: LoopLines, step: StepStatement) -> str | None:
    """Return a step against the gradient, where it goes along it."""
    node, target, value = step.node, lines.piece.of(step.target), step.node.value
    if isinstance(node, ast.AugAssign):
        return f"{target} -= {lines.piece.of(value)}" if isinstance(node.op, ast.Add) else None
    text = lines.piece.of(value)
    if text[:1] in ("-", "+"):  # `=-`
        return f"{target} -= {text[1:].lstrip()}"
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add):
        return f"{target} = {lines.piece.of(value.left)} - {lines.piece.of(value.right)}"
    return None


def _of_number(lines: LoopLines, step: StepStatement) -> str | None:
    """Return a step that changes the number, where it changes the gradient or makes a new node."""
    owner, value = step.owner, lines.piece.of(step.node.value)
    if isinstance(step.target, ast.Attribute) and step.target.attr == lines.data:
        return None
    if isinstance(step.node, ast.AugAssign):
        return f"{owner}.{lines.data} -= {value}"
    whole = step.node.value
    if not isinstance(whole, ast.BinOp) or not isinstance(whole.op, ast.Sub):
        return None
    taken = whole.right  # a number, or a node that is made of it
    number = taken.args[0] if isinstance(taken, ast.Call) and taken.args else taken
    return f"{owner}.{lines.data} -= {lines.piece.of(number)}"


def _added_to_what_was(lines: LoopLines, step: StepStatement) -> str | None:
    """Return a step from where the parameter is, where it is set to the step alone."""
    value = step.node.value
    names = {one.attr for one in nodes_in(value) if isinstance(one, ast.Attribute)}
    if isinstance(step.node, ast.AugAssign) or lines.data in names:
        return None
    return f"{lines.piece.of(step.target)} -= {lines.piece.of(value)}"


def _own_gradient(lines: LoopLines, step: StepStatement) -> str | None:
    """Return a step by the parameter's own gradient, where it is by something else of a node."""
    value = step.node.value
    texts = [
        one
        for one in nodes_in(value)
        if isinstance(one, ast.Attribute) and one.attr in (lines.grad, lines.data)
    ]
    wanted = f"{step.owner}.{lines.grad}"
    grads = [one for one in texts if one.attr == lines.grad] or texts[-1:]
    if not grads or lines.piece.of(grads[-1]) == wanted:
        return None
    start, of_grad = lines.piece.start(step.node), grads[-1]
    whole = lines.piece.of(step.node)
    before, after = lines.piece.start(of_grad) - start, lines.piece.end(of_grad) - start
    return whole[:before] + wanted + whole[after:]


CHANGES: tuple[tuple[str, Change], ...] = (
    ("step uphill", _downhill),
    ("step of a parameter", _of_number),
    ("step of a parameter", _added_to_what_was),
    ("step of a parameter", _own_gradient),
)


def _rates(lines: LoopLines, rate: float) -> Iterator[CandidateEdit]:
    """Give the edits of the number by which gradients are multiplied."""
    names: set[str] = set()
    written: list[TextEdit] = []
    bare: list[TextEdit] = []
    for step in lines.steps:
        numbers = [one for one in nodes_in(step.node.value) if isinstance(one, ast.expr)]
        written += [
            lines.piece.replacing(one, f"{rate}")
            for one in numbers
            if number_of(one) not in (None, rate)
        ]
        names |= {one.id for one in numbers if isinstance(one, ast.Name)} - {step.owner}
        value = step.node.value
        if isinstance(value, ast.Attribute) and isinstance(step.node, ast.AugAssign):
            bare.append(lines.piece.replacing(value, f"{rate} * {lines.piece.of(value)}"))
    for value in lines.assigned_numbers(names):
        if number_of(value) != rate:
            edit = lines.piece.replacing(value, f"{rate}")
            yield CandidateEdit("rate", (edit,), lines.function, 1.8)
    for edits in (written, bare):
        if edits:
            yield CandidateEdit("rate", tuple(edits), lines.function, 1.7)


def _times(lines: LoopLines) -> Iterator[CandidateEdit]:
    """Give the edits that have the steps come after the pass, inside of its loop."""
    passed = lines.passes[0]
    early = [one for one in lines.steps if one.node in lines.loop.body]
    early = [one for one in early if one.node.lineno < passed.lineno]
    outside = [one for one in lines.steps if one.node.lineno > (lines.loop.end_lineno or 0)]
    for steps in (early, outside):
        nodes = [one.node for one in steps]
        if not nodes or not all(map(lines.is_alone, (*nodes, passed))):
            continue
        indent = lines.piece.indent_of(passed)
        text = "".join(f"{indent}{lines.piece.of(node)}\n" for node in nodes)
        last = lines.loop.body[-1] if steps is outside else passed
        edits = (lines.piece.inserting_after(last, text), *map(lines.without, nodes))
        yield CandidateEdit("order in the loop", edits, lines.function, 1.6)


def _forgotten(lines: LoopLines, parameters: Sequence[str]) -> Iterator[CandidateEdit]:
    """Give the edits that move a parameter as another one is moved."""
    owners = [step.owner for step in lines.steps]
    named = {one.id for one in nodes_in(lines.loop) if isinstance(one, ast.Name)}
    model = next((step for step in lines.steps if step.owner.isidentifier()), None)
    if model is None or not lines.is_alone(model.node):
        return
    for name in parameters:
        if name in named and name not in owners:
            text = lines.piece.lines_of(model.node).replace(f"{model.owner}.", f"{name}.")
            edit = lines.piece.inserting_after(model.node, text)
            yield CandidateEdit("parameter forgotten", (edit,), lines.function, 1.7)
