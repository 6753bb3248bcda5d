"""Looks at a submission's variables after each cell or statement, and reads them as plain data.

Nothing is printed or represented: numbers, texts, lists, dicts and nodes of a graph are read, up
to a bound; of anything else only what it is. Runs in the student's process.
"""

import sys
from collections.abc import Callable, Mapping
from typing import Any

from grader.encoding import answer_to
from grader.plain import clean, plain
from grader.questions import LABEL, OPERATION
from grader.subject.graphs import Form, children_of, form_of, word

MOST_MOMENTS = 400
MOST_NAMES = 300
MOST_ITEMS = 64
MOST_CHILDREN = 64
MOST_HELD = 12_000  # in all moments together
DEEPEST = 3
SHELL_NAMES = ("In", "Out", "exit", "quit", "get_ipython", "open", "display")

_type, _id = type, id


class Moments:
    """The variables at each moment so far, each as what has changed since the one before."""

    def __init__(self, engines: list[type], printed: Callable[[], str]) -> None:
        """Prepare.

        Args:
            engines: the classes whose objects are nodes of a graph; it grows as they are made.
            printed: gives what has been printed since it was last asked.
        """
        self._engines = engines
        self._printed = printed
        self._forms: dict[type, Form] = {}
        self._last: dict[str, list[Any]] = {}
        self._moments: list[list[Any]] = []
        self._held = 0

    def look(
        self, where: str, cell: int, names: Mapping[str, Any], *, after_pass: bool = False
    ) -> None:
        """Read every variable in `names`, and keep what has changed."""
        now = self._read(names)
        changed = [[name, held] for name, held in now.items() if self._last.get(name) != held]
        gone = [name for name in self._last if name not in now]
        self._last = now
        self._held += len(changed)
        moment = [where, cell, after_pass, self._printed(), changed, gone]
        if len(self._moments) < MOST_MOMENTS and self._held <= MOST_HELD:
            self._moments.append(moment)
        else:
            self._append_to_last(moment)

    def to_json(self) -> list[Any]:
        """Return the moments as the grader is told of them."""
        return self._moments

    def _append_to_last(self, moment: list[Any]) -> None:
        """Let the last moment be this later one, so that the end is always there."""
        earlier = self._moments[-1]
        kept = {name: held for name, held in earlier[4] if name not in moment[5]}
        kept |= dict(moment[4])
        held = [[name, value] for name, value in kept.items()][-MOST_NAMES:]
        gone = list({*earlier[5], *moment[5]} - kept.keys())
        printed = (earlier[3] + moment[3])[-4000:]
        self._moments[-1] = [moment[0], moment[1], False, printed, held, gone]

    def _read(self, names: Mapping[str, Any]) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for name, value in tuple(names.items()):
            if len(found) == MOST_NAMES:
                break
            if _type(name) is str and name[:1] != "_" and name not in SHELL_NAMES:
                held = self._describe(value, DEEPEST)
                if held is not None:
                    found[clean(name)] = held
        return found

    def _describe(self, value: Any, deepest: int) -> list[Any] | None:
        """Return what a variable holds; None for modules, classes and functions."""
        kind = _type(value)
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
        return ["answer", *answer_to(plain(value))]

    def _describe_dict(self, value: dict[Any, Any], deepest: int) -> list[Any]:
        entries = []
        for key, item in tuple(value.items())[:MOST_ITEMS]:
            held = self._describe(item, deepest - 1)
            if held is not None and _type(key) in (str, int, float):
                entries.append([clean(str(key)), held])
        return ["dict", entries]

    def _describe_node(self, node: Any, kind: type) -> list[Any]:
        form = self._forms.get(kind)
        if form is None or not form.data:
            form = self._forms[kind] = form_of(node)
        children = children_of(node, form.link, kind) if form.link else None
        return [
            "node",
            _id(node),
            answer_to(plain(getattr(node, form.data, None))),
            answer_to(plain(getattr(node, form.grad, None))),
            word(node, LABEL),
            word(node, OPERATION),
            None
            if children is None
            else sorted({_id(child) for child in children})[:MOST_CHILDREN],
        ]


_MODULE = type(sys)
