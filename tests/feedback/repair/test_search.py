"""The search finds the edit that mends a source, and no edit that only fits the questions."""

from collections.abc import Sequence

import pytest

from grader.engines.oracles.expected import mismatch_of
from grader.feedback.repair.asked_edits import DEFINING, RepairQuestions
from grader.feedback.repair.candidates import Suspicion, candidates
from grader.feedback.repair.edit import edited
from grader.feedback.repair.search import Found, Search
from tests.feedback.repair.engine import ENGINE, with_fault
from tests.feedback.repair.questions import (
    ask,
    asked,
    differences,
    paths,
    powers,
    slope_of_tanh,
    squares,
)


def searched(
    source: str, checks: Sequence[object], unseen: Sequence[object] = (), steps: int = 60_000
) -> Found | None:
    every = [asked(check) for check in checks]
    (answers,) = ask([(source,)], [one.program for one in every])
    pairs = [
        (one, mismatch_of(one.program, one.want, got))
        for one, got in zip(every, answers, strict=True)
    ]
    questions = RepairQuestions(
        [one for one, mismatch in pairs if mismatch],
        [mismatch for _, mismatch in pairs if mismatch],
        [one for one, mismatch in pairs if not mismatch],
        lambda: [asked(check) for check in unseen],
    )
    return Search(ask, questions, "Value", steps).find((source,))


def test_the_one_edit_that_makes_everything_right_is_found() -> None:
    source = with_fault("self.grad += other.data * out.grad", "self.grad = other.data * out.grad")

    found = searched(source, [squares, differences, paths])

    assert found is not None
    assert edited((source,), found.edits[0].edits) == found.after == (ENGINE,)
    assert found.mends == (frozenset({0}),)


def test_an_edit_that_fits_what_is_asked_alone_is_no_cause() -> None:
    source = with_fault("self.grad += other.data * out.grad", "self.grad += out.grad")

    by_questions = searched(source, [squares])
    by_all = searched(source, [squares], [paths, differences])

    assert by_questions is not None
    assert by_all is not None
    assert by_all.edits[0].function == "__mul__"
    assert ask([by_all.after], [asked(paths).program])[0][0].answers == asked(paths).want.answers


def test_two_faults_are_found_each_with_what_it_mends() -> None:
    source = with_fault("return self + (-other)", "return self + other")
    source = source.replace(
        "self.grad += other.data * out.grad", "self.grad = other.data * out.grad"
    )

    found = searched(source, [differences, squares, paths])

    assert found is not None
    assert sorted(one.function for one in found.edits) == ["__mul__", "__sub__"]
    assert edited((source,), [*found.edits[0].edits, *found.edits[1].edits]) == found.after


def test_two_faults_that_raise_in_one_step_are_found_one_after_the_other() -> None:
    source = with_fault("return self + (-other)", "return self + (-othr)")
    source = source.replace("self.data + other.data", "self.data + other.dta")

    found = searched(source, [differences], [paths])

    assert found is not None
    assert sorted(one.function for one in found.edits) == ["__add__", "__sub__"]


def test_what_mends_one_answer_by_a_second_fault_is_no_cause() -> None:
    source = with_fault("return self + (-other)", "return self + other")
    source = source.replace("self.grad += n * self.data", "self.grad = n * self.data")

    found = searched(source, [differences], [paths, powers])

    assert found is not None  # and not `__add__`, which subtracts then
    assert sorted(one.function for one in found.edits) == ["__pow__", "__sub__"]


def test_a_method_that_nothing_that_failed_needs_is_no_cause() -> None:
    source = with_fault("reversed(topological_order(self))", "topological_order(self)")
    start, end = source.index("    def __pow__"), source.index("    def tanh")
    source = source[:start] + source[end:]

    found = searched(source, [paths, squares], [powers])

    assert found is not None
    assert [one.kind for one in found.edits] == ["direction of the walk"]


def test_what_nothing_mends_in_the_budget_is_not_named() -> None:
    source = with_fault("self.grad += other.data * out.grad", "self.grad = other.data * out.grad")

    assert searched(source, [squares], steps=0) is None


def test_calls_without_end_are_called_so() -> None:
    found = searched(with_fault("return self + (-other)", "return -(other - self)"), [differences])

    assert found is not None
    assert (found.edits[0].kind, found.edits[0].function) == ("endless", "__sub__")


@pytest.mark.parametrize("run", [1, 2])
def test_the_same_source_has_the_same_cause(run: int) -> None:
    source = with_fault("reversed(topological_order(self))", "topological_order(self)")

    found = searched(source, [paths, squares])

    assert run
    assert found is not None
    assert found.edits[0].kind == "direction of the walk"


def test_where_not_all_can_be_tried_whole_formulas_come_sooner() -> None:
    source = with_fault("(1 - t ** 2) * out.grad", "t * (1 - t) * out.grad")
    tried = candidates((source,), Suspicion(frozenset({"tanh"})), "Value")
    until = next(at for at, one in enumerate(tried) if one.kind == "formula")
    cost = len(asked(slope_of_tanh).program.steps) + DEFINING

    found = searched(source, [slope_of_tanh], [paths], steps=cost * until * 3 // 4)

    assert found is not None
    assert [(one.kind, one.function) for one in found.edits] == [("formula", "tanh")]


def test_half_of_the_budget_is_left_for_a_second_edit_where_a_first_one_is_known() -> None:
    source = with_fault("return self + (-other)", "return self + other")
    source = source.replace(
        "self.grad += other.data * out.grad", "self.grad = other.data * out.grad"
    )
    tried = candidates((source,), Suspicion(frozenset({"sub", "backward", "grad"})), "Value")
    cost = len(asked(differences).program.steps) + DEFINING

    found = searched(source, [differences, squares, paths], steps=len(tried) * cost)

    assert found is not None
    assert sorted(one.function for one in found.edits) == ["__mul__", "__sub__"]
