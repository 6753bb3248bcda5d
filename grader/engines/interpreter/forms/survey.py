"""Surveys a class: finds, by trying, how it has what checks ask for.

Runs in the student's process.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from grader.engines.interpreter.engine_state import CHILDREN
from grader.engines.interpreter.forms.access import Access, number_at, number_of, settable
from grader.engines.interpreter.forms.constructions import (
    NUMBERS,
    Construction,
    find_construction,
)
from grader.engines.interpreter.forms.links import find_links
from grader.engines.interpreter.forms.member_names import GRADIENT
from grader.engines.interpreter.forms.members import attribute_names
from grader.engines.interpreter.forms.passes import BackwardPass, ConfirmedPass, PassFinder
from grader.engines.interpreter.plain import plain
from grader.engines.observation import NUMBER

USUAL_DATA, USUAL_GRADIENT, USUAL_PASS = Access("data"), Access("grad"), BackwardPass("backward")


class SurveyedForm(NamedTuple):
    """The form of an engine, as a survey has found it.

    Attributes:
        construction: how nodes are made.
        data: where they keep their numbers.
        grad: where they keep their gradients.
        backward: what sends these back.
        links: the attributes that hold what a node was made from, none where their names are usual.
        none_is_zero: whether a gradient is None until a pass has reached it.
        is_usual: whether all of that is as usual, and value and gradient are plain numbers.
    """

    construction: Construction
    data: Access
    grad: Access
    backward: BackwardPass
    links: tuple[str, ...]
    none_is_zero: bool
    is_usual: bool


def survey(kind: type, name: str, namespace: Mapping[str, Any]) -> SurveyedForm | None:
    """Return the form of a class, None where no node of it can be made.

    Args:
        kind: the class.
        name: the one under which the submission has it.
        namespace: all that the submission defines.
    """
    made = find_construction(kind, name, namespace)
    if made is None:
        return None
    construction, data = made
    node = construction(NUMBERS[0])
    found = PassFinder(construction, data, namespace).find(kind)
    backward, grad = _pass_and_gradient(found, node, data)
    links = _links(construction)
    none_is_zero = found is not None and _holds_none(grad, node)
    usual = (construction.is_usual, data, grad, backward, links, none_is_zero)
    is_usual = usual == (True, USUAL_DATA, USUAL_GRADIENT, USUAL_PASS, (), False)
    is_usual = is_usual and _holds_plain_numbers(node, data, grad)
    return SurveyedForm(construction, data, grad, backward, links, none_is_zero, is_usual)


def _pass_and_gradient(
    found: ConfirmedPass | None, node: object, data: Access
) -> tuple[BackwardPass, Access]:
    if found is not None:
        backward, grad = found
        number = number_at(grad, node, data) or 0.0
        return backward, settable(grad, node, number) if grad.called else grad
    names = attribute_names(node)
    known = [name for name in GRADIENT if name in names]
    return USUAL_PASS, Access(known[0]) if known and "grad" not in known else USUAL_GRADIENT


def _links(construction: Construction) -> tuple[str, ...]:
    with suppress(Exception):  # whatever a submission raises
        one, other = (construction(number) for number in NUMBERS)
        result = _result_of(one, other)
        if result is not None and not any(hasattr(result, name) for name in CHILDREN):
            return find_links(result, [one, other])
    return ()


def _result_of(one: Any, other: Any) -> Any:
    """Return a node that is made from two, by the first operation that is there."""
    with suppress(Exception):  # whatever a submission raises
        return one * other
    with suppress(Exception):
        return one + other
    return None


def _holds_none(grad: Access, node: object) -> bool:
    with suppress(Exception):  # whatever a submission raises
        return grad.read(node) is None
    return False


def _holds_plain_numbers(node: object, *accesses: Access) -> bool:
    """Return whether value and gradient are numbers as they stand."""
    data = accesses[0]
    for access in accesses:
        with suppress(Exception):  # whatever a submission raises
            value = access.read(node)
            if number_of(value, data) is not None and plain(value).kind != NUMBER:
                return False
    return True
