"""Finds its way in a student's graph: where a node keeps its value, its gradient, its children.

Runs in the student's process, while a submission runs; what it finds is remembered for each class.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from grader.engines.interpreter.object_queries import CHILDREN, OPERATION
from grader.engines.interpreter.plain import plain
from grader.engines.observation import NUMBER
from grader.engines.text import clean

DATA = ("data", "value", "val", "v", "_data", "_value")
GRADIENT = ("grad", "derivative", "gradient", "g", "_grad")
FUNCTION = "grad_fn"  # where an array's node keeps the function that made it
MOST_NODES = 20_000
LONGEST_WORD = 40

_getattr, _type, _id = getattr, type, id


class NodeForm(NamedTuple):
    """The names under which the objects of one class keep what they hold."""

    data: str
    grad: str
    link: str


def form_of(node: object) -> NodeForm:
    """Return the names under which `node` and its like keep value, gradient and children."""
    return NodeForm(_first(node, DATA) or _numeric(node), _first(node, GRADIENT), _link(node))


class NodeFields:
    """Knows where the objects of each class keep what a check calls `data` and `grad`."""

    def __init__(self) -> None:
        self._forms: dict[type, NodeForm] = {}

    def __call__(self, node: object, name: str) -> str:
        """Return the name under which `node` keeps what a check calls `name`."""
        if name not in ("data", "grad"):
            return name
        form = self._forms.get(_type(node))
        if form is None or not form.data:
            form = self._forms[_type(node)] = form_of(node)
        return (form.data if name == "data" else form.grad) or name


def children_of(node: object, link: str, kind: type) -> list[Any]:
    """Return the nodes that `node` was made from, as it keeps them under `link`.

    Args:
        node: a node of a graph.
        link: the name, see `NodeForm`.
        kind: the class of nodes; what else a collection holds is passed over.
    """
    value = _getattr(node, link, None)
    if value is None:
        return []
    if link == FUNCTION:
        value = list(_getattr(value, "__dict__", {}).values())
    return list(_nodes_in(value, kind))


class Graph(NamedTuple):
    """The graph below a root, up to a bound.

    Attributes:
        leaves: each once.
        uses: the id of a node → how many nodes are made from it; the root's is 0.
        operations: those that made the inner nodes.
        is_cut: there is more below than was looked at.
    """

    leaves: list[Any]
    uses: dict[int, int]
    operations: set[str]
    is_cut: bool = False


def below(root: object, link: str) -> Graph:
    """Return the graph below `root`."""
    kind = _type(root)
    graph = Graph([], {_id(root): 0}, set())
    uses, waiting, is_cut = graph.uses, [root], False
    while waiting:
        node = waiting.pop()
        children = children_of(node, link, kind)
        if children:
            graph.operations.add(word(node, OPERATION))
        else:
            graph.leaves.append(node)
        for child in children:
            name = _id(child)
            if name in uses:
                uses[name] += 1
            elif len(uses) < MOST_NODES:
                uses[name] = 1
                waiting.append(child)
            else:
                is_cut = True
    return graph._replace(is_cut=is_cut)


def _nodes_in(held: Any, kind: type) -> Iterator[Any]:
    """Return the nodes in a collection, also where each stands in a pair, with a slope say."""
    if isinstance(held, kind):
        yield held
    elif _type(held) in (tuple, list, set, frozenset):
        for item in held:
            if isinstance(item, kind):
                yield item
            elif _type(item) in (tuple, list):
                yield from (part for part in item if isinstance(part, kind))


def _first(node: object, names: tuple[str, ...]) -> str:
    return next((name for name in names if hasattr(node, name)), "")


def _numeric(node: object) -> str:
    """Return the only attribute but the gradient that is a number, "" for none or several."""
    own = _getattr(node, "__dict__", {})
    numbers = [
        name for name, value in own.items() if name not in GRADIENT and plain(value).kind == NUMBER
    ]
    return numbers[0] if len(numbers) == 1 else ""


def _link(node: object) -> str:
    kind = _type(node)
    for name in (*CHILDREN, FUNCTION):
        if hasattr(node, name):
            return name
    own = _getattr(node, "__dict__", {})
    return next((name for name, held in own.items() if any(_nodes_in(held, kind))), "")


def word(node: object, names: tuple[str, ...]) -> str:
    """Return the first of these attributes of `node` that is a text, "" where none is."""
    for name in names:
        text: Any = _getattr(node, name, None)
        if _type(text) is str:
            return clean(text, LONGEST_WORD)
    return ""
