"""The form of one engine: how it makes its nodes, and where they have what checks ask for.

Runs in the student's process. Until something that is asked for is missing, or is no number, an
engine is taken to be of the usual form, and nothing here is used. Then its class is surveyed, once:
what is found is a matter of names alone, confirmed on small graphs, and the answers that come of it
are compared where all answers are.
"""

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from functools import partial
from typing import Any

from grader.engines.interpreter.engine_state import CHILDREN, are_kin
from grader.engines.interpreter.forms.access import Access, number_at, number_of, settable, single
from grader.engines.interpreter.forms.constructions import (
    NUMBERS,
    Construction,
    constructor,
    find_construction,
    takes_other_first,
    wants_gradient,
)
from grader.engines.interpreter.forms.functions import NamedFunction, find_function
from grader.engines.interpreter.forms.links import find_links, linked
from grader.engines.interpreter.forms.member_names import GRADIENT, PASSES
from grader.engines.interpreter.forms.members import (
    attribute_names,
    contents,
    method_names,
    own_functions,
)
from grader.engines.interpreter.forms.passes import BackwardPass, PassFinder
from grader.engines.interpreter.plain import plain
from grader.engines.observation import ARRAY, NOTHING, NUMBER, OTHER, Answer, Observation
from grader.engines.program import Program

USUAL_DATA, USUAL_GRADIENT, USUAL_PASS = Access("data"), Access("grad"), BackwardPass("backward")
FIELDS = ("data", "grad")

_type, _getattr = type, getattr


