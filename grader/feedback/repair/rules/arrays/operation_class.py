"""A class whose instances are one use of an operation each: it makes a result, and sends shares."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from grader.feedback.repair.outline import FunctionNode, Outline, PieceText, nodes_in

FORWARD, BACKWARD = ("forward", "__call__", "apply"), "backward"


class OperationClass(NamedTuple):
    """What a class of one operation goes by.

    Attributes:
        piece: where it stands.
        kind: its tree.
        forward: the method that makes the result.
        backward: the method that sends the shares; None where it has none of its own.
        kept: the parameters of `forward` → the attributes that they are kept in.
        result: the attribute with the result, "" where it is not kept.
        fields: all attributes that `forward` sets, those of parameters first.
    """

    piece: PieceText
    kind: ast.ClassDef
    forward: FunctionNode
    backward: FunctionNode | None
    kept: dict[str, str]
    result: str
    fields: tuple[str, ...]

    @property
    def parameters(self) -> list[str]:
        """The names of what its operation is given."""
        return [one.arg for one in self.forward.args.args[1:]]

    @property
    def upstream(self) -> str:
        """The name of the gradient that arrives, "" where there is none."""
        taken = self.backward.args.args[1:] if self.backward else []
        return taken[0].arg if taken else ""


def operation_classes(parts: Outline, engine: str) -> dict[str, OperationClass]:
    """Return the classes of single operations, by name.

    Args:
        parts: the source's outline.
        engine: the name of the class of nodes, which is none of them.
    """
    found = {}
    for piece, kind in parts.classes:
        methods = {one.name: one for one in kind.body if isinstance(one, ast.FunctionDef)}
        forward = next((methods[name] for name in FORWARD if name in methods), None)
        if kind.name != engine and forward is not None and forward.args.args:
            found[kind.name] = _of(piece, kind, forward, methods.get(BACKWARD))
    return found


def _of(
    piece: PieceText, kind: ast.ClassDef, forward: FunctionNode, backward: FunctionNode | None
) -> OperationClass:
    parameters = [one.arg for one in forward.args.args[1:]]
    kept, others, result = dict[str, str](), list[str](), ""
    for target, value in assignments(forward):
        owners = (forward.args.args[0].arg, kind.name)
        if not isinstance(target, ast.Attribute) or getattr(target.value, "id", "") not in owners:
            continue
        if isinstance(value, ast.Name) and value.id in parameters:
            kept.setdefault(value.id, target.attr)
        else:
            others.append(target.attr)
            result = result or (target.attr if isinstance(value, ast.Call) else "")
    fields = tuple(dict.fromkeys([*kept.values(), *others]))
    return OperationClass(piece, kind, forward, backward, kept, result, fields)


def assignments(function: FunctionNode) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Give what is set, and to what, each of a tuple by itself."""
    for node in nodes_in(function):
        for target in node.targets if isinstance(node, ast.Assign) else ():
            assert isinstance(node, ast.Assign)
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                yield from zip(target.elts, node.value.elts, strict=False)
            else:
                yield target, node.value
