"""The questions a Program can ask about an engine's objects: children, order, text, label, kind.

Students keep these in many shapes, so an answer is found by trying, and says how it was found.
Runs in the student's process; every call into the student's code is made by `execute`, inside its
deadline.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import FrameType, FunctionType
from typing import Any, cast

from grader.engines.interpreter.code_lines import part_lines
from grader.engines.interpreter.plain import name_of, plain
from grader.engines.observation import (
    NODES,
    NUMBER,
    ORDER,
    OTHER,
    TEXT,
    TRUTH,
    UNKNOWN_NODE,
    WORD,
    Answer,
    PrintedText,
    Traversal,
)
from grader.engines.text import clean

CHILDREN = ("_children", "_prev", "prev", "children", "parents", "_parents", "inputs", "_inputs")
OPERATION = ("_op", "op", "operation")
LABEL = ("label", "_label", "name")
FLAGS = ("grad_updated", "_grad_updated")
TRAVERSAL_WORDS = ("topo", "graph", "map", "order", "sort", "build", "visit", "walk")
COLLECTIONS = (tuple, list, set, frozenset)
LONGEST_REPR = 2000
MOST_NODES = 10_000

_isinstance, _id, _len = isinstance, id, len


def as_it_is(_: object, name: str) -> str:
    """Return the name under which a node keeps `name`: that itself."""
    return name


class EngineState:
    """The state that questions are answered from: the submission's names, and the results so far.

    Attributes:
        members: a method or attribute → how the submission has it, where it has it otherwise.
    """

    def __init__(
        self,
        names: Mapping[str, Any],
        namespace: Mapping[str, Any],
        output_size: Callable[[], int],
        field: Callable[[object, str], str] = as_it_is,
        student_file: Callable[[str], str | None] = lambda _: None,
    ) -> None:
        self.names = names
        self.namespace = namespace
        self.output_size = output_size
        self.members: dict[str, str] = {}
        self._field = field
        self.student_file = student_file
        self.results: list[Any] = []
        self.steps_of_nodes: dict[int, int] = {}

    def lookup(self, name: str) -> Any:
        """Return the class or function that a check takes as `name`.

        Raises:
            NameError: the submission has none, as a script that uses the name would say.
        """
        if name not in self.names:
            raise NameError(f"name {name!r} is not defined")
        return self.names[name]

    def field(self, node: object, name: str) -> str:
        """Return the name under which `node` keeps what a check calls `name`."""
        own_name = self._field(node, name)
        if own_name != name:
            self.members[name] = "{}." + own_name
        return own_name

    def method(self, node: object, name: str) -> Any:
        """Return a method of `node`, or the submission's function that stands in its place."""
        function = self.namespace.get(name)
        if type(function) is FunctionType and not hasattr(node, name):
            self.members[name] = name + "({})"
            return partial(function, node)
        return getattr(node, name)

    def keep(self, index: int, result: Any) -> None:
        """Remember what step `index` gave; the first step that gave an object names it."""
        self.results.append(result)
        self.steps_of_nodes.setdefault(_id(result), index)

    def step_of(self, node: object) -> int:
        """Return the index of the step that gave `node`, or UNKNOWN_NODE."""
        return self.steps_of_nodes.get(_id(node), UNKNOWN_NODE)


def ask(state: EngineState, question: str, operands: tuple[Any, ...]) -> Answer:
    """Answer one of `program.QUESTIONS` about `operands`."""
    if question == "children":
        return children(state, operands[0])
    if question == "order":
        return order(state, operands[0])
    if question == "text":
        return text(state, operands[0])
    if question == "is_a":
        return Answer(TRUTH, issubclass(type(operands[0]), state.lookup(operands[1])))
    if question in _ABOUT:
        return _ABOUT[question](state, operands[0])
    if question == "raises":
        return Answer(TRUTH, _raises(getattr(operands[0], operands[1])))
    if question == "where":
        return part_lines(state.student_file, *operands)
    return Answer(TRUTH, operands[0] is operands[1])


