"""Edits of a loop whose steps an object makes: how it is made, when it steps, what it zeroes."""

import ast
from collections.abc import Iterator
from functools import cached_property

from grader.feedback.repair.edit import CandidateEdit, TextEdit
from grader.feedback.repair.outline import nodes_in
from grader.feedback.repair.rules.loops.loop_lines import FUNCTIONS, LoopLines, number_of
from grader.feedback.repair.rules.loops.loop_task import LoopTask

STEP = "step"


class OptimizerEdits:
    """The edits of the optimizer that a loop uses, where it uses one."""

    def __init__(self, lines: LoopLines, task: LoopTask) -> None:
        """Prepare.

        Args:
            lines: of the loop.
            task: what was asked of it.
        """
        self._lines = lines
        self._piece = lines.piece
        self._task = task

    @cached_property
    def steps(self) -> list[ast.Expr]:
        """The statements by which an object makes a step."""
        loops = self._lines.outermost
        every = [
            node
            for node in nodes_in(self._piece.tree)
            if isinstance(node, ast.Expr) and _owner(node, STEP) is not None
            if node.lineno >= loops.lineno
        ]
        inside = [one for one in every if one.lineno <= (loops.end_lineno or 0)]
        return inside or every[:1]

    @cached_property
    def owner(self) -> str:
        """What makes the steps, "optimizer" say; "" where nothing does."""
        owners = [one for node in self.steps if (one := _owner(node, STEP)) is not None]
        return self._piece.of(owners[0]) if owners else ""

    def zeroing_text(self) -> str:
        """Return the line by which the optimizer sets all gradients to 0, "" without one."""
        indent = self._piece.indent_of(self._lines.passes[0])
        return f"{indent}{self.owner}.zero_grad()\n" if self.owner else ""

    def candidates(self) -> Iterator[CandidateEdit]:
        """Give the edits of when it steps, and of what it is made with."""
        yield from self._times()
        made = self._made()
        if made is not None:
            yield from self._of_numbers(made)
            yield from self._of_parameters(made)
        yield from self._clipping()

    def _made(self) -> ast.Call | None:
        """Return the call that makes the optimizer, the last one before the loop."""
        made = [
            node.value
            for node in nodes_in(self._piece.tree)
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
            if self.owner in map(self._piece.of, node.targets)
            if node.lineno < self._lines.loop.lineno
        ]
        return max(made, key=lambda one: one.lineno, default=None)

    def _times(self) -> Iterator[CandidateEdit]:
        """Give the edits by which it steps once after each pass."""
        passed, loop = self._lines.passes[0], self._lines.loop
        for step in self.steps:
            inside = loop.lineno <= step.lineno <= (loop.end_lineno or 0)
            is_late = step in loop.body and step.lineno > passed.lineno
            if is_late or not all(map(self._lines.is_alone, (step, passed))):
                continue
            text = f"{self._piece.indent_of(passed)}{self._piece.of(step)}\n"
            last = passed if inside else loop.body[-1]
            edits = (self._piece.inserting_after(last, text), self._lines.without(step))
            yield self._with("order in the loop", edits, 1.1)

    def _of_numbers(self, made: ast.Call) -> Iterator[CandidateEdit]:
        """Give the edits of the rate and of the constants that the optimizer is made with."""
        given = {one.arg: one.value for one in made.keywords}
        end = self._piece.end(made) - 1
        for name, constant in self._task.constants.items():
            if name in given and number_of(given[name]) not in (None, constant):
                yield self._put("constant", given[name], f"{constant}", 1.2)
            elif name not in given and name in self._taken(made):
                edit = TextEdit(self._piece.number, end, end, f", {name}={constant}")
                yield self._with("constant", (edit,), 1.2)
        rate, numbers = self._task.rate, [*made.args, *given.values()]
        for one in numbers if rate is not None else ():
            if number_of(one) not in (None, rate, *self._task.constants.values()):
                yield self._put("rate", one, f"{rate}", 1.3)
        if rate is not None and "lr" in self._taken(made) and len(numbers) == 1:
            edit = TextEdit(self._piece.number, end, end, f", lr={rate}")
            yield self._with("rate", (edit,), 1.3)

    def _taken(self, made: ast.Call) -> set[str]:
        """Return the names of what the optimizer's constructor takes."""
        for node in nodes_in(self._piece.tree):
            if isinstance(node, ast.ClassDef) and node.name == self._piece.of(made.func):
                inits = (one for one in node.body if isinstance(one, FUNCTIONS))
                every = (one.args.args for one in inits if one.name == "__init__")
                return {one.arg for taken in every for one in taken}
        return set()

    def _of_parameters(self, made: ast.Call) -> Iterator[CandidateEdit]:
        """Give the edit that hands it the parameters that the loop reads, and it does not know."""
        known = made.args[0] if made.args else None
        if not isinstance(known, (ast.List, ast.Tuple)):
            return
        named = {one.id for one in nodes_in(self._lines.loop) if isinstance(one, ast.Name)}
        has = [self._piece.of(one) for one in known.elts]
        more = [one for one in self._task.parameters if one in named and one not in has]
        if more:
            text = f"[{', '.join([*has, *more])}]"
            yield self._put("parameter forgotten", known, text, 1.1)

    def _clipping(self) -> Iterator[CandidateEdit]:
        """Give the edits of how gradients are clipped: by which number, and before the step."""
        passed = self._lines.passes[0]
        for node in self._lines.loop.body if self._task.limits else ():
            called = node.value if isinstance(node, ast.Expr) else None
            if not isinstance(called, ast.Call) or node in (passed, *self.steps):
                continue
            for one in (*called.args, *(given.value for given in called.keywords)):
                if number_of(one) not in (None, *self._task.limits):
                    yield self._put("constant", one, f"{self._task.limits[0]}", 1.2)
            if all(map(self._lines.is_alone, (node, passed))) and node.lineno > passed.lineno + 1:
                text = f"{self._piece.indent_of(passed)}{self._piece.of(node)}\n"
                edits = (self._piece.inserting_after(passed, text), self._lines.without(node))
                yield self._with("order in the loop", edits, 1.2)

    def _put(self, kind: str, node: ast.expr, text: str, weight: float) -> CandidateEdit:
        return self._with(kind, (self._piece.replacing(node, text),), weight)

    def _with(self, kind: str, edits: tuple[TextEdit, ...], weight: float) -> CandidateEdit:
        return CandidateEdit(kind, edits, self._lines.function, weight)


def _owner(node: ast.Expr, method: str) -> ast.expr | None:
    """Return the object whose method a statement calls without arguments, None of another one."""
    called = node.value
    if not isinstance(called, ast.Call) or called.args or called.keywords:
        return None
    function = called.func
    is_named = isinstance(function, ast.Attribute) and function.attr == method
    return function.value if is_named and isinstance(function, ast.Attribute) else None
