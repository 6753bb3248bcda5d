"""Finds its way in a student's graph: where a node keeps its value, its gradient, its children.

Runs in the student's process, while a submission runs; what it finds is remembered for each class.
"""

from typing import Any, NamedTuple

from grader.engines.interpreter.engine_state import CHILDREN, COLLECTIONS, OPERATION, are_kin
from grader.engines.interpreter.forms.access import single
from grader.engines.interpreter.forms.links import nodes_within
from grader.engines.interpreter.forms.member_names import DATA, GRADIENT
from grader.engines.interpreter.forms.members import attribute_names
from grader.engines.interpreter.plain import plain
from grader.engines.observation import NUMBER, Answer
from grader.engines.text import clean

FUNCTION = "grad_fn"  # where an array's node keeps the function that made it
MOST_NODES = 20_000
LONGEST_WORD = 40

_getattr, _type, _id = getattr, type, id


class NodeForm(NamedTuple):
    """The names under which the objects of one class keep what they hold.

    Attributes:
        data: of its number.
        grad: of its gradient.
        link: of what holds its children; of several attributes, their names with spaces between.
    """

    data: str
    grad: str
    link: str


def form_of(node: object) -> NodeForm:
    """Return the names under which `node` and its like keep value, gradient and children."""
    grad = _first(node, GRADIENT)
    known = (name for name in DATA if hasattr(node, name) and name != grad)
    data = next((name for name in known if _holds_number(node, name)), "")
    return NodeForm(data or _numeric(node) or _first(node, DATA), grad, _link(node))


def answer_at(node: object, name: str, form: NodeForm) -> Answer:
    """Return what `node` keeps under a name, the number of it where that is a node or an array."""
    value: Any = _getattr(node, name, None)
    if _type(value) is float:
        return Answer(NUMBER, value)
    if value is not None and are_kin(_type(value), _type(node)):
        value = _getattr(value, form.data, None)
    return single(plain(value))


def children_of(node: object, link: str, kind: type) -> list[Any]:
    """Return the nodes that `node` was made from, as it keeps them under `link`.

    Args:
        node: a node of a graph.
        link: the name, see `NodeForm`.
        kind: the class of nodes; what else a collection holds is passed over.
    """
    found: list[Any] = []
    for name in link.split():
        value: Any = _getattr(node, name, None)
        if _type(value) in COLLECTIONS and all(_type(item) is kind for item in value):
            found += value
        elif value is not None:
            found += (one for one in nodes_within(value, kind) if one is not node)
    return found


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


def _first(node: object, names: tuple[str, ...]) -> str:
    return next((name for name in names if hasattr(node, name)), "")


def _holds_number(node: object, name: str) -> bool:
    return single(plain(_getattr(node, name, None))).kind == NUMBER


def _numeric(node: object) -> str:
    """Return the only attribute but the gradient that is a number, "" for none or several."""
    names = [name for name in attribute_names(node) if name not in GRADIENT]
    numbers = [name for name in names if _holds_number(node, name)]
    return numbers[0] if len(numbers) == 1 else ""


def _link(node: object) -> str:
    kind = _type(node)
    for name in (*CHILDREN, FUNCTION):
        if hasattr(node, name):
            return name
    others = [name for name in attribute_names(node) if name not in GRADIENT]
    values = {name: _getattr(node, name, None) for name in others}
    single_nodes = [name for name, value in values.items() if are_kin(_type(value), kind)]
    for name, value in values.items():
        if name not in single_nodes and any(nodes_within(value, kind)):
            return name
    return " ".join(single_nodes)


def word(node: object, names: tuple[str, ...]) -> str:
    """Return the first of these attributes of `node` that is a text, "" where none is."""
    for name in names:
        text: Any = _getattr(node, name, None)
        if _type(text) is str:
            return clean(text, LONGEST_WORD)
    return ""
