"""Looks at a submission's variables after each cell or statement, and reads them as plain data.

Nothing is printed or represented: numbers, texts, lists, dicts and nodes of a graph are read, up
to a bound; of anything else only what it is. Runs in the student's process.
"""

import sys
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from grader.engines.encoding import answer_to
from grader.engines.interpreter.engine_state import LABEL, OPERATION
from grader.engines.interpreter.plain import plain
from grader.engines.text import clean
from grader.sandbox.child.tracing.graphs import NodeForm, answer_at, children_of, form_of, word

MOST_MOMENTS = 400
MOST_NAMES = 300
MOST_ITEMS = 64
MOST_CHILDREN = 64
MOST_AT_ONCE = 150_000  # bytes, about, in one moment
MOST_TOGETHER = 300_000  # in all moments: a reply holds a million
OF_A_NODE, OF_AN_ANSWER, OF_ANYTHING = 220, 60, 20
DEEPEST = 3
SHELL_NAMES = ("In", "Out", "exit", "quit", "get_ipython", "open", "display")

_type, _id = type, id

Describe: TypeAlias = Callable[[list[Any]], list[list[Any]]]
"""Gives the value, the gradient and the operation of each of some nodes."""


class VariableMoments:
    """The variables at each moment so far, each as what has changed since the one before."""

    def __init__(
        self,
        engines: list[type],
        printed: Callable[[], str],
        describe: Describe | None = None,
    ) -> None:
        """Prepare.

        Args:
            engines: the classes whose objects are nodes of a graph; it grows as they are made.
            printed: gives what has been printed since it was last asked.
            describe: gives the numbers of the nodes of a run that is recorded, which keep none.
        """
        self._describe_all = describe
        self._recorded: list[tuple[list[Any], Any]] = []
        self._engines = engines
        self._printed = printed
        self._forms: dict[type, NodeForm] = {}
        self._last: dict[str, list[Any]] = {}
        self._moments: list[list[Any]] = []
        self._size = self._looked = 0

    def look(
        self, where: str, cell: int, names: Mapping[str, Any], *, after_pass: bool = False
    ) -> None:
        """Read every variable in `names`, and keep what has changed."""
        now, sizes = self._read(names)
        changed = [[name, held] for name, held in now.items() if self._last.get(name) != held]
        gone = [name for name in self._last if name not in now]
        self._last = now
        printed = self._printed()
        self._size += len(printed) + sum(sizes[str(name)] for name, _ in changed)
        moment = [where, cell, after_pass, printed, changed, gone]
        if len(self._moments) < MOST_MOMENTS and self._size <= MOST_TOGETHER:
            self._moments.append(moment)
        else:
            self._append_to_last(moment, now, sizes)

    def to_json(self) -> list[Any]:
        """Return the moments as the grader is told of them."""
        return self._moments

    def _append_to_last(
        self, moment: list[Any], now: dict[str, list[Any]], sizes: Mapping[str, int]
    ) -> None:
        """Let the last moment be this later one, so that the end is always there."""
        earlier = self._moments[-1]
        late = {name for name, _ in (*earlier[4], *moment[4])}
        held, left = [], MOST_AT_ONCE
        for name in reversed(now):
            if name in late and sizes[name] <= left:
                held.append([name, now[name]])
                left -= sizes[name]
        gone = list({*earlier[5], *moment[5], *late} - {name for name, _ in held})
        printed = (earlier[3] + moment[3])[-4000:]
        self._moments[-1] = [moment[0], moment[1], False, printed, held, gone]

    def _read(self, names: Mapping[str, Any]) -> tuple[dict[str, list[Any]], dict[str, int]]:
        """Return the variables as plain data, and about how many bytes each takes."""
        found: dict[str, list[Any]] = {}
        sizes: dict[str, int] = {}
        self._looked = 0
        for name, value in tuple(names.items()):
            if len(found) == MOST_NAMES or self._looked > MOST_AT_ONCE:
                break
            if _type(name) is str and name[:1] != "_" and name not in SHELL_NAMES:
                before = self._looked
                self._looked += _bytes(name)
                tree = self._attempt(value)
                if tree is not None:
                    found[clean(name)] = tree
                    sizes[clean(name)] = self._looked - before
        self._fill_recorded()
        return found, sizes

    def _fill_recorded(self) -> None:
        """Put in what the nodes of a recorded run hold, all in one turn."""
        waiting, self._recorded = self._recorded, []
        if self._describe_all is None or not waiting:
            return
        told = self._describe_all([node for _, node in waiting])
        for (held, _), (data, grad, operation) in zip(waiting, told, strict=True):
            held[2:4] = answer_to(plain(data)), answer_to(plain(grad))
            held[5] = operation

    def _attempt(self, value: Any) -> list[Any] | None:
        """Return a variable as plain data; None where looking at it raises: nothing is of ours."""
        try:
            return self._describe(value, DEEPEST)
        except Exception:  # an attribute of a student's may do anything
            return None

    def _describe(self, value: Any, deepest: int) -> list[Any] | None:
        """Return a variable as plain data; None for modules, classes and functions."""
        kind = _type(value)
        self._looked += OF_ANYTHING
        if self._looked > MOST_AT_ONCE:
            return None
        if kind in (list, tuple):
            if not deepest:
                return None
            items = [self._describe(item, deepest - 1) for item in value[:MOST_ITEMS]]
            return ["list", [item for item in items if item is not None]]
        if kind is dict:
            return self._describe_dict(value, deepest) if deepest else None
        if any(kind is engine for engine in self._engines):
            return self._describe_node(value, kind)
        if callable(value) or kind is _MODULE:
            return None
        answer = answer_to(plain(value))
        self._looked += OF_AN_ANSWER + _bytes(str(answer[1]))
        return ["answer", *answer]

    def _describe_dict(self, value: dict[Any, Any], deepest: int) -> list[Any]:
        entries = []
        for key, item in tuple(value.items())[:MOST_ITEMS]:
            held = self._describe(item, deepest - 1)
            if held is not None and _type(key) in (str, int, float):
                entries.append([clean(str(key)), held])
        return ["dict", entries]

    def _describe_recorded(self, node: Any) -> list[Any]:
        held = _recorded_node(node)
        self._looked += OF_A_NODE + 16 * len(held[6])
        self._recorded.append((held, node))
        return held

    def _describe_node(self, node: Any, kind: type) -> list[Any]:
        if self._describe_all is not None and hasattr(kind, "_recorded_node"):
            return self._describe_recorded(node)
        form = self._forms.get(kind)
        if form is None or not (form.data and form.link):
            form = self._forms[kind] = form_of(node)
        children = children_of(node, form.link, kind) if form.link else None
        self._looked += OF_A_NODE + 16 * min(len(children or ()), MOST_CHILDREN)
        return [
            "node",
            _id(node),
            answer_to(answer_at(node, form.data, form)),
            answer_to(answer_at(node, form.grad, form)),
            word(node, LABEL),
            word(node, OPERATION),
            None
            if children is None
            else sorted({_id(child) for child in children})[:MOST_CHILDREN],
        ]


def _recorded_node(node: Any) -> list[Any]:
    """Return a node of a recorded run; what it holds is put in later."""
    children = sorted({child._recorded_node for child in node._recorded_operands})[:MOST_CHILDREN]
    return ["node", node._recorded_node, None, None, word(node, LABEL), "", children]


def _bytes(text: str) -> int:
    """Return the most bytes that a text takes in a reply."""
    return len(text) if text.isascii() else 12 * len(text)


_MODULE = type(sys)
