"""Edits of expressions over arrays: axes, transposes, products, functions, and copies."""

import ast
from collections.abc import Iterator
from itertools import product

from grader.feedback.repair.conventions import Conventions
from grader.feedback.repair.edit import CandidateEdit
from grader.feedback.repair.outline import FunctionPlace, Outline, called_name, nodes_in, target_of
from grader.feedback.repair.rules.expression_edits import PlacedExpression, expressions
from grader.feedback.repair.rules.function_edits import FunctionEdits

PACKAGES = ("numpy", "cupy", "jax.numpy")
REDUCTIONS = ("sum", "mean", "max", "min", "prod", "std", "var")
AXES = ("0", "1", "-1")
ALIKE = (
    ("sum", "mean", "max", "prod"),
    ("exp", "log", "exp2", "log2", "log10", "log1p", "expm1", "tanh", "sqrt", "sin", "cos"),
    ("maximum", "minimum"),
    ("zeros_like", "ones_like", "empty_like", "full_like"),
    ("zeros", "ones", "empty"),
    ("array", "asarray"),
    ("dot", "multiply", "matmul", "outer"),
)
UNCHANGED = ("reshape", "transpose", "astype", "copy", "squeeze", "flatten", "ravel", "sum", "mean")


def array_package(parts: Outline) -> str:
    """Return the name under which a source has its package of arrays, "" where it has none."""
    for piece in parts.pieces:
        for node in nodes_in(piece.tree):
            for alias in node.names if isinstance(node, ast.Import) else ():
                if alias.name in PACKAGES:
                    return alias.asname or alias.name
    return ""