def _raises(method: Callable[[], object]) -> bool:
    try:
        method()
    except Exception:  # whatever a submission raises; what ends its turn goes on to `execute`
        return True
    return False


def children(state: EngineState, node: object) -> Answer:
    """Return the steps that gave the nodes `node` was made from, each once, in rising order."""
    name, nodes = _children(node)
    if nodes is None:
        return Answer(
            OTHER, "no children were found; looked for _children, _prev, prev and children"
        )
    steps = tuple(sorted({state.step_of(child) for child in nodes}))
    return Answer(NODES, steps, "{}." + name)


def label(_: EngineState, node: object) -> Answer:
    """Return the label of `node`."""
    return _word(node, LABEL, "label")


def operation(_: EngineState, node: object) -> Answer:
    """Return the operation that made `node`, "" for a leaf."""
    return _word(node, OPERATION, "operation")


def updated(state: EngineState, node: object) -> Answer:
    """Return whether the gradient of `node` has been set, by the flag that it keeps, if any."""
    for name in FLAGS:
        if hasattr(node, name):
            return plain(getattr(node, name))._replace(how="{}." + name)
    value = plain(getattr(node, state.field(node, "grad"), None))
    return Answer(TRUTH, value.kind == NUMBER and value.value != 0, "{}.grad != 0")


def _word(node: object, names: tuple[str, ...], noun: str) -> Answer:
    name = next((name for name in names if hasattr(node, name)), "")
    if not name:
        return Answer(OTHER, f"no {noun} was found; looked for {', '.join(names)}")
    value: object = getattr(node, name)
    if value is None:
        return Answer(WORD, "", "{}." + name)
    if type(value) is not str:
        return Answer(OTHER, str(plain(value).value), "{}." + name)
    return Answer(WORD, clean(value), "{}." + name)


def text(state: EngineState, node: object) -> Answer:
    """Return the text that `repr(node)` returns, cut, and whether it printed."""
    before = state.output_size()
    shown = repr(node)
    return Answer(TEXT, PrintedText(clean(shown, LONGEST_REPR), state.output_size() > before))


def order(state: EngineState, root: object) -> Answer:
    """Return the submission's map of the graph below `root`, or the gradients where none is seen.

    Tried in turn: a method or a function that takes the root, then the lists that `backward` has
    when its functions return. What raises is passed over: it may draw, or want something else.
    """
    failures: list[Exception] = []
    for how, call in _traversals(state, root):
        try:
            nodes = _list_after(call, root)
        except Exception as error:
            failures.append(error)
            continue
        if nodes is not None:
            return Answer(ORDER, Traversal(_steps(state, nodes)), how)
    backward = getattr(root, "backward", None)
    if backward is None:
        if failures:
            raise failures[0]
        return Answer(OTHER, "no function was found that takes the root and lists the nodes")
    nodes = _list_after(backward, root)
    if nodes is not None:
        return Answer(ORDER, Traversal(_steps(state, nodes), reversible=True))
    return Answer(ORDER, Traversal(None, gradients(state, root)))


def gradients(state: EngineState, root: object) -> tuple[tuple[int, float], ...]:
    """Return the gradient of every known node that is a number, in step order."""
    pairs = []
    for index, result in enumerate(state.results):
        if type(result) is type(root) and state.step_of(result) == index:
            answer = plain(getattr(result, state.field(result, "grad"), None))
            if answer.kind == NUMBER:
                pairs.append((index, answer.value))
    return tuple(pairs)  # type: ignore[arg-type]


def _steps(state: EngineState, nodes: list[object]) -> tuple[int, ...]:
    return tuple(state.step_of(node) for node in nodes)


