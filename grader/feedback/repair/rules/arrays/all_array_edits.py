"""All edits that are for engines of arrays alone."""

from collections.abc import Iterator

from grader.feedback.repair.conventions import Conventions
from grader.feedback.repair.edit import CandidateEdit
from grader.feedback.repair.outline import FunctionPlace, Outline
from grader.feedback.repair.rules.arrays.array_edits import ArrayEdits, array_package
from grader.feedback.repair.rules.arrays.engine_edits import EngineEdits
from grader.feedback.repair.rules.arrays.fitting import Fitting, fitting_of
from grader.feedback.repair.rules.arrays.forward_edits import ForwardEdits
from grader.feedback.repair.rules.arrays.operation_class import OperationClass, operation_classes
from grader.feedback.repair.rules.arrays.operation_edits import OperationEdits
from grader.feedback.repair.rules.arrays.sibling_edits import SiblingEdits
from grader.feedback.repair.rules.expression_edits import everywhere


def all_array_edits(parts: Outline, own: Conventions | None) -> Iterator[CandidateEdit]:
    """Give the edits of a source's arrays, and of its operations that are classes.

    Args:
        parts: its outline.
        own: the engine's conventions, None where there is no engine.
    """
    package = array_package(parts)
    classes = operation_classes(parts, own.name if own else "")
    if not parts.pieces or not (package or classes):
        return
    fitting = fitting_of(parts, package, own.piece if own else parts.pieces[-1])
    for place in parts.functions:
        found = list(_of_function(place, own, classes, fitting))
        yield from found
        yield from everywhere(found, 2.7)
    for one in classes.values():
        others = [other for other in classes.values() if other is not one]
        yield from SiblingEdits(one, others).candidates()
    yield from fitting.repaired_helper()


def _of_function(
    place: FunctionPlace,
    own: Conventions | None,
    classes: dict[str, OperationClass],
    fitting: Fitting,
) -> Iterator[CandidateEdit]:
    if fitting.package:
        yield from ArrayEdits(place, own, fitting.package).candidates()
    kind = classes.get(place.kind.name) if place.kind is not None else None
    if kind is not None and place.node is kind.forward:
        yield from ForwardEdits(place, own, kind, fitting.package).candidates()
    elif kind is not None:
        yield from OperationEdits(place, own, kind, fitting).candidates()
    elif fitting.package:
        yield from EngineEdits(place, own, fitting).candidates()