class ArrayEdits(FunctionEdits):
    """The edits of one function's arrays."""

    def __init__(self, place: FunctionPlace, conventions: Conventions | None, package: str) -> None:
        """Prepare.

        Args:
            place: the function.
            conventions: those of the engine, None where there is none.
            package: the name of the package of arrays.
        """
        super().__init__(place, conventions)
        self._package = package
        self._options = _options(place)

    def candidates(self) -> Iterator[CandidateEdit]:
        """Give them."""
        for placed in expressions(self.place):
            yield from self._of(placed)
        for node in nodes_in(self.place.node):
            if isinstance(node, (ast.Assign, ast.AugAssign)):
                yield from self._of_keeping(node)

    def _of(self, placed: PlacedExpression) -> Iterator[CandidateEdit]:
        node = placed.node
        if isinstance(node, ast.Attribute) and node.attr == "T":
            yield self.put("transpose", node, self.text(node.value), 2, "no .T")
        elif isinstance(node, ast.BinOp) and isinstance(node.op, (ast.MatMult, ast.Mult)):
            yield from self._of_product(node, placed.parent)
        elif isinstance(node, ast.Call):
            yield from self._of_axes(node)
            yield from self._of_function(node)
        elif isinstance(node, ast.Subscript) and self.text(node.slice) in AXES:
            yield self.put("axis", node, f"{self._bound(node.value)}.sum(axis=0)", 3)
            yield self.put("part left out", node, self.text(node.value), 3)

    def _of_product(self, node: ast.BinOp, parent: ast.AST) -> Iterator[CandidateEdit]:
        sides = self._turned(node.left), self._turned(node.right)
        is_matrix = isinstance(node.op, ast.MatMult)
        weight = 2.2 if is_matrix else 3.4
        for at, (left, right) in enumerate(product(*sides)):
            turned = at > 0
            ways = [f"{left} @ {right}"] if turned or not is_matrix else []
            ways += [f"{right} @ {left}"] if turned or not is_matrix else []
            for text in ways:
                kind = "transpose" if is_matrix else "operator"
                yield self.put(kind, node, self.bound(text, parent), weight + at / 10)
        if is_matrix:
            left, right = self.closed(node.left), self.closed(node.right)
            yield self.put("operator", node, self.bound(f"{left} * {right}", parent), 3)

    def _turned(self, side: ast.expr) -> tuple[str, str]:
        """Return a side of a product, and the same transposed."""
        text = self._bound(side)
        if isinstance(side, ast.Attribute) and side.attr == "T":
            return text, self.text(side.value)
        return text, f"{text}.T"

    def _bound(self, node: ast.expr) -> str:
        is_whole = isinstance(node, (ast.Name, ast.Attribute, ast.Call, ast.Subscript))
        return self.text(node) if is_whole else f"({self.text(node)})"

    def _of_axes(self, node: ast.Call) -> Iterator[CandidateEdit]:
        """Give the edits of the axes that a reduction goes along, and of what it keeps."""
        name = called_name(node)
        if name not in REDUCTIONS:
            return
        given = {one.arg: self.text(one.value) for one in node.keywords if one.arg}
        axes = (given.get("axis"), *self._options.get("axis", ()), *AXES, None)
        kept = (given.get("keepdims"), *self._options.get("keepdims", ()), "True", None)
        for axis, keepdims in product(dict.fromkeys(axes), dict.fromkeys(kept)):
            if (axis, keepdims) != (given.get("axis"), given.get("keepdims")):
                options = {"axis": axis, "keepdims": keepdims}
                options |= {name: text for name, text in given.items() if name not in options}
                both = axis != given.get("axis") and keepdims != given.get("keepdims")
                text = self._called(node, options)
                own = axis in (given.get("axis"), *self._options.get("axis", ()))
                yield self.put("axis", node, text, 2.2 + both * 0.6 + (not own) * 0.4)

    def _called(self, node: ast.Call, options: dict[str, str | None]) -> str:
        """Return the text of a call with other options."""
        words = [self.text(one) for one in node.args]
        words += [f"{name}={value}" for name, value in options.items() if value is not None]
        return f"{self.text(node.func)}({', '.join(words)})"

    def _of_function(self, node: ast.Call) -> Iterator[CandidateEdit]:
        """Give the edits of which function is applied, and of those that are one too much."""
        name = called_name(node)
        if isinstance(node.func, ast.Attribute) and name:
            owner = self.text(node.func.value)
            is_package = owner == self._package
            for other in next((group for group in ALIKE if name in group), ()):
                if other != name and not (is_package and other in ("prod",)):
                    function = f"{owner}.{other}({self._arguments(node)})"
                    yield self.put("function", node, function, 2.8)
            if is_package and node.args:
                first, weight = node.args[0], 2.3 if name == "ones_like" else 2.8
                yield self.put("call too much", node, self._bound(first), weight, f"no {name}")
            elif name in UNCHANGED:
                yield self.put("call too much", node, owner, 2.8, f"no {name}")
        if any(one.arg == "dtype" for one in node.keywords) or name in ("array", "asarray"):
            given = {one.arg: self.text(one.value) for one in node.keywords if one.arg}
            for dtype in (None, "float"):
                if dtype != given.get("dtype"):
                    yield self.put(
                        "precision", node, self._called(node, {**given, "dtype": dtype}), 2.2
                    )

    def _arguments(self, node: ast.Call) -> str:
        words = [self.text(one) for one in node.args]
        return ", ".join([*words, *(f"{one.arg}={self.text(one.value)}" for one in node.keywords)])

    def _of_keeping(self, node: ast.Assign | ast.AugAssign) -> Iterator[CandidateEdit]:
        """Give the edits by which an array is a new one, and a gradient has its shape."""
        target = target_of(node)
        if not isinstance(target, ast.Attribute):
            return
        left, value = self.text(target), node.value
        if isinstance(node, ast.AugAssign):
            if type(node.op) in (ast.Add, ast.Sub) and target.attr == self.grad:
                sign = "+" if isinstance(node.op, ast.Add) else "-"
                text = f"{left} = {left} {sign} {self.closed(value)}"
                yield self.put("shared array", node, text, 2.6)
            return
        owner = self.text(target.value)
        if target.attr == self.grad:
            zeros = f"{self._package}.zeros_like({owner}.{self.data})"
            if self.text(value) != zeros:
                weight = 2 if self.place.node.name in ("__init__", "zero_grad") else 3.2
                yield self.put("first value", value, zeros, weight)
        if isinstance(value, (ast.Name, ast.Attribute)) and target.attr in (self.grad, self.data):
            yield self.put("shared array", value, f"{self._package}.array({self.text(value)})", 2.4)


def _options(place: FunctionPlace) -> dict[str, tuple[str, ...]]:
    """Return what a function may give for an option: its parameter, or the node's attribute."""
    this = place.parameters[0] if place.kind is not None and place.parameters else ""
    own = {
        node.attr
        for node in nodes_in(place.kind or place.node)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
    }
    found: dict[str, tuple[str, ...]] = {}
    for name in ("axis", "keepdims"):
        ways = [name] if name in place.parameters else []
        kept = [f"{this}.{name}"] if name in own and this else []
        found[name] = (*ways, *kept)
    return found
