"""Edits of the method by which an operation makes its result: the number, and what is kept."""

import ast
import textwrap
from collections.abc import Iterator

from grader.feedback.repair.conventions import Conventions
from grader.feedback.repair.edit import CandidateEdit, TextEdit
from grader.feedback.repair.outline import FunctionPlace, nodes_in
from grader.feedback.repair.rules.arrays.array_edits import REDUCTIONS
from grader.feedback.repair.rules.arrays.operation_class import OperationClass, assignments
from grader.feedback.repair.rules.function_edits import FunctionEdits
from grader.feedback.repair.rules.textbook_rules import array_value_of


class ForwardEdits(FunctionEdits):
    """The edits of the method of one operation that makes its result."""

    def __init__(
        self,
        place: FunctionPlace,
        conventions: Conventions | None,
        own: OperationClass,
        package: str,
    ) -> None:
        """Prepare.

        Args:
            place: the method.
            conventions: those of the engine, None where there is none.
            own: the class.
            package: the name of the package of arrays, "" where there is none.
        """
        super().__init__(place, conventions)
        self._own = own
        self._package = package

    def candidates(self) -> Iterator[CandidateEdit]:
        """Give them."""
        yield from self._of_value()
        yield from self._of_changes()
        yield from self._kept()
        yield from self._of_ignored()
        yield from self._of_sizes()
        yield from self._uncounted()

    def _of_value(self) -> Iterator[CandidateEdit]:
        """Give the edits that put the right number into the result."""
        own = self._own
        right = array_value_of(own.kind.name, own.parameters, self.data, self._package)
        for node in nodes_in(self.place.node):
            given = node.args if isinstance(node, ast.Call) and self.makes_node(node) else []
            if given and right and self.text(given[0]) != right:
                yield self.put("value", given[0], right, 3.2)

    def _kept(self) -> Iterator[CandidateEdit]:
        """Give the edit that keeps an operand which the shares are worked out of."""
        backward = self._own.backward
        read = (
            {one.attr for one in nodes_in(backward) if isinstance(one, ast.Attribute)}
            if backward
            else set()
        )
        missing = [name for name in self._own.parameters if name in read - {*self._own.fields}]
        if missing and self.is_below(self.place.body[0]):
            kept = ", ".join(f"{self.place.parameters[0]}.{name}" for name in missing)
            line = f"{self.piece.indent_of(self.place.body[0])}{kept} = {', '.join(missing)}\n"
            yield self.line(
                "line missing", self.piece.inserting_before(self.place.body[0], line), 1.8
            )

    def _of_ignored(self) -> Iterator[CandidateEdit]:
        """Give the edits that keep an option which nothing reads, and hand it to reductions."""
        read = {one.id for one in nodes_in(self.place.node) if isinstance(one, ast.Name)}
        taken = self.place.node.args
        for one in taken.args[len(taken.args) - len(taken.defaults) :]:
            if one.arg not in read:
                edits = [*self._kept_as(one.arg), *self._handed_to_reductions(one.arg)]
                if edits:
                    yield CandidateEdit("option", tuple(edits), self.place.node.name, 2.2)

    def _kept_as(self, option: str) -> Iterator[TextEdit]:
        for target, value in assignments(self.place.node):
            if isinstance(target, ast.Attribute) and target.attr == option:
                yield self.piece.replacing(value, option)

    def _handed_to_reductions(self, option: str) -> Iterator[TextEdit]:
        for node in nodes_in(self.place.node):
            function = node.func if isinstance(node, ast.Call) else None
            if isinstance(function, ast.Attribute) and function.attr in REDUCTIONS:
                assert isinstance(node, ast.Call)
                at, given = self.piece.end(node) - 1, bool(node.args or node.keywords)
                text = f"{', ' * given}{option}={option}"
                yield TextEdit(self.piece.number, at, at, text)

    def _of_sizes(self) -> Iterator[CandidateEdit]:
        """Give the edits of how many entries go into one of the result."""
        made = [name for name in self.names if name not in self.place.parameters]
        for target, value in assignments(self.place.node):
            text = self.text(value)
            is_count = isinstance(target, ast.Attribute) and ("size" in text or "len(" in text)
            for name in made if is_count and self._own.parameters else ():
                sizes = f"{self._own.parameters[0]}.{self.data}.size / {name}.size"
                yield self.put("formula", value, sizes, 3)

    def _uncounted(self) -> Iterator[CandidateEdit]:
        """Give the edit that counts the uses of all operands, where an engine counts them down."""
        every, own = self.place.node.args.vararg, self.conventions
        if every is None or own is None:
            return
        counters = [
            node.target.attr
            for node in nodes_in(own.kind)
            if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Sub)
            if isinstance(node.target, ast.Attribute) and self._is_one(node.value)
        ]
        for node in self.place.body:
            for name in counters if isinstance(node, ast.Pass) else ():
                inner = f"{self.piece.indent_of(node)}    one.{name} += 1"
                yield self.put("line missing", node, f"for one in {every.arg}:\n{inner}", 2.5)

    def _is_one(self, value: ast.expr) -> bool:
        return isinstance(value, ast.Constant) and value.value == 1

    def _of_changes(self) -> Iterator[CandidateEdit]:
        """Give the edits by which an operand stays as it is, and a new array is changed."""
        for node in self.place.body:
            target = node.target if isinstance(node, ast.AugAssign) else None
            if not isinstance(target, ast.Attribute) or not isinstance(node, ast.AugAssign):
                continue
            symbol = self.text(target)
            old = self.piece.lines_of(node)
            operator = old.partition(symbol)[2].partition("=")[0].strip()
            made = textwrap.dedent(old).replace(
                f"{symbol} {operator}=", f"made = {symbol} {operator}"
            )
            edits = [self.piece.replacing_lines(node, node, self.piece.indent_of(node) + made)]
            edits += [
                self.piece.replacing(one, "made")
                for later in self.place.body
                if later.lineno > node.lineno
                for one in nodes_in(later)
                if isinstance(one, ast.Attribute) and self.text(one) == symbol
            ]
            yield CandidateEdit("changed in place", tuple(edits), self.place.node.name, 2)
