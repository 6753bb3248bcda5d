"""Does what a Program asks in the form that a submission's engine was found to have.

Runs in the student's process; see `engine_form` for when.
"""

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from functools import partial
from typing import Any

from grader.engines.interpreter.engine_state import are_kin
from grader.engines.interpreter.forms.access import Access, single
from grader.engines.interpreter.forms.constructions import find_construction
from grader.engines.interpreter.forms.functions import NamedFunction, find_function
from grader.engines.interpreter.forms.links import linked
from grader.engines.interpreter.forms.members import contents
from grader.engines.interpreter.forms.survey import (
    USUAL_DATA,
    USUAL_GRADIENT,
    USUAL_PASS,
    SurveyedForm,
)
from grader.engines.interpreter.plain import name_of, plain
from grader.engines.observation import ARRAY, NUMBER, Answer

FIELDS = ("data", "grad")

_type, _getattr, _setattr, _hasattr = type, getattr, setattr, hasattr


class OwnForm:
    """The form of an engine; an `UnusualForm` of the interpreter's.

    Attributes:
        members: what was used in another form than the usual one: its name → how it reads.
    """

    def __init__(
        self,
        kind: type,
        found: SurveyedForm,
        namespace: Mapping[str, Any],
        by_name: Collection[str],
    ) -> None:
        """Prepare.

        Args:
            kind: the engine's class.
            found: what a survey of it has found.
            namespace: all that the submission defines.
            by_name: members that are asked by name, for which nothing else is taken.
        """
        self._kind = kind
        self._found = found
        self._namespace = namespace
        self._by_name = by_name
        self.members: dict[str, str] = {}

    def make(self, maker: Any, positional: list[Any], static: Any, by_name: Any) -> Any:
        """Return what a class gives for the operands of a step.

        Args:
            maker: the class or function that a check takes.
            positional: the operands.
            static: what its constructor wants besides, as far as its names tell.
            by_name: the operands that are given by name.
        """
        construction = self._found.construction
        if maker is not self._kind or len(positional) != 1:
            return maker(*positional, **{**static, **by_name})
        if by_name and construction.maker is not self._kind:  # a label, that is asked of the class
            of_class = find_construction(self._kind, name_of(self._kind), {})
            construction = of_class.construction if of_class else construction
        if not construction.is_usual:
            self.members["make"] = construction.how
        return construction(positional[0], **by_name)

    def read(self, node: Any, name: str) -> Any:
        """Return what a node holds under a name of ours: a number where it can be one."""
        if name not in FIELDS or name in self._by_name or not are_kin(_type(node), self._kind):
            return _getattr(node, name)
        access, usual = self._access(name)
        if access != usual:
            self.members[name] = access.how
        value = access.read(node)
        if value is None and name == "grad" and self._found.none_is_zero:
            self.members["none"] = "None"
            return 0.0
        if are_kin(_type(value), self._kind) and value is not node:
            self.members[name] = access.how + self._found.data.how.removeprefix("{}")
            return self._found.data.read(value)
        return value

    def write(self, node: Any, name: str, value: object) -> None:
        """Set what a node holds under a name of ours, as the submission holds it."""
        if name not in FIELDS or name in self._by_name or not are_kin(_type(node), self._kind):
            _setattr(node, name, value)
            return
        access, usual = self._access(name)
        if access.sets:
            self.members["set " + name] = "{}." + access.sets
        elif access != usual:
            self.members[name] = access.how
        before: Any = None
        with suppress(Exception):  # whatever a submission raises
            before = access.read(node)
        if are_kin(_type(before), self._kind):
            value = self._found.construction(value)
        elif plain(before).kind == ARRAY and single(plain(before)).kind == NUMBER:
            value = before * 0 + value
        access.write(node, value)

    def answer(self, name: str, value: object) -> Answer:
        """Return what was read as an Answer; an array of one entry is a number."""
        answer = plain(value)
        if name not in FIELDS or name in self._by_name or answer.kind != ARRAY:
            return answer
        if single(answer).kind == NUMBER:
            self.members["array"] = "array"
        return single(answer)

    def method(self, node: object, name: str) -> Callable[..., Any] | None:
        """Return what stands in the place of a method, None for the method itself."""
        if not are_kin(_type(node), self._kind) or name in self._by_name:
            return None
        if name == "backward" and self._found.backward != USUAL_PASS:
            self.members[name] = self._found.backward.how
            return partial(
                self._found.backward.run, node, self._namespace, self._found.construction
            )
        held = contents(_type(node), name)
        if _hasattr(node, name) and _type(held) is not staticmethod:
            return None
        function = self.function(node, name)
        if function is None:
            return None
        self.members[name] = function.how
        return function.call

    def function(self, node: object, name: str) -> NamedFunction | None:
        """Return what takes a node and does what a method of this name would, None for nothing."""
        return find_function(node, name, self._namespace)

    def children(self, node: object) -> tuple[str, list[object]] | None:
        """Return the code for the nodes that a node was made from, and these; None as usual."""
        if not self._found.links or not are_kin(_type(node), self._kind):
            return None
        shown = ["{}." + name for name in self._found.links]
        how = shown[0] if len(shown) == 1 else f"({', '.join(shown)})"
        return how, linked(node, self._found.links)

    def _access(self, name: str) -> tuple[Access, Access]:
        if name == "data":
            return self._found.data, USUAL_DATA
        return self._found.grad, USUAL_GRADIENT
