"""What a class of one operation goes by."""

from grader.feedback.repair.outline import outline
from grader.feedback.repair.rules.arrays.operation_class import operation_classes
from tests.feedback.repair.rules.arrays.array_engine import ENGINE


def test_what_a_class_keeps_is_read_off_its_forward() -> None:
    found = operation_classes(outline((ENGINE,)), "Tensor")

    assert list(found) == ["Function", "Add", "MatMul", "Exp", "Mean"]
    assert found["MatMul"].kept == {"left": "left", "right": "right"}
    assert (found["Exp"].kept, found["Exp"].result) == ({"t": "t"}, "out")
    assert found["Mean"].fields == ("t", "axis", "keepdims", "count")
    assert found["Mean"].upstream == "upstream"
