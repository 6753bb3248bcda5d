"""The quantities that a function's formulas may be made of, and those that nothing reads."""

import ast
from collections.abc import Iterable, Iterator
from functools import cached_property

from grader.feedback.repair.conventions import Conventions
from grader.feedback.repair.edit import CandidateEdit
from grader.feedback.repair.outline import FunctionPlace, nodes_in
from grader.feedback.repair.rules.expression_edits import (
    PlacedExpression,
    are_apart,
    expressions,
)
from grader.feedback.repair.rules.function_edits import FunctionEdits
from grader.feedback.repair.rules.loops.loop_lines import number_of

MOST_QUANTITIES = 14
ATOMS = (ast.Name, ast.Attribute, ast.Subscript)


class FormulaEdits(FunctionEdits):
    """The edits of one function's formulas: what their makers need."""

    def __init__(self, place: FunctionPlace, conventions: Conventions | None) -> None:
        super().__init__(place, conventions)
        self.expressions = expressions(place)

    @property
    def this(self) -> str:
        """The name of the object that a method is called on, "" in another function."""
        taken = self.place.parameters
        return taken[0] if self.place.kind is not None and taken else ""

    @property
    def begins(self) -> bool:
        """Whether the function is a constructor."""
        return self.place.node.name == "__init__"

    @cached_property
    def atoms(self) -> list[PlacedExpression]:
        """The names, attributes and elements that its formulas read, each as a whole."""
        return [one for one in self.expressions if _is_atom(one)]

    @cached_property
    def targets(self) -> dict[str, None]:
        """The texts of what its statements set, an element of a list among them."""
        found: dict[str, None] = {}
        for node in nodes_in(self.place.node):
            if isinstance(node, (ast.Assign, ast.AugAssign)):
                for one in node.targets if isinstance(node, ast.Assign) else [node.target]:
                    parts = one.elts if isinstance(one, ast.Tuple) else [one]
                    found |= dict.fromkeys(map(self.text, parts))
        return found

    @cached_property
    def kept(self) -> dict[str, ast.expr]:
        """What a constructor keeps on the object: its text, and what it is set to there."""
        found: dict[str, ast.expr] = {}
        for node in _constructor_nodes(self.place):
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    found |= {
                        f"{self.this}.{one.attr}": value
                        for one, value in _pairs(target, node.value)
                        if isinstance(one, ast.Attribute)
                    }
        return found if self.this else {}

    @cached_property
    def unread(self) -> tuple[str, ...]:
        """The quantities that it has at hand, and that nothing reads: each is likely missed."""
        read = {self.text(one.node) for one in self.atoms}
        names = [one for one in nodes_in(self.place.node) if isinstance(one, ast.Name)]
        read |= {one.id for one in names if isinstance(one.ctx, ast.Load)}
        attributes = set[str]()
        for node in nodes_in(self.place.kind) if self.place.kind else ():
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
                attributes.add(f"{self.this}.{node.attr}")
        local = [name for name in self._local if name not in read and name != "_"]
        kept = [one for one in self.kept if one not in attributes and not self.begins]
        return (*local, *kept, *self._unused)

    @property
    def _unused(self) -> Iterator[str]:
        """Give what is worked out and kept, and read in the line alone that works it out."""
        for node in nodes_in(self.place.node):
            if not isinstance(node, ast.Assign) or self.begins:
                continue
            inside, target = {id(one) for one in nodes_in(node)}, self.text(node.targets[0])
            reads = [one.node for one in self.atoms if self.text(one.node) == target]
            is_kept = isinstance(node.targets[0], ast.Subscript) or target in self.kept
            if is_kept and reads and all(id(one) in inside for one in reads):
                yield target

    @cached_property
    def quantities(self) -> tuple[str, ...]:
        """The texts of what its formulas may be made of, those that nothing reads first."""
        read = (self.text(one.node) for one in self.atoms)
        every = dict.fromkeys([*self.unread, *self.targets, *self.kept, *self._local, *read])
        known = [one for one in every if one != self.this and "\n" not in one]
        return tuple(known[:MOST_QUANTITIES])

    def mentions(self, text: str) -> bool:
        """Return whether anything in the function has a text."""
        return any(self.text(one.node) == text for one in self.expressions)

    def together(
        self, kind: str, edits: Iterable[CandidateEdit], weight: float
    ) -> Iterator[CandidateEdit]:
        """Give the edit that makes several at once, where there are several."""
        every = tuple(dict.fromkeys(edit for one in edits for edit in one.edits))
        if len(every) > 1 and are_apart(every):
            yield CandidateEdit(kind, every, self.place.node.name, weight)

    @property
    def _local(self) -> list[str]:
        parameters = [name for name in self.place.parameters if name != self.this]
        stored = [
            one.id
            for one in nodes_in(self.place.node)
            if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)
        ]
        return list(dict.fromkeys([*parameters, *stored]))


def _is_atom(placed: PlacedExpression) -> bool:
    node, parent = placed.node, placed.parent
    if not isinstance(node, ATOMS) or not isinstance(node.ctx, ast.Load):
        return False
    if isinstance(parent, ast.Call) and parent.func is node:
        return False
    return not isinstance(parent, (ast.Attribute, ast.Starred)) and not (
        isinstance(parent, ast.Subscript) and parent.value is node
    )


def _constructor_nodes(place: FunctionPlace) -> Iterator[ast.AST]:
    for method in place.kind.body if place.kind else ():
        if isinstance(method, ast.FunctionDef) and method.name == "__init__":
            yield from nodes_in(method)


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Give what is set, with what it is set to; with the whole, what a part with a star sets."""
    targets = target.elts if isinstance(target, ast.Tuple) else [target]
    values = list(value.elts) if isinstance(value, ast.Tuple) else [value]
    stars = [at for at, one in enumerate(values) if isinstance(one, ast.Starred)]
    if stars:
        more = len(targets) - len(values) + 1
        values[stars[0] : stars[0] + 1] = [value] * more
    for at, one in enumerate(targets):
        yield one, values[at] if len(values) == len(targets) else value


def rest_of(node: ast.AST) -> ast.expr | None:
    """Return b of an expression 1 - b, the share that stays of a moving average; None of others."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub):
        return node.right if number_of(node.left) == 1 else None
    return None
