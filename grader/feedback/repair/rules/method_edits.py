"""Edits of methods: one that is missing, or a right one in the student's own conventions."""

import ast
import textwrap
from collections.abc import Collection, Iterator, Mapping

from grader.feedback.repair.conventions import Conventions
from grader.feedback.repair.edit import CandidateEdit, TextEdit
from grader.feedback.repair.outline import FunctionNode, FunctionPlace
from grader.feedback.repair.rules.textbook_rules import (
    SYMBOLS,
    composed,
    operation,
    shares_of,
    value_of,
)

BINARY = ("add", "sub", "mul", "truediv", "pow")
COMMUTES = {"radd": "__add__", "rmul": "__mul__"}
METHODS = (*BINARY, "neg", "radd", "rmul", "rsub", "rtruediv")
FUNCTIONS = ("relu", "tanh", "exp", "log", "sin", "cos", "sqrt")
SPECIAL = frozenset((*dir(float), *dir(list), "__call__", "__matmul__", "__rmatmul__"))
UNIT = "    "


class MethodEdits:
    """The edits of whole methods of one engine."""

    def __init__(self, conventions: Conventions, operations: Collection[str]) -> None:
        """Prepare.

        Args:
            conventions: of the engine.
            operations: those that are asked for, "sub" or "rsub" say.
        """
        self._conventions = conventions
        self._operations = operations
        self._piece = conventions.piece

    def candidates(self) -> Iterator[CandidateEdit]:
        """Give them: methods that are missing first."""
        methods = {
            operation(name): name
            for name in self._conventions.methods
            if operation(name) not in METHODS or name == f"__{operation(name)}__"
        }
        yield from self._text()
        for name in (*METHODS, *FUNCTIONS):
            if name in methods:
                yield from self._replaced(self._conventions.methods[methods[name]])
            elif name in self._operations:
                wanted = f"__{name}__" if name in METHODS else name
                yield from self._misnamed(wanted)
                yield from self._added(wanted)

    def _text(self) -> Iterator[CandidateEdit]:
        """Give the edit that has a node show its number."""
        own, method = self._conventions, self._conventions.methods.get("__repr__")
        if method is None or "text" not in self._operations:
            return
        last, this = method.body[-1], method.args.args[0].arg if method.args.args else "self"
        if last.lineno > method.lineno:
            text = f'return f"{own.name}(data={{{this}.{own.data}}})"\n'
            lines = self._piece.indent_of(method.body[0]) + text
            edits = (self._piece.replacing_lines(method.body[0], last, lines),)
            yield self._with("text", edits, method.name, 4)

    def _added(self, method: str) -> Iterator[CandidateEdit]:
        """Give the edits that add a method, below those that are there."""
        if not self._conventions.takes_methods():
            return
        last = self._conventions.kind.body[-1]
        indent = self._piece.indent_of(last)
        kind = "reflected operator" if operation(method).startswith("r") else "missing method"
        kind = "missing method" if operation(method) == "relu" else kind
        is_alone = operation(method) in ("neg", *FUNCTIONS)
        parameters = ["self"] if is_alone else ["self", "other"]
        other = COMMUTES.get(operation(method), "")
        if other in self._conventions.methods:
            line = f"{indent}{method} = {other}\n"
            yield self._with(kind, (self._piece.inserting_after(last, line),), method, 2)
        for at, body in enumerate(self._bodies(method, parameters)):
            head = f"def {method}({', '.join(parameters)}):\n"
            text = textwrap.indent(head + textwrap.indent(body, UNIT), indent)
            edits = (self._piece.inserting_after(last, f"\n{text}"),)
            yield self._with(kind, edits, method, 2.5 + at / 10)

    def _misnamed(self, wanted: str) -> Iterator[CandidateEdit]:
        """Give the edits that call a method by its right name."""
        for name, method in self._conventions.methods.items():
            is_alike = operation(name) == operation(wanted)
            if is_alike or (name.startswith("__") and name not in SPECIAL):
                at = self._piece.text.find(name, self._piece.start(method))
                edit = TextEdit(self._piece.number, at, at + len(name), wanted)
                yield self._with("name", (edit,), name, 1.5)

    def _replaced(self, method: FunctionNode) -> Iterator[CandidateEdit]:
        """Give the edits that put a right body in the place of a method's."""
        place = FunctionPlace(self._piece, method, self._conventions.kind)
        first = place.body[0]
        if first.lineno == method.lineno or not place.parameters:
            return
        indent = self._piece.indent_of(first)
        for at, body in enumerate(self._bodies(method.name, place.parameters)):
            text = textwrap.indent(body, indent)
            edits = (self._piece.replacing_lines(first, method.body[-1], text),)
            weight = 4.2 if "\n" not in body.strip() else 5.5
            yield self._with(self._kind_of(method), edits, method.name, weight + at / 10)
        if operation(method.name) in (*BINARY, "radd", "rmul", "rsub", "rtruediv"):
            other, node = place.parameters[-1], self._conventions.name
            line = (
                f"{indent}{other} = {other} if isinstance({other}, {node}) else {node}({other})\n"
            )
            edits = (self._piece.inserting_before(first, line),)
            yield self._with("number not wrapped", edits, method.name, 3)

    def _kind_of(self, method: FunctionNode) -> str:
        """Return the kind of a fault that a whole body mends, which its text may tell."""
        if operation(method.name).startswith("r") and operation(method.name) != "relu":
            return "reflected operator"
        result = method.body[-1]
        if isinstance(result, ast.Return) and _is_number(result.value, self._conventions.data):
            return "plain number"
        if isinstance(result, ast.Return) and isinstance(result.value, ast.Call):
            called = result.value.func
            if isinstance(called, ast.Name) and called.id == self._conventions.name:
                return "detached" if len(result.value.args) == 1 else "whole method"
        return "whole method"

    def _bodies(self, method: str, parameters: list[str]) -> Iterator[str]:
        for text in composed(method, parameters, self._conventions.name):
            yield f"return {text}\n"
        own = self._conventions
        value = value_of(method, parameters, own.data, own.functions)
        words = {"up": f"out.{own.grad}", "out": f"out.{own.data}", "functions": own.functions}
        shares = shares_of(method, parameters, own.data, words)
        if value and own.pairs:
            slopes = shares_of(
                method, parameters, own.data, words | {"up": "1.0", "out": f"({value})"}
            )
            pairs = "".join(f"({owner}, {slope}), " for owner, slope in slopes.items())
            yield f"return {own.name}({value}, ({pairs.rstrip()}))\n"
        if value and not own.rule:
            operands = ", ".join(shares or parameters[:1])
            yield f"return {own.name}({value}{made_from(own, method, operands)})\n"
        if value and shares and own.rule:
            yield self._with_rule(method, value, shares)

    def _with_rule(self, method: str, value: str, shares: Mapping[str, str]) -> str:
        """Return a body that makes a result, and gives it the rule that sends shares."""
        own, operands = self._conventions, ", ".join(shares)
        lines = [f"out = {own.name}({value}{made_from(own, method, operands)})"]
        is_told = own.children and not own.children_argument
        lines += [f"out.{own.children} = ({operands},)"] * bool(is_told)
        lines += ["", "def _backward():"]
        lines += [f"{UNIT}{owner}.{own.grad} += {share}" for owner, share in shares.items()]
        lines += ["", f"out.{own.rule} = _backward", "return out"]
        return "\n".join(lines) + "\n"

    def _with(
        self, kind: str, edits: tuple[TextEdit, ...], method: str, weight: float
    ) -> CandidateEdit:
        return CandidateEdit(kind, edits, method, weight)


def made_from(own: Conventions, method: str, operands: str) -> str:
    """Return the further arguments of a constructor: the operands, and the operation's name."""
    given = f", {own.children_argument}=({operands},)" if own.children_argument else ""
    symbol = SYMBOLS.get(operation(method), "")
    return given + (f', {own.operation_argument}="{symbol}"' if own.operation_argument else "")


def _is_number(result: ast.expr | None, data: str) -> bool:
    """Return whether a result is worked out of nodes' numbers alone, which `data` holds."""
    if not isinstance(result, (ast.BinOp, ast.UnaryOp, ast.Attribute)):
        return False
    left: list[ast.expr] = [result]
    while left:
        node = left.pop()
        if isinstance(node, ast.BinOp):
            left += [node.left, node.right]
        elif isinstance(node, ast.UnaryOp):
            left.append(node.operand)
        elif not isinstance(node, ast.Constant) and getattr(node, "attr", "") != data:
            return False
    return True
