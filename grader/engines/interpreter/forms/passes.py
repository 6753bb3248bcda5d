"""Finds what sends gradients back through a graph, by trying: a method, or a function of the root.

Runs in the student's process. What is tried is bounded in number, and what may draw, train or wait
is not tried at all. A way is confirmed by a gradient that reaches a leaf through two operations.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from types import FunctionType
from typing import Any, NamedTuple

from grader.engines.interpreter.forms.access import Access, numbers_held
from grader.engines.interpreter.forms.constructions import Construction
from grader.engines.interpreter.forms.member_names import (
    GRADIENT,
    PASSES,
    SIDE_EFFECTS,
    plain_name,
)
from grader.engines.interpreter.forms.members import (
    Parameters,
    attribute_names,
    class_names,
    contents,
    method_names,
    own_dict,
    own_functions,
    parameters,
)

MOST_ATTEMPTS = 60
MOST_HOLDERS = 20
FACTORS = (1.5, -2.5, 0.75)
GRADIENTS = {"mul": FACTORS[1] * FACTORS[2], "add": 1.0}
CLOSE = 1e-3
KNOWN = frozenset(map(plain_name, PASSES))

_type, _getattr = type, getattr


class BackwardPass(NamedTuple):
    """A way to send gradients back from a root.

    Attributes:
        name: of the method or function.
        holder: the class, module or object of the submission's that has it, "" for none.
        is_method: whether it is a method of the root.
        seed: what it is given besides, as it is written; "" for nothing.
    """

    name: str
    holder: str = ""
    is_method: bool = True
    seed: str = ""

    @property
    def how(self) -> str:
        """The code that calls it, with {} for the root."""
        if self.is_method:
            return "{}." + self.name + (f"({self.seed})" if self.seed else "")
        dotted = f"{self.holder}.{self.name}" if self.holder else self.name
        return f"{dotted}({{}}, {self.seed})" if self.seed else dotted + "({})"

    def run(self, root: Any, namespace: Mapping[str, Any], make: Construction) -> Any:
        """Send gradients back from `root`, and return what that returns."""
        held: Any = root
        if not self.is_method:
            held = namespace[self.holder] if self.holder else None
        function = _getattr(held, self.name) if held is not None else namespace[self.name]
        given = [] if self.is_method else [root]
        given += [SEEDS[self.seed.replace(make.name, "Value")](make)] if self.seed else []
        return function(*given)


def _numpy_one(_: Construction) -> object:
    numpy: Any = sys.modules["numpy"]
    return numpy.array(1.0)


SEEDS: Mapping[str, Callable[[Construction], object]] = {
    "1.0": lambda _: 1.0,
    "Value(1.0)": lambda make: make(1.0),
    "numpy.array(1.0)": _numpy_one,
}


class ConfirmedPass(NamedTuple):
    """A way to send gradients back, and where they arrive; None where it is found in no leaf."""

    backward: BackwardPass
    grad: Access


class PassFinder:
    """Tries what may send gradients back, on small graphs of the submission's own nodes."""

    def __init__(self, make: Construction, data: Access, namespace: Mapping[str, Any]) -> None:
        """Prepare.

        Args:
            make: makes nodes.
            data: where they keep their numbers.
            namespace: all that the submission defines.
        """
        self._make = make
        self._data = data
        self._namespace = namespace

    def find(self, kind: type) -> ConfirmedPass | None:
        """Return the first way that sends gradients back, None where none does.

        A usual `backward` that goes wrong is not replaced by another, unless it is the rule of one
        operation alone.
        """
        usual = BackwardPass("backward")
        has_usual = contents(kind, "backward") is not None or self._is_in_objects()
        if has_usual:
            found = self._attempt_seeds(usual, parameters(contents(kind, "backward"), bound=True))
            if found is not None or not self._is_rule_alone():
                return found
        for way in islice(self._ways(kind), MOST_ATTEMPTS):
            grad = self._arrival(way)
            if grad is not None:
                return ConfirmedPass(way, grad)
        return None

    def _is_in_objects(self) -> bool:
        """Return whether each node has a `backward` of its own, as an attribute."""
        graph = self._graph("mul") or self._graph("add")
        return graph is not None and "backward" in own_dict(graph[0])

    def _attempt_seeds(self, way: BackwardPass, takes: Parameters) -> ConfirmedPass | None:
        for each in _seeded(way, takes, bound=True, own_name=self._make.name):
            grad = self._arrival(each)
            if grad is not None:
                return ConfirmedPass(each, grad)
        return None

    def _ways(self, kind: type) -> Iterator[BackwardPass]:
        """Yield what may send gradients back: known names first, then names that sound like it."""
        yield from self._named(kind, _is_known)
        yield from self._held_by_others(kind)
        yield from self._named(kind, _sounds_like_it)
        yield from (way for way in self._named(kind, _may_be_tried) if not way.seed)

    def _named(self, kind: type, likely: Callable[[str], bool]) -> Iterator[BackwardPass]:
        """Yield methods of the class, and functions of the module, by their names."""
        for name in filter(likely, method_names(kind)):
            held = contents(kind, name)
            is_method = _type(held) is FunctionType
            takes = parameters(getattr(held, "__func__", held), bound=is_method)
            if is_method and name != "backward":
                yield from _seeded(BackwardPass(name), takes, bound=True, own_name=self._own)
            elif _type(held) is staticmethod:
                way = BackwardPass(name, self._own, is_method=False)
                yield from _seeded(way, takes, bound=False, own_name=self._own)
        for name, function in own_functions(self._namespace):
            if likely(name):
                way = BackwardPass(name, is_method=False)
                takes = parameters(function, bound=False)
                yield from _seeded(way, takes, bound=False, own_name=self._own)

    @property
    def _own(self) -> str:
        return self._make.name

    def _held_by_others(self, kind: type) -> Iterator[BackwardPass]:
        """Yield functions in other classes of the submission's, and methods of its objects."""
        for holder, held in islice(tuple(self._namespace.items()), 10 * MOST_ATTEMPTS):
            if held is kind or _type(holder) is not str or not holder.isidentifier():
                continue
            is_class = issubclass(_type(held), type)
            names = class_names(held if is_class else _type(held))
            for name in filter(_is_known, names[:MOST_ATTEMPTS]):
                kept = contents(held if is_class else _type(held), name)
                if is_class and _type(kept) not in (staticmethod, classmethod):
                    continue
                function = getattr(kept, "__func__", kept)
                bound = _type(kept) is not staticmethod
                takes = parameters(function, bound=bound)
                way = BackwardPass(name, holder, is_method=False)
                yield from _seeded(way, takes, bound=False, own_name=self._own)

    def _arrival(self, way: BackwardPass) -> Access | None:
        """Return where a leaf gets its gradient by a way, None where it gets none."""
        changes = [self._changed(way, operation) for operation in ("mul", "add")]
        named = [held for changed in changes for held in changed]
        for access in named:
            if access.name in GRADIENT or access.called:
                return access
        for operation, changed in zip(("mul", "add"), changes, strict=True):
            for access, number in changed.items():
                if abs(number - GRADIENTS[operation]) <= CLOSE:
                    return access
        alone = [changed for changed in changes if len(changed) == 1]
        return next(iter(alone[0])) if alone else None

    def _changed(self, way: BackwardPass, operation: str) -> dict[Access, float]:
        """Return the numbers of a leaf, two operations below the root, that a way changes."""
        graph = self._graph(operation)
        if graph is None:
            return {}
        root, leaf = graph
        before = numbers_held(leaf, self._data)
        try:
            way.run(root, self._namespace, self._make)
        except (Exception, SystemExit, KeyboardInterrupt):  # whatever a submission raises
            return {}
        after = numbers_held(leaf, self._data)
        return {
            access: number
            for access, number in after.items()
            if number is not None and number != before.get(access) and number != 0
        }

    def _graph(self, operation: str) -> tuple[Any, Any] | None:
        """Return the root and the first leaf of a chain of two operations."""
        try:
            a, b, c = self._leaves()
            return ((a * b) * c if operation == "mul" else (a + b) + c), a
        except Exception:  # whatever a submission raises
            return None

    def _leaves(self) -> list[Any]:
        return [self._make(number) for number in FACTORS]

    def _is_rule_alone(self) -> bool:
        """Return whether the usual `backward` sends what is there one operation down, no further.

        The gradient of a root is set by hand for that, under each name that it may have.
        """
        return any(
            _goes_one_down(self._leaves(), self._data, operation) for operation in ("mul", "add")
        )