def _children(node: object) -> tuple[str, list[object] | None]:
    own = getattr(node, "__dict__", {})
    for name in (*CHILDREN, *own):
        value = getattr(node, name, None)
        if name in CHILDREN and value is None and hasattr(node, name):
            return name, []
        nodes = _nodes_in(value, node, empty_counts=name in CHILDREN)
        if nodes is not None:
            return name, nodes
    empty = [name for name, value in own.items() if type(value) in COLLECTIONS and not value]
    return (empty[0], []) if empty else ("", None)


def _nodes_in(value: object, like: object, *, empty_counts: bool) -> list[object] | None:
    """Return the nodes in a collection of nodes, or None where it is something else."""
    if value is None or callable(value) or _isinstance(value, (str, bytes)):
        return None
    try:
        items = [item for item, _ in zip(iter(value), range(MOST_NODES), strict=False)]  # type: ignore[call-overload]
    except TypeError:
        return [value] if type(value) is type(like) and empty_counts else None
    kin = [item for item in items if type(item) is type(like)]
    return kin if _len(kin) == _len(items) and (items or empty_counts) else None


def _traversals(state: EngineState, root: object) -> Iterator[tuple[str, Callable[[], object]]]:
    for name in dir(type(root)):
        method = getattr(root, name, None)
        if _names_a_traversal(name) and callable(method):
            function = getattr(method, "__func__", method)
            required = _required(function) - (function is not method)
            if required == 0:
                yield "{}." + name + "()", method
            elif required == 1:
                yield "{}." + name + "({})", partial(method, root)
    for name, value in tuple(state.namespace.items()):
        if _names_a_traversal(name) and _isinstance(value, FunctionType) and _required(value) == 1:
            yield name + "({})", partial(value, root)


def _names_a_traversal(name: str) -> bool:
    lowered = name.lower()
    return (
        any(word in lowered for word in TRAVERSAL_WORDS)
        and not lowered.startswith("__")
        and "backward" not in lowered
        and "draw" not in lowered
    )


def _required(function: object) -> int:
    code = getattr(function, "__code__", None)
    if code is None:
        return -1
    defaults = getattr(function, "__defaults__", None) or ()
    return int(code.co_argcount) - _len(defaults)


def _list_after(call: Callable[[], object], root: object) -> list[object] | None:
    """Call, and return the list of nodes that it returns, or has when one of its functions ends."""
    lists: list[list[object]] = []
    global_lists = _global_lists(call)

    def look(frame: FrameType, event: str, _: object) -> None:
        if event == "return":
            lists.extend(filter(None, (_listed(value, root) for value in frame.f_locals.values())))

    sys.setprofile(look)
    try:
        returned = call()
    finally:
        sys.setprofile(None)
    lists.extend(filter(None, (_listed(value[start:], root) for value, start in global_lists)))
    if type(returned) in (list, tuple):
        nodes = list(cast("list[object]", returned))
        if _all_nodes(nodes, root):
            return nodes
    return max(reversed(lists), key=len) if lists else None


def _global_lists(call: Callable[[], object]) -> list[tuple[list[object], int]]:
    """Return the lists among the globals of what is called, with their lengths by now."""
    function = getattr(call, "func", call)
    names = getattr(getattr(function, "__func__", function), "__globals__", {})
    return [(value, _len(value)) for value in tuple(names.values()) if type(value) is list]


def _listed(collection: object, root: object) -> list[object] | None:
    """Return the nodes in an ordered collection of nodes that holds `root`, or None."""
    if not _isinstance(collection, (list, tuple)) and name_of(type(collection)) != "deque":
        return None
    nodes: list[object] = list(collection)[:MOST_NODES]  # type: ignore[call-overload]
    return nodes if _all_nodes(nodes, root) and any(item is root for item in nodes) else None


def _all_nodes(value: list[object], root: object) -> bool:
    return bool(value) and all(type(item) is type(root) for item in value)


_ABOUT: Mapping[str, Callable[[EngineState, object], Answer]] = {
    "label": label,
    "operation": operation,
    "updated": updated,
}
