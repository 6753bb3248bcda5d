"""All edits of formulas: in words of their own, and sooner than those of an engine."""

from grader.feedback.repair.candidates import Suspicion, candidates
from grader.feedback.repair.edit import edited
from grader.feedback.repair.kinds import KINDS
from grader.sandbox.child.edits.edited_code import EditedCode
from tests.feedback.repair.rules.formulas.parts import SOURCE

ASKED = frozenset({"Value", "MLP", "Adam", "clip_norm", "clip_value", "slope", "rate", "step"})
OF_NODES = {"operand", "overwritten", "sign of a share", "condition", "another result"}


def test_every_edit_can_be_compiled_and_is_of_a_kind_that_has_words() -> None:
    tried = candidates((SOURCE,), Suspicion(ASKED), "Value")

    assert {one.kind for one in tried} <= KINDS.keys()
    code = EditedCode("parts.py")
    for one in tried:
        code.of(*edited((SOURCE,), one.edits))


def test_a_part_that_is_asked_for_is_edited_before_the_engine() -> None:
    first = candidates((SOURCE,), Suspicion(frozenset({"rate"})), "Value")[:30]

    assert {one.function for one in first} == {"rate"}


def test_nothing_is_said_of_nodes_where_there_are_none() -> None:
    tried = candidates((SOURCE,), Suspicion(frozenset({"rate"})), "Value")

    assert not {one.kind for one in tried if one.function == "rate"} & OF_NODES