def _goes_one_down(leaves: list[Any], data: Access, operation: str) -> bool:
    try:
        a, b, c = leaves
        low = a * b if operation == "mul" else a + b
        root = low * c if operation == "mul" else low + c
        for name in set(GRADIENT).intersection(attribute_names(root)):
            setattr(root, name, 1.0)
        before = [numbers_held(node, data) for node in (low, a)]
        root.backward()
        after = [numbers_held(node, data) for node in (low, a)]
    except Exception:  # whatever a submission raises
        return False
    return before[0] != after[0] and before[1] == after[1]


def _seeded(
    way: BackwardPass, takes: Parameters, *, bound: bool, own_name: str
) -> Iterator[BackwardPass]:
    """Yield a way with what it may have to be given beside the root."""
    required = len(takes.required) - (not bound)
    if required == 0 or (takes.more and required < 0):
        yield way
    if required == 1 or (required <= 0 and takes.names):
        yield way._replace(seed="1.0")
        yield way._replace(seed=f"{own_name}(1.0)")
        if "numpy" in sys.modules:
            yield way._replace(seed="numpy.array(1.0)")


def _is_known(name: str) -> bool:
    return plain_name(name) in KNOWN and name not in ("_backward",)


def _sounds_like_it(name: str) -> bool:
    plain = plain_name(name)
    parts = ("back", "grad", "deriv", "differ", "autodiff", "propagate", "chain")
    sounds = any(part in plain for part in parts) and not plain.startswith(("get", "set", "zero"))
    return sounds and not _is_known(name) and _is_quiet(plain)


def _may_be_tried(name: str) -> bool:
    if _is_known(name) or _sounds_like_it(name):
        return False
    return _is_quiet(plain_name(name))


def _is_quiet(plain: str) -> bool:
    return not any(part in plain for part in SIDE_EFFECTS)
