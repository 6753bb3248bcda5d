"""The conventions of a student's engine: its names for the number, the gradient, the children."""

import ast
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from grader.feedback.repair.outline import FunctionNode, FunctionPlace, Outline, PieceText, nodes_in

ARITHMETIC = ("__add__", "__mul__")
OPERATIONS = ("op", "operation", "operator")
PACKAGES = ("math", "numpy")
CHILDREN = ("child", "prev", "parent", "operand", "input", "arg", "src", "_in", "kids")


class Conventions(NamedTuple):
    """The names by which an engine's source goes.

    Attributes:
        piece: where the class stands.
        kind: its tree.
        data: the attribute with the number.
        grad: the attribute with the gradient.
        children: the attribute with what a node was made from; "" where there is none.
        rule: the attribute with the function that sends a gradient on; "" where there is none.
        pairs: whether a node is given its operands in pairs, each with the slope along it.
        children_argument: the constructor's argument that takes the children; "" where none does.
        operation_argument: the constructor's argument that takes the operation's name, or "".
        functions: the package that functions such as exp are taken from, "math" say, or "".
        methods: the class's methods by name.
        lists: the functions outside of classes that go over a graph and return what they meet.
    """

    piece: PieceText
    kind: ast.ClassDef
    data: str
    grad: str
    children: str
    rule: str
    pairs: bool
    children_argument: str
    operation_argument: str
    functions: str
    methods: dict[str, FunctionNode]
    lists: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The class's name."""
        return self.kind.name

    def takes_methods(self) -> bool:
        """Return whether its class has lines of its own, below which a method can stand."""
        return self.kind.body[0].lineno > self.kind.lineno


def conventions(outline: Outline, name: str | None = None) -> Conventions | None:
    """Return the conventions of the engine, None where no class looks like one.

    Args:
        outline: of the source.
        name: of the engine's class, where it is known.
    """
    named = [one for one in outline.classes if one[1].name == name]
    likely = [one for one in outline.classes if _is_engine(one[1])]
    for piece, kind in reversed(named or likely):
        own = _of(piece, kind, _package(outline))
        lists = [one.node.name for one in outline.functions if is_list_of_nodes(one, own.children)]
        return own._replace(lists=tuple(lists))
    return None


def _of(piece: PieceText, kind: ast.ClassDef, functions: str) -> Conventions:
    methods: dict[str, FunctionNode] = {
        node.name: node for node in kind.body if isinstance(node, ast.FunctionDef)
    }
    init = methods.get("__init__")
    own = dict(_own_attributes(init)) if init else {}
    parameters = [one.arg for one in init.args.args[1:]] if init else []
    first = parameters[0] if parameters else "data"
    data = next((name for name, value in own.items() if _mentions(value, first)), "data")
    alike = [name for name in own if _is_gradient(name)]
    grad = next(iter(sorted(alike, key=lambda name: name != "grad")), "") or next(
        (name for name, value in own.items() if _is_zero(value) and name != data), "grad"
    )
    data, grad = (_public(name, methods) for name in (data, grad))
    children, argument = _children(own, parameters)
    operation = next((name for name in parameters if name.strip("_") in OPERATIONS), "")
    rule = _rule(kind, own) or (_given_rule(init, own) if init else "")
    return Conventions(
        *(piece, kind, data, grad, children, rule, not rule and _has_pairs(kind)),
        *(argument, operation, functions, methods),
    )


def _public(name: str, methods: Collection[str]) -> str:
    """Return the name of the property that stands before an attribute, or that of the attribute."""
    plain = name.lstrip("_")
    return plain if plain in methods else name


def _package(outline: Outline) -> str:
    """Return the name under which a source has a package of functions, "" where it has none."""
    for piece in outline.pieces:
        for node in nodes_in(piece.tree):
            for alias in node.names if isinstance(node, ast.Import) else ():
                if alias.name in PACKAGES:
                    return alias.asname or alias.name
    return ""


def _is_engine(kind: ast.ClassDef) -> bool:
    return any(isinstance(node, ast.FunctionDef) and node.name in ARITHMETIC for node in kind.body)


