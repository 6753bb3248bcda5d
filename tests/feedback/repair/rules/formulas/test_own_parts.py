"""What is edited besides an engine: what a Program asks for, and what that names."""

from grader.feedback.repair.conventions import conventions
from grader.feedback.repair.outline import outline
from grader.feedback.repair.rules.formulas.own_parts import own_parts
from tests.feedback.repair.rules.arrays.array_engine import ENGINE as ARRAYS
from tests.feedback.repair.rules.formulas.parts import SOURCE


def names_of(*asked: str) -> set[str]:
    parts = outline((SOURCE,))
    found = own_parts(parts, conventions(parts, "Value"), asked)
    return {
        f"{place.kind.name}.{place.node.name}" if place.kind else place.node.name for place in found
    }


def test_a_class_that_is_asked_for_is_a_part_with_all_its_methods() -> None:
    assert names_of("SGD", "step", "data") == {"SGD.__init__", "SGD.step"}


def test_what_a_part_names_is_a_part_too() -> None:
    assert names_of("Layer") == {
        *("Layer.__init__", "Layer.parameters"),
        *("Neuron.__init__", "Neuron.__call__", "Neuron.parameters"),
    }


def test_an_engine_is_no_part_of_its_own() -> None:
    assert names_of("Value", "add", "backward") == set()


def test_a_function_is_a_part_by_itself() -> None:
    assert names_of("rate") == {"rate"}


def test_what_an_engine_names_is_no_part_besides_it() -> None:
    assert names_of("topological_order", "rate") == {"rate"}


def test_the_operations_of_an_engine_of_arrays_are_no_parts_besides_it() -> None:
    parts = outline((ARRAYS,))

    assert own_parts(parts, conventions(parts, "Tensor"), ["Add", "MatMul", "Tensor"]) == ()
