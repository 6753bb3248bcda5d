"""Edits of the class of one operation: the shares that it sends, and what it works them out of."""

import ast
from collections.abc import Iterator, Mapping, Sequence

from grader.feedback.repair.conventions import Conventions
from grader.feedback.repair.edit import CandidateEdit, TextEdit
from grader.feedback.repair.outline import FunctionPlace, nodes_in
from grader.feedback.repair.rules.arrays.fitting import Fitting
from grader.feedback.repair.rules.arrays.operation_class import OperationClass
from grader.feedback.repair.rules.arrays.option_conditions import OptionConditions, unread_fields
from grader.feedback.repair.rules.function_edits import FunctionEdits
from grader.feedback.repair.rules.textbook_rules import array_shares_of


class OperationEdits(FunctionEdits):
    """The edits of one method of the class of an operation."""

    def __init__(
        self,
        place: FunctionPlace,
        conventions: Conventions | None,
        own: OperationClass,
        fitting: Fitting,
    ) -> None:
        """Prepare.

        Args:
            place: the method.
            conventions: those of the engine, None where there is none.
            own: the class.
            fitting: how a share gets its operand's shape.
        """
        super().__init__(place, conventions)
        self._own = own
        self._fitting = fitting

    def candidates(self) -> Iterator[CandidateEdit]:
        """Give them."""
        if self.place.node is self._own.backward and self.place.parameters:
            yield from self._of_shares()
            yield from self._of_fields()
            yield from self._missing()
            yield from OptionConditions(self.place, self.conventions, self._own).candidates()

    @property
    def _this(self) -> str:
        return self.place.parameters[0]

    def _shares(self) -> Mapping[str, str]:
        """Return the right share of each operand, by the attribute that it is kept in."""
        own, this = self._own, self._this
        nodes = [own.kept.get(name, "") for name in own.parameters]
        numbers = [f"{this}.{name}" if name else "" for name in nodes]
        made = f"{this}.{own.result}.{self.data}" if own.result else ""
        words = {"up": own.upstream, "out": made, "this": this, "np": self._fitting.package}
        shares = array_shares_of(own.kind.name, numbers, self.data, words)
        return {name: share for name, share in zip(nodes, shares, strict=False) if name}

    def _calls(self) -> Iterator[tuple[ast.Call, str]]:
        """Give the calls that send a share, with the attribute of the operand that gets it."""
        for node in nodes_in(self.place.node):
            function = node.func if isinstance(node, ast.Call) and node.args else None
            if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Attribute):
                assert isinstance(node, ast.Call)
                yield node, function.value.attr

    def _of_shares(self) -> Iterator[CandidateEdit]:
        shares = self._shares()
        for node, name in self._calls():
            sent, owner = node.args[0], f"{self._this}.{name}"
            yield from self._scaled(sent, f"{owner}.{self.data}")
            for way in self._fitting.fitted(self.text(sent), f"{owner}.{self.data}"):
                yield self._fit(sent, way, 2.3)
            if share := shares.get(name):
                yield self.put("formula", sent, share, 3.6)
                for way in self._fitting.fitted(share, f"{owner}.{self.data}"):
                    yield self._fit(sent, way, 3.8)
            for other in self._own.kept.values():
                if other != name and isinstance(node.func, ast.Attribute):
                    change = f"owner {'<>'.join(sorted((name, other)))}"
                    text = f"{self._this}.{other}"
                    yield self.put("operand", node.func.value, text, 2.6, change)
        yield from self._returned(shares)

    def _returned(self, shares: Mapping[str, str]) -> Iterator[CandidateEdit]:
        """Give the edits of shares that are returned, each in the operand's place."""
        for node in nodes_in(self.place.node):
            value = node.value if isinstance(node, ast.Return) else None
            parts = value.elts if isinstance(value, (ast.Tuple, ast.List)) else [value]
            known: Sequence[str] = list(shares.values())
            for part, share in zip(parts, known, strict=False):
                if part is not None and self.text(part) != share:
                    yield self.put("formula", part, share, 3.6)
            for part in parts:
                if part is not None:
                    yield from self._scaled(part, "")

    def _scaled(self, sent: ast.expr, number: str) -> Iterator[CandidateEdit]:
        """Give the edits that put one more factor to a share, or spread it over its operand."""
        text, upstream = self.closed(sent), self._own.upstream
        unread = unread_fields(self.place, self._own)
        if upstream:
            yield self.put("upstream missing", sent, f"{text} * {upstream}", 2, f"* {upstream}")
        for name in self._own.fields:
            sooner = 0.8 * (name in unread)  # what is kept for nothing was kept for this
            for field in (f"{self._this}.{name}", f"{self._this}.{name}.{self.data}"):
                yield self.put("factor missing", sent, f"{text} * {field}", 3 - sooner)
                yield self.put("factor missing", sent, f"{text} / {field}", 3.1 - sooner)
        if number and self._fitting.package:
            ones = f"{self._fitting.package}.ones_like({number})"
            yield self.put("shape", sent, f"{text} * {ones}", 2.8)
            for size in (f"{number}.size", f"{number}.shape[0]", f"{number}.shape[-1]"):
                yield self.put("factor missing", sent, f"{text} / {size}", 3.1)

    def _fit(
        self, node: ast.expr, way: tuple[str, TextEdit | None], weight: float
    ) -> CandidateEdit:
        text, helper = way
        one = self.put("shape", node, text, weight)
        return one._replace(edits=(*one.edits, helper)) if helper else one

    def _of_fields(self) -> Iterator[CandidateEdit]:
        """Give the edits by which another field stands where one is read."""
        sent = {
            id(node.func.value) for node, _ in self._calls() if isinstance(node.func, ast.Attribute)
        }
        for node in nodes_in(self.place.node):
            is_own = isinstance(node, ast.Attribute) and self._is_this(node.value)
            if not is_own or not isinstance(node, ast.Attribute) or id(node) in sent:
                continue
            for other in self._own.fields:
                if other != node.attr and node.attr in self._own.fields:
                    change = f"field {'<>'.join(sorted((node.attr, other)))}"
                    yield self.put("operand", node, f"{self._this}.{other}", 2.4, change)

    def _is_this(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Name) and node.id == self._this

    def _missing(self) -> Iterator[CandidateEdit]:
        """Give the edits that send a share to an operand that gets none."""
        last = self.place.body[-1]
        sent = {name for _, name in self._calls()}
        if not self.piece.is_alone(last) or not sent or not self.is_below(last):
            return
        indent = self.piece.indent_of(last)
        for name, share in self._shares().items():
            if name in sent:
                continue
            owner = f"{self._this}.{name}"
            fits = self._fitting.fitted(share, f"{owner}.{self.data}")
            for text, helper in [(share, None), *fits]:
                line = f"{indent}{owner}.backward({text})\n"
                edit = self.piece.inserting_after(last, line)
                one = self.line("share missing", edit, 2.5)
                yield one._replace(edits=(*one.edits, helper)) if helper else one
