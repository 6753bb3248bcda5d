"""The state that questions about an engine's objects are answered from.

Runs in the student's process; every call into the student's code is made by `execute`, inside its
deadline.
"""

from collections.abc import Callable, Mapping
from functools import partial
from types import FunctionType
from typing import Any, Protocol

from grader.engines.interpreter.plain import plain
from grader.engines.observation import UNKNOWN_NODE, Answer

CHILDREN = ("_children", "_prev", "prev", "children", "parents", "_parents", "inputs", "_inputs")
SCALARS = ("Value", "Scalar")  # the engines whose nodes hold one number each
OPERATION = ("_op", "op", "operation", "_operation", "operator", "op_name")
LABEL = ("label", "_label", "name", "_name", "tag")
COLLECTIONS = (tuple, list, set, frozenset)
MOST_NODES = 10_000
LANGUAGE = ("builtins", "abc", "typing", "collections.abc", "enum", "numbers", "dataclasses")
MADE_BY_CLASS = 1 << 9  # a type's flag for those that a class statement made

_isinstance, _id, _len, _type, _str = isinstance, id, len, type, str
_getattr, _setattr, _hasattr, _callable, _iter = getattr, setattr, hasattr, callable, iter
_bases_of, _contents_of, _flags_of = (
    type.__dict__[name].__get__ for name in ("__mro__", "__dict__", "__flags__")
)


class UnusualForm(Protocol):
    """How an engine has what checks ask for, where that is otherwise than usual; see `forms`."""

    members: dict[str, str]

    def make(self, maker: Any, positional: list[Any], static: Any, by_name: Any) -> Any:
        """Return what a class gives for operands."""
        ...

    def read(self, node: Any, name: str) -> Any:
        """Return what a node holds under a name of ours."""
        ...

    def write(self, node: Any, name: str, value: object) -> None:
        """Set what a node holds under a name of ours."""
        ...

    def answer(self, name: str, value: object) -> Answer:
        """Return what was read as an Answer."""
        ...

    def method(self, node: object, name: str) -> Callable[..., Any] | None:
        """Return what stands in the place of a method, None for the method itself."""
        ...

    def children(self, node: object) -> tuple[str, list[object]] | None:
        """Return the code for the nodes that a node was made from, and these; None as usual."""
        ...


