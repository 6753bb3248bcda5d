"""All edits of the formulas beside an engine, and what other edits are called there."""

from collections.abc import Iterable, Iterator

from grader.feedback.repair.conventions import Conventions
from grader.feedback.repair.edit import CandidateEdit
from grader.feedback.repair.outline import FunctionPlace
from grader.feedback.repair.rules.formulas.atom_edits import AtomEdits
from grader.feedback.repair.rules.formulas.bias_correction import BiasCorrection
from grader.feedback.repair.rules.formulas.formula_rules import FormulaRules
from grader.feedback.repair.rules.formulas.grouping_edits import GroupingEdits
from grader.feedback.repair.rules.formulas.guard_edits import GuardEdits
from grader.feedback.repair.rules.formulas.keeping_edits import KeepingEdits
from grader.feedback.repair.rules.formulas.list_edits import ListEdits
from grader.feedback.repair.rules.formulas.node_edits import NodeEdits
from grader.feedback.repair.rules.formulas.part_edits import PartEdits

MAKERS = (
    *(AtomEdits, PartEdits, GroupingEdits, KeepingEdits),
    *(ListEdits, NodeEdits, GuardEdits, FormulaRules, BiasCorrection),
)
NEARER = 1.5  # an engine was right in the exercises before
CALLED_THERE = {
    **{"operand": "quantity", "overwritten": "not kept", "sign of a share": "sign"},
    **{"upstream missing": "factor missing", "exponent": "power", "condition": "decision"},
    **{"another result": "result", "direction of the walk": "order of elements"},
}
"""What is said of a node and of its gradient, in the words of a formula."""
LEAVING_OUT = frozenset({"factor too much", "call too much", "line too much"})
SIMPLER = 0.7  # what is too much is the likelier fault where less is enough


def formula_edits(place: FunctionPlace, own: Conventions | None) -> Iterator[CandidateEdit]:
    """Give the edits of the formulas of one function.

    Args:
        place: the function, which is asked for besides the engine.
        own: the engine's conventions, None where there is no engine.
    """
    for maker in MAKERS:
        yield from maker(place, own).candidates()


def of_formulas(edits: Iterable[CandidateEdit]) -> Iterator[CandidateEdit]:
    """Give edits as those of a part beside an engine: sooner, and in the words of formulas."""
    for one in edits:
        kind = CALLED_THERE.get(one.kind, one.kind)
        simpler = SIMPLER * (kind in LEAVING_OUT)
        yield one._replace(kind=kind, weight=one.weight - NEARER - simpler)