class EngineForm:
    """How one class of a submission has what checks ask for.

    Attributes:
        kind: the class.
        is_surveyed: whether it is known by now.
        is_active: whether anything is otherwise than usual, so that it has to be asked for here.
        members: what was used in another form than the usual one: its name → how it reads.
    """

    def __init__(
        self,
        kind: type,
        name: str,
        namespace: Mapping[str, Any],
        by_name: Collection[str] = (),
    ) -> None:
        """Prepare.

        Args:
            kind: the engine's class.
            name: the one under which the submission has it.
            namespace: all that the submission defines.
            by_name: members that are asked by name, for which nothing else is taken.
        """
        self.kind = kind
        self._name = name
        self._namespace = namespace
        self._by_name = by_name
        self._construction: Construction | None = None
        self._data, self._grad, self._pass = USUAL_DATA, USUAL_GRADIENT, USUAL_PASS
        self._links: tuple[str, ...] = ()
        self._none_is_zero = False
        self.is_surveyed = False
        self.is_active = False
        self.members: dict[str, str] = {}

    def looks_unusual(self) -> bool:
        """Return whether the class itself shows, before anything is asked, that it needs a survey.

        Its constructor has to be told to keep gradients, or takes something else before the number;
        or there is another backward pass beside a `backward`.
        """
        if self.is_surveyed:
            return False
        takes = constructor(self.kind)
        if wants_gradient(takes) or takes_other_first(takes):
            return True
        functions = {name for name, _ in own_functions(self._namespace)}
        return not functions.union(method_names(self.kind)).isdisjoint(PASSES[1:])

    def needs_survey(self, program: Program, observation: Observation) -> bool:
        """Return whether what was observed may come of an unusual form."""
        if observation.ended == "raised":
            return True
        return any(
            _is_no_answer(program, index, answer) for index, answer in observation.answers.items()
        )

    def applies_to(self, program: Program, observation: Observation) -> bool:
        """Return whether a Program that went wrong may be answered in this form."""
        if not self.is_surveyed or self.is_active:
            return self.is_active
        step = program.steps[observation.step] if observation.step is not None else None
        if step is None or observation.ended != "raised" or step.name in self._by_name:
            return False
        if step.kind == "call" or (step.kind, step.name) == ("operate", "pow"):
            self.is_active = self._finds_function(step.name)
        return self.is_active

    def survey(self) -> None:
        """Find out, by trying, how the class has what checks ask for."""
        if self.is_surveyed:
            return
        self.is_surveyed = True
        found = find_construction(self.kind, self._name, self._namespace)
        if found is None:
            return
        self._construction, self._data = found
        self._find_links()
        self._find_pass()
        self.is_active = not (
            self._construction.is_usual
            and self._data == USUAL_DATA
            and self._grad == USUAL_GRADIENT
            and self._pass == USUAL_PASS
            and not self._links
            and not self._none_is_zero
            and self._holds_plain_numbers()
        )

    def give_up(self) -> None:
        """Take the engine to be of the usual form, where the survey had to be ended."""
        self.is_surveyed, self.is_active = True, False

    def make(self, maker: Any, positional: list[Any], static: Any, by_name: Any) -> Any:
        """Return what a class gives for the operands of a step.

        Args:
            maker: the class or function that a check takes.
            positional: the operands.
            static: what its constructor wants besides, as far as its names tell.
            by_name: the operands that are given by name.
        """
        construction = self._construction
        if maker is not self.kind or construction is None or len(positional) != 1:
            return maker(*positional, **{**static, **by_name})
        if not construction.is_usual:
            self.members["make"] = construction.how
        return construction(positional[0], **by_name)

    def read(self, node: Any, name: str) -> Any:
        """Return what a node holds under a name of ours: a number where it can be one."""
        if name not in FIELDS or name in self._by_name or not are_kin(_type(node), self.kind):
            return _getattr(node, name)
        access, usual = self._access(name)
        if access != usual:
            self.members[name] = access.how
        value = access.read(node)
        if value is None and name == "grad" and self._none_is_zero:
            self.members["none"] = "None"
            return 0.0
        if are_kin(_type(value), self.kind) and value is not node:
            self.members[name] = access.how + self._data.how.removeprefix("{}")
            return self._data.read(value)
        return value

    def write(self, node: Any, name: str, value: object) -> None:
        """Set what a node holds under a name of ours, as the submission holds it."""
        if name not in FIELDS or name in self._by_name or not are_kin(_type(node), self.kind):
            setattr(node, name, value)
            return
        access, usual = self._access(name)
        if access.sets:
            self.members["set " + name] = "{}." + access.sets
        elif access != usual:
            self.members[name] = access.how
        before: Any = None
        with suppress(Exception):  # whatever a submission raises
            before = access.read(node)
        if are_kin(_type(before), self.kind) and self._construction is not None:
            value = self._construction(value)
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
        if not are_kin(_type(node), self.kind) or name in self._by_name:
            return None
        if name == "backward" and self._pass != USUAL_PASS and self._construction is not None:
            self.members[name] = self._pass.how
            return partial(self._pass.run, node, self._namespace, self._construction)
        held = contents(_type(node), name)
        if hasattr(node, name) and _type(held) is not staticmethod:
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
        if not self._links or not are_kin(_type(node), self.kind):
            return None
        shown = ["{}." + name for name in self._links]
        how = shown[0] if len(shown) == 1 else f"({', '.join(shown)})"
        return how, linked(node, self._links)

    def _access(self, name: str) -> tuple[Access, Access]:
        if name == "data":
            return self._data, USUAL_DATA
        return self._grad, USUAL_GRADIENT

    def _finds_function(self, name: str) -> bool:
        node = self._probe()
        return node is not None and self.function(node, name) is not None

    def _probe(self) -> Any:
        if self._construction is None:
            return None
        with suppress(Exception):  # whatever a submission raises
            return self._construction(NUMBERS[0])
        return None

    def _find_links(self) -> None:
        with suppress(Exception):  # whatever a submission raises
            assert self._construction is not None
            one, other = (self._construction(number) for number in NUMBERS)
            result = _result_of(one, other)
            if result is not None and not any(hasattr(result, name) for name in CHILDREN):
                self._links = find_links(result, [one, other])

    def _find_pass(self) -> None:
        assert self._construction is not None
        finder = PassFinder(self._construction, self._data, self._namespace)
        found = finder.find(self.kind)
        node = self._probe()
        if found is not None:
            self._pass = found.backward
            number = number_at(found.grad, node, self._data) or 0.0
            self._grad = settable(found.grad, node, number) if found.grad.called else found.grad
        else:
            names = attribute_names(node)
            known = [name for name in GRADIENT if name in names]
            if known and not hasattr(node, "grad"):
                self._grad = Access(known[0])
        with suppress(Exception):  # whatever a submission raises
            self._none_is_zero = found is not None and self._grad.read(node) is None

    def _holds_plain_numbers(self) -> bool:
        """Return whether value and gradient are numbers as they stand."""
        node = self._probe()
        for access in (self._data, self._grad):
            with suppress(Exception):  # whatever a submission raises
                value = access.read(node)
                number = number_of(value, self._data)
                if number is not None and plain(value).kind != NUMBER:
                    return False
        return True


def _result_of(one: Any, other: Any) -> Any:
    """Return a node that is made from two, by the first operation that is there."""
    with suppress(Exception):  # whatever a submission raises
        return one * other
    with suppress(Exception):
        return one + other
    return None


def _is_no_answer(program: Program, index: int, answer: Answer) -> bool:
    step = program.steps[index]
    if step.kind == "read" and step.name in FIELDS:
        return answer.kind in (OTHER, NOTHING, ARRAY)
    return step.kind == "ask" and answer.kind == OTHER