def _is_gradient(name: str) -> bool:
    """Return whether an attribute may be the gradient itself."""
    words = name.lower().strip("_").split("_")
    return "grad" in name.lower() and not {"requires", "require", "needs", "fn", "zero"} & {*words}


def _own_attributes(init: FunctionNode) -> Iterator[tuple[str, ast.expr]]:
    for node in nodes_in(init):
        if isinstance(node, ast.AnnAssign) and node.value is not None:
            targets: Sequence[ast.expr] = [node.target]
        elif isinstance(node, ast.Assign):
            targets = node.targets
        else:
            continue
        assert node.value is not None
        for target in targets:
            if isinstance(target, ast.Attribute):
                yield target.attr, node.value


def _mentions(value: ast.expr, name: str) -> bool:
    return any(isinstance(one, ast.Name) and one.id == name for one in nodes_in(value))


def _is_zero(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value == 0 and value.value is not False


def _children(own: dict[str, ast.expr], parameters: Sequence[str]) -> tuple[str, str]:
    """Return the attribute with the children, and the argument that they come in."""
    for parameter in parameters[1:]:
        if any(part in parameter.lower() for part in CHILDREN):
            kept = [name for name, value in own.items() if _mentions(value, parameter)]
            alike = [name for name in own if any(part in name.lower() for part in CHILDREN)]
            return next(iter((*kept, *alike)), ""), parameter
    alike = [name for name in own if any(part in name.lower() for part in CHILDREN)]
    return next(iter(alike), ""), ""


def _rule(kind: ast.ClassDef, own: dict[str, ast.expr]) -> str:
    """Return the attribute that functions inside of methods are kept in."""
    for method in kind.body:
        if isinstance(method, ast.FunctionDef):
            inner = {one.name for one in nodes_in(method) if isinstance(one, ast.FunctionDef)}
            for node in nodes_in(method):
                if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Attribute):
                    value = node.value.func if isinstance(node.value, ast.Call) else node.value
                    if isinstance(value, ast.Name) and value.id in inner - {method.name}:
                        return node.targets[0].attr
    return next((name for name, value in own.items() if isinstance(value, ast.Lambda)), "")


def _given_rule(init: FunctionNode, own: dict[str, ast.expr]) -> str:
    """Return the attribute with a function that the constructor is given, which has a default."""
    taken, defaults = init.args.args, init.args.defaults
    with_default = zip(taken[len(taken) - len(defaults) :], defaults, strict=True)
    functions = {one.arg for one, default in with_default if isinstance(default, ast.Lambda)}
    kept = (name for name, value in own.items() if getattr(value, "id", "") in functions)
    return next(kept, "")


def _has_pairs(kind: ast.ClassDef) -> bool:
    """Return whether nodes are made of pairs: `((self, 1.0), (other, 1.0))`."""
    return any(
        isinstance(node, (ast.Tuple, ast.List)) and _is_pair(node.elts)
        for call in nodes_in(kind)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == kind.name
        for node in call.args
    )


def _is_pair(parts: Sequence[ast.expr]) -> bool:
    return bool(parts) and all(isinstance(one, ast.Tuple) and len(one.elts) == 2 for one in parts)


def made_name(place: FunctionPlace, conventions: Conventions) -> str:
    """Return the local name of the node that a method makes, "" where it has none."""
    for node in nodes_in(place.node):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            call = node.value
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
                continue
            name = node.targets[0].id
            if call.func.id == conventions.name and name not in place.parameters:
                return name
    return ""


def is_list_of_nodes(place: FunctionPlace, children: str) -> bool:
    """Return whether a function outside of classes goes over a graph, and returns what it meets.

    Args:
        place: the function.
        children: the attribute with what a node was made from, "" where there is none.
    """
    node = place.node
    if not children or place.kind is not None or len(place.parameters) != 1:
        return False
    returns = [one for one in node.body if isinstance(one, ast.Return) and one.value]
    reads = {one.attr for one in nodes_in(node) if isinstance(one, ast.Attribute)}
    is_kept = bool(reads & {"append", "extend", "insert"})
    return bool(returns) and is_kept and children in reads
