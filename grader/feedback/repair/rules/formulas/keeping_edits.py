"""Edits of what is kept from one call to the next: added to, counted, decayed, kept at all."""

import ast
import textwrap
from collections.abc import Iterator

from grader.feedback.repair.edit import CandidateEdit
from grader.feedback.repair.outline import nodes_in
from grader.feedback.repair.rules.formulas.quantities import ATOMS, FormulaEdits, rest_of
from grader.feedback.repair.rules.loops.loop_lines import number_of
from grader.feedback.repair.rules.statement_edits import bodies

KIND = "not kept"
LOOPS = (ast.For, ast.While)


class KeepingEdits(FormulaEdits):
    """The edits of what one method keeps."""

    def candidates(self) -> Iterator[CandidateEdit]:
        """Give them."""
        decayed: list[CandidateEdit] = []
        for node in nodes_in(self.place.node):
            if isinstance(node, ast.Expr):
                yield from self._unused_result(node)
            if isinstance(node, ast.Assign):
                decayed += self._decayed(node)
                yield from self._of_number(node)
                yield from self._of_targets(node)
                yield from self._stored(node)
        yield from decayed
        yield from self.together(KIND, decayed, 1.8)
        yield from self._counted()
        for body in bodies(self.place.node):
            yield from self._moved(body)
        for loop in nodes_in(self.place.node):
            if isinstance(loop, LOOPS):
                yield from self._added_up(loop)

    def _added_up(self, loop: ast.For | ast.While) -> Iterator[CandidateEdit]:
        """Give the edits of a sum: one that is set anew, or whose root is not taken."""
        for node in loop.body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                text = f"{node.targets[0].id} += {self.text(node.value)}"
                yield self.put(KIND, node, text, 2)
            elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
                yield self.put(
                    "added instead of set", node, f"{node.target.id} = {self.text(node.value)}", 2.5
                )
                line = f"{self.piece.indent_of(loop)}{node.target.id} **= 0.5\n"
                yield self.line("power", self.piece.inserting_after(loop, line), 2.2)

    def _decayed(self, node: ast.Assign) -> Iterator[CandidateEdit]:
        """Give the edits that keep a share of what was there, beside what comes new."""
        target, value = node.targets[0], node.value
        text, inside = self.text(target), nodes_in(value)
        is_kept = isinstance(target, (ast.Attribute, ast.Subscript)) and not self.begins
        if not is_kept or text in (self.text(one) for one in inside if isinstance(one, ATOMS)):
            return
        rests = [self.text(rest) for one in inside if (rest := rest_of(one)) is not None]
        for share in (*rests, *(self.unread if not rests else ())):
            whole = f"{share} * {text} + {self.closed(value)}"
            yield self.put(KIND, value, whole, 1.9)

    def _unused_result(self, node: ast.Expr) -> Iterator[CandidateEdit]:
        """Give the edits that keep what a statement works out, and nothing takes."""
        value = node.value
        if isinstance(value, ast.Compare) and isinstance(value.ops[0], ast.Eq):
            text = f"{self.text(value.left)} = {self.text(value.comparators[0])}"
            yield self.put("not used", node, text, 1.5)
        for one in value.args if isinstance(value, ast.Call) else ():
            if isinstance(one, ast.Name):
                yield self.put("not used", node, f"{one.id} = {self.text(value)}", 1.8)

    def _of_number(self, node: ast.Assign) -> Iterator[CandidateEdit]:
        """Give the edits that count on, or keep, where a number is set; the first of some alone."""
        target = node.targets[0]
        if self.begins or not isinstance(target, (ast.Attribute, ast.Subscript)):
            return
        if number_of(node.value) is not None:
            text = f"{self.text(target)} += {self.text(node.value)}"
            yield self.put("not counted", node, text, 1.5)
        for one in nodes_in(node.value):
            if isinstance(one, ast.expr) and number_of(one) == 0:
                yield self.put(KIND, one, self.text(target), 1.5)

    def _of_targets(self, node: ast.Assign) -> Iterator[CandidateEdit]:
        """Give the edits that set fewer things to one value."""
        if len(node.targets) > 1 and not self.begins:
            for one in node.targets:
                text = f"{self.text(one)} = {self.text(node.value)}"
                yield self.put("kept too much", node, text, 1.8)

    def _stored(self, node: ast.Assign) -> Iterator[CandidateEdit]:
        """Give the edit that keeps what is worked out of what was kept, and never stored."""
        target = node.targets[0]
        if not isinstance(target, ast.Name) or self.begins or not self.piece.is_alone(node):
            return
        inside = {id(one) for one in nodes_in(node.value)}
        read = [self.text(one.node) for one in self.atoms if id(one.node) in inside]
        for text in dict.fromkeys(read):
            if text.startswith(f"{self.this}.") and text not in self.targets:
                line = f"{self.piece.indent_of(node)}{text} = {target.id}\n"
                yield self.line(KIND, self.piece.inserting_after(node, line), 2)

    def _counted(self) -> Iterator[CandidateEdit]:
        """Give the edits that count the calls, where a count begins and never grows."""
        stored = {
            f"{self.this}.{one.attr}"
            for method in (self.place.kind.body if self.place.kind else ())
            if isinstance(method, ast.FunctionDef) and method.name != "__init__"
            for one in nodes_in(method)
            if isinstance(one, ast.Attribute) and isinstance(one.ctx, ast.Store)
        }
        first = self.place.body[0]
        if self.begins or not self.is_below(first):
            return
        for text, start in self.kept.items():
            if number_of(start) is not None and text not in stored and self.mentions(text):
                line = f"{self.piece.indent_of(first)}{text} += 1\n"
                yield self.line("not counted", self.piece.inserting_before(first, line), 1.6)

    def _moved(self, body: list[ast.stmt]) -> Iterator[CandidateEdit]:
        """Give the edits that take a line out of a loop's beginning, or into it."""
        for at, loop in enumerate(body):
            if not isinstance(loop, LOOPS) or not self.is_below(loop.body[0]):
                continue
            inner, outer = self.piece.indent_of(loop.body[0]), self.piece.indent_of(loop)
            for one in loop.body if len(loop.body) > 1 else ():
                if self.piece.is_alone(one):
                    text = self._at(one, outer)
                    edits = (
                        self.piece.inserting_before(loop, text),
                        self.piece.replacing_lines(one, one, ""),
                    )
                    yield CandidateEdit("depth of a line", edits, self.place.node.name, 2.3)
            for one in body[:at]:
                if self.piece.is_alone(one) and not isinstance(one, LOOPS):
                    edits = (
                        self.piece.replacing_lines(one, one, ""),
                        self.piece.inserting_before(loop.body[0], self._at(one, inner)),
                    )
                    yield CandidateEdit("depth of a line", edits, self.place.node.name, 2.6)

    def _at(self, node: ast.stmt, indent: str) -> str:
        return textwrap.indent(textwrap.dedent(self.piece.lines_of(node)), indent)
