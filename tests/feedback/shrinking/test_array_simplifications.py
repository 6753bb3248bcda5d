"""Smaller arrays still fit together, and simpler ones keep their shapes."""

from grader.engines.program import ArrayData, Program, Ref, Step
from grader.feedback.shrinking.array_simplifications import simpler_arrays, smaller_arrays


def rows(*lists: list[float]) -> ArrayData:
    return ArrayData(tuple(ArrayData(tuple(row)) for row in lists))


LEFT = rows([5.0, 6.0], [7.0, 8.0])
RIGHT = rows([0.5, 1.5], [2.5, 3.5])
PROGRAM = Program(
    (
        Step("make", "Tensor", (LEFT,)),
        Step("make", "Tensor", (RIGHT,)),
        Step("make", "MatMul", ()),
        Step("call", "forward", (Ref(2), Ref(0), Ref(1))),
    ),
    (),
)


def arrays(program: Program) -> tuple[object, object]:
    return program.steps[0].operands[0], program.steps[1].operands[0]


def test_one_is_left_out_along_every_axis_of_a_size_or_along_one_axis_alone() -> None:
    found = [arrays(program) for program in smaller_arrays(PROGRAM)]

    assert (rows([5.0]), rows([0.5])) in found  # all axes of size 2
    assert (rows([5.0, 6.0]), rows([0.5, 1.5])) in found  # the first axis of both
    assert (rows([7.0, 8.0]), RIGHT) in found  # the first row of one
    assert (LEFT, rows([1.5], [3.5])) in found  # the first column of the other


def test_an_axis_of_size_1_is_never_emptied() -> None:
    single = Program((Step("make", "Tensor", (rows([5.0]),)),), ())

    assert list(smaller_arrays(single)) == []


def test_entries_become_1_2_3_over_and_over_in_all_arrays_or_in_one() -> None:
    found = [arrays(program) for program in simpler_arrays(PROGRAM)]

    simple = rows([1.0, 2.0], [3.0, 1.0])
    assert found[:3] == [(simple, simple), (simple, RIGHT), (LEFT, simple)]


def test_entries_become_simple_one_by_one() -> None:
    found = [arrays(program) for program in simpler_arrays(PROGRAM)]

    assert (rows([5.0, 6.0], [7.0, -1.0]), RIGHT) in found
    assert (LEFT, rows([1.0, 1.5], [2.5, 3.5])) in found


def test_a_program_without_arrays_stays_as_it_is() -> None:
    scalar = Program((Step("make", "Value", (2.5,)),), ())

    assert list(smaller_arrays(scalar)) == []
    assert all(program == scalar for program in simpler_arrays(scalar))