class EngineState:
    """The state that questions are answered from: the submission's names, and the results so far.

    Attributes:
        members: a method or attribute → how the submission has it, where it has it otherwise.
        called: the ids of what methods have given: they may be composed of operations.
    """

    def __init__(
        self,
        names: Mapping[str, Any],
        namespace: Mapping[str, Any],
        output_size: Callable[[], int],
        form: UnusualForm | None = None,
        student_file: Callable[[str], str | None] = lambda _: None,
    ) -> None:
        self.names = names
        self.namespace = namespace
        self.output_size = output_size
        self.members: dict[str, str] = {}
        self._form = form
        if form is not None:
            form.members = self.members
        self.student_file = student_file
        self.results: list[Any] = []
        self.steps_of_nodes: dict[int, int] = {}
        self.called: set[int] = set()

    def lookup(self, name: str) -> Any:
        """Return the class or function that a check takes as `name`.

        Raises:
            NameError: the submission has none, as a script that uses the name would say.
        """
        if name not in self.names:
            raise NameError(f"name {name!r} is not defined")
        return self.names[name]

    def make(self, name: str, positional: list[Any], static: Any, by_name: Any) -> Any:
        """Return what the class or function that a check takes as `name` gives."""
        maker = self.lookup(name)
        if self._form is not None:
            return self._form.make(maker, positional, static, by_name)
        return maker(*positional, **{**static, **by_name})

    def read(self, node: Any, name: str) -> Any:
        """Return what `node` keeps as what a check calls `name`."""
        return _getattr(node, name) if self._form is None else self._form.read(node, name)

    def write(self, node: Any, name: str, value: object) -> None:
        """Set what `node` keeps as what a check calls `name`."""
        if self._form is None:
            _setattr(node, name, value)
        else:
            self._form.write(node, name, value)

    def answer(self, name: str, value: object) -> Answer:
        """Return what was read under a name of ours as an Answer."""
        return plain(value) if self._form is None else self._form.answer(name, value)

    def own_children(self, node: object) -> tuple[str, list[object] | None]:
        """Return the code for the nodes that `node` was made from, and these, None for none."""
        found = self._form.children(node) if self._form is not None else None
        return found or _children(node)

    def method(self, node: object, name: str) -> Any:
        """Return a method of `node`, or the submission's function that stands in its place."""
        if self._form is not None:
            own = self._form.method(node, name)
            if own is not None:
                return own
        function: Any = self.namespace.get(name)
        if _type(function) is FunctionType and not _hasattr(node, name):
            self.members[name] = name + "({})"
            return partial(function, node)
        return _getattr(node, name)

    def own_name(self, node: object, method: str) -> str:
        """Return the name of the method that stands in the place of one, or that name itself."""
        known = dict(self.members)
        if self._form is not None:
            self._form.method(node, method)
        how = self.members.get(method, "{}." + method)
        self.members.clear()
        self.members.update(known)
        return how.partition("(")[0].removeprefix("{}.").rpartition(".")[2]

    def operator(self, node: object, name: str, usual: Callable[..., Any]) -> Callable[..., Any]:
        """Return an operator of Python's, or the method that a class has in the place of one."""
        if self._form is None or name != "pow" or _hasattr(node, "__pow__"):
            return usual
        own = self._form.method(node, name)
        return usual if own is None else lambda _, *others: own(*others)

    def keep(self, index: int, result: Any) -> None:
        """Remember what step `index` gave; the first step that gave an object names it."""
        self.results.append(result)
        self.steps_of_nodes.setdefault(_id(result), index)

    def step_of(self, node: object) -> int:
        """Return the index of the step that gave `node`, or UNKNOWN_NODE."""
        return self.steps_of_nodes.get(_id(node), UNKNOWN_NODE)


def _children(node: object) -> tuple[str, list[object] | None]:
    own = _getattr(node, "__dict__", {})
    for name in (*CHILDREN, *own):
        value = _getattr(node, name, None)
        if name in CHILDREN and value is None and _hasattr(node, name):
            return "{}." + name, []
        nodes = _nodes_in(value, node, empty_counts=name in CHILDREN)
        if nodes is not None:
            return "{}." + name, nodes
    empty = [name for name, value in own.items() if _type(value) in COLLECTIONS and not value]
    return ("{}." + empty[0], []) if empty else ("", None)


def _nodes_in(value: object, like: object, *, empty_counts: bool) -> list[object] | None:
    """Return the nodes in a collection of nodes, or None where it is something else."""
    if value is None or _callable(value) or _isinstance(value, (str, bytes)):
        return None
    try:
        items = [item for item, _ in zip(_iter(value), range(MOST_NODES), strict=False)]  # type: ignore[call-overload]
    except TypeError:
        return [value] if are_kin(_type(value), _type(like)) and empty_counts else None
    kin = [item for item in items if are_kin(_type(item), _type(like))]
    return kin if _len(kin) == _len(items) and (items or empty_counts) else None


def are_kin(one: type, other: type) -> bool:
    """Return whether two classes are one, or have a base in common that is nobody else's."""
    if one is other:
        return True
    others = _bases_of(other)
    return any(base in others for base in _bases_of(one)[:-1] if not is_of_language(base))


def is_of_language(base: type) -> bool:
    """Return whether a class is the language's own, or a package's that is written in C."""
    module = _contents_of(base).get("__module__")
    return not _flags_of(base) & MADE_BY_CLASS or (_type(module) is _str and module in LANGUAGE)
