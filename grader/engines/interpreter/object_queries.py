"""The questions a Program can ask about an engine's objects: children, order, text, label, kind.

Students keep these in many shapes, so an answer is found by trying, and says how it was found.
Runs in the student's process; every call into the student's code is made by `execute`, inside its
deadline.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from math import prod
from types import FrameType, FunctionType
from typing import Any, cast

from grader.engines.interpreter.code_lines import part_lines
from grader.engines.interpreter.engine_state import (
    LABEL,
    MOST_NODES,
    OPERATION,
    EngineState,
    are_kin,
)
from grader.engines.interpreter.plain import name_of, plain
from grader.engines.observation import (
    ARRAY,
    MOST_AXES,
    MOST_ENTRIES,
    NODES,
    NUMBER,
    ORDER,
    OTHER,
    TEXT,
    TRUTH,
    UNKNOWN_NODE,
    WORD,
    Answer,
    Array,
    PrintedText,
    Traversal,
)
from grader.engines.text import clean

FLAGS = ("grad_updated", "_grad_updated")
TRAVERSAL_WORDS = ("topo", "graph", "map", "order", "sort", "build", "visit", "walk")
LONGEST_REPR = 2000

_isinstance, _id, _len = isinstance, id, len


def ask(state: EngineState, question: str, operands: tuple[Any, ...]) -> Answer:
    """Answer one of `program.QUESTIONS` about `operands`."""
    if question == "children":
        return children(state, operands[0])
    if question == "order":
        return order(state, operands[0])
    if question == "text":
        return text(state, operands[0])
    if question == "is_a":
        return Answer(TRUTH, are_kin(type(operands[0]), state.lookup(operands[1])))
    if question in _ABOUT:
        return _ABOUT[question](state, operands[0])
    if question == "raises":
        return Answer(TRUTH, _raises(getattr(operands[0], operands[1])))
    if question == "where":
        node, part, method = operands
        return part_lines(state.student_file, node, part, state.own_name(node, method))
    return Answer(TRUTH, operands[0] is operands[1])


def _raises(method: Callable[[], object]) -> bool:
    try:
        method()
    except Exception:  # whatever a submission raises; what ends its turn goes on to `execute`
        return True
    return False


def children(state: EngineState, node: object) -> Answer:
    """Return the steps that gave the nodes `node` was made from, each once, in rising order."""
    how, nodes = state.own_children(node)
    if nodes is None:
        return Answer(
            OTHER, "no children were found; looked for _children, _prev, prev and children"
        )
    if _is_composed(state, node):
        nodes = _operands_below(state, nodes) or nodes
    return Answer(NODES, tuple(sorted({state.step_of(child) for child in nodes})), how)


def _is_composed(state: EngineState, node: object) -> bool:
    """Return whether a method has made `node` of others that no step made: a relu by max, say."""
    if _id(node) not in state.called:
        return False
    _, nodes = state.own_children(node)
    return any(state.step_of(child) == UNKNOWN_NODE for child in nodes or ())


def _operands_below(state: EngineState, nodes: list[object]) -> list[object]:
    """Return the nodes of a Program that are reached through others; constants are passed over."""
    known: list[object] = []
    waiting, seen = list(nodes), {_id(node) for node in nodes}
    while waiting and _len(seen) < MOST_NODES:
        node = waiting.pop()
        if state.step_of(node) != UNKNOWN_NODE:
            known.append(node)
            continue
        _, below = state.own_children(node)
        for child in below or ():
            if _id(child) not in seen:
                seen.add(_id(child))
                waiting.append(child)
    return known


def label(_: EngineState, node: object) -> Answer:
    """Return the label of `node`."""
    return _word(node, LABEL, "label")


def operation(state: EngineState, node: object) -> Answer:
    """Return the operation that made `node`, "" for a leaf; for a composed one, its children."""
    if _is_composed(state, node):
        how, nodes = state.own_children(node)
        return Answer(NODES, tuple(sorted({state.step_of(child) for child in nodes or ()})), how)
    return _word(node, OPERATION + _other_texts(node), "operation")


def _other_texts(node: object) -> tuple[str, ...]:
    """Return the only attribute that holds a text and is no label, under whatever name."""
    own = getattr(node, "__dict__", {})
    texts = tuple(name for name, one in own.items() if type(one) is str and name not in LABEL)
    return texts if _len(texts) == 1 else ()


def updated(state: EngineState, node: object) -> Answer:
    """Return whether the gradient of `node` has been set, by the flag that it keeps, if any."""
    for name in FLAGS:
        if hasattr(node, name):
            return plain(getattr(node, name))._replace(how="{}." + name)
    value = state.answer("grad", state.read(node, "grad"))
    return Answer(TRUTH, value.kind == NUMBER and value.value != 0, "{}.grad != 0")


def _gradient(state: EngineState, node: object) -> object:
    try:
        return state.read(node, "grad")
    except AttributeError:
        return None


def _word(node: object, names: tuple[str, ...], noun: str) -> Answer:
    name = next((name for name in names if hasattr(node, name)), "")
    if not name:
        return Answer(OTHER, f"no {noun} was found; looked for {', '.join(names[:3])}")
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
    backward = _backward_of(state, root)
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
        if are_kin(type(result), type(root)) and state.step_of(result) == index:
            answer = state.answer("grad", _gradient(state, result))
            if answer.kind == NUMBER:
                pairs.append((index, answer.value))
    return tuple(pairs)  # type: ignore[arg-type]


def _backward_of(state: EngineState, root: object) -> Any:
    try:
        return state.method(root, "backward")
    except AttributeError:
        return None


def _steps(state: EngineState, nodes: list[object]) -> tuple[int, ...]:
    return tuple(state.step_of(node) for node in nodes)


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
    return bool(value) and all(are_kin(type(item), type(root)) for item in value)


def numbers(state: EngineState, held: object) -> Answer:
    """Return the numbers in lists and tuples, or those that the nodes in them hold, as an array."""
    if type(held) not in (list, tuple):
        return plain(held)
    shape, items = _flat(held)
    if _len(shape) > MOST_AXES or _len(items) > MOST_ENTRIES:
        return Answer(OTHER, "a list that is too large to look at")
    answers = [plain(item) for item in items]
    how = "{}"
    if any(answer.kind == OTHER for answer in answers):
        answers = [state.answer("data", state.read(item, "data")) for item in items]
        how = f"[{state.members.get('data', '{}.data').replace('{}', 'node')} for node in {{}}]"
    entries = tuple(one.value for one in answers if isinstance(one.value, float))
    if _len(entries) < _len(items) or prod(shape) != _len(items):
        return Answer(OTHER, f"a {type(held).__name__} of {_len(held)}, not all of it numbers")  # type: ignore[arg-type]
    return Answer(ARRAY, Array(shape, entries), how)


def _flat(held: Any) -> tuple[tuple[int, ...], list[Any]]:
    """Return the sizes of nested lists, as the first ones tell, and what is in them."""
    level, shape = [held], []
    while level and type(level[0]) in (list, tuple) and _len(level) <= MOST_ENTRIES:
        shape.append(_len(level[0]))
        level = [item for items in level if type(items) in (list, tuple) for item in items]
        if _len(shape) > MOST_AXES:
            break
    return tuple(shape), level


_ABOUT: Mapping[str, Callable[[EngineState, object], Answer]] = {
    "label": label,
    "operation": operation,
    "updated": updated,
    "numbers": numbers,
}
