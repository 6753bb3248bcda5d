"""What a source defines, at rest: without the statements that work something out.

The lines keep their numbers, so that a place in it is one in the source.
"""

import ast
from collections.abc import Callable

from grader.engines.syntax import parse
from grader.feedback.repair.outline import nodes_in

ALWAYS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
IMPORTS = (ast.Import, ast.ImportFrom)
FUNCTIONS = ("math", "numpy", "cupy", "jax.numpy")
AT_REST = (
    *(ast.Constant, ast.Name, ast.Attribute, ast.Lambda, ast.Tuple, ast.List, ast.Dict, ast.Set),
    ast.UnaryOp,
)


def definitions(source: str, keeps: Callable[[ast.stmt], bool] | None = None) -> str:
    """Return a source without the statements that call something: they give way to blanks.

    What stays has the place that it had, to the character.

    Args:
        source: a script, or a cell.
        keeps: says which statements stay; those that define something where it is left out.

    Raises:
        SyntaxError: it cannot be parsed.
    """
    lines = source.split("\n")
    for node in parse(source).body:
        if not (keeps or _defines)(node):
            for at in range(node.lineno - 1, node.end_lineno or node.lineno):
                lines[at] = " " * len(lines[at])
    return "\n".join(lines)


def makes_engine(node: ast.stmt) -> bool:
    """Return whether a statement is of an engine: it defines, or sets a member of a class.

    What is imported is there already; the packages of functions stay, as their names tell what an
    edit may call. A name with a capital is taken for that of a class: a node's
    gradient, set by hand below the class, is not the engine's.
    """
    if isinstance(node, ALWAYS):
        return True
    if isinstance(node, ast.Import):
        return all(alias.name in FUNCTIONS for alias in node.names)
    if isinstance(node, ast.Assign):
        target = node.targets[0]
        if isinstance(target, ast.Attribute):
            return isinstance(target.value, ast.Name) and target.value.id[:1].isupper()
        return isinstance(node.value, AT_REST)
    calls = (one for one in nodes_in(node) if isinstance(one, ast.Call))
    names = [one.func.id for one in calls if isinstance(one.func, ast.Name)]
    return isinstance(node, (ast.For, ast.Expr)) and "setattr" in names


def is_kept_beside(node: ast.stmt) -> bool:
    """Return whether a statement of a file beside the submission is needed by its engine."""
    is_own = isinstance(node, ast.ImportFrom) and node.level > 0
    return makes_engine(node) or (isinstance(node, IMPORTS) and not is_own)


def _defines(node: ast.stmt) -> bool:
    if isinstance(node, (ast.Assign, ast.AnnAssign)):
        return not any(isinstance(part, ast.Call) for part in nodes_in(node))
    return isinstance(node, (ast.FunctionDef, ast.ClassDef, *IMPORTS))
