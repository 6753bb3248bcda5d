"""Where torch is missing, its recorded answers count, and differences for an author's own."""

from typing import Any

from grader.engines.observation import Observation
from grader.engines.oracles.definition import Definition, textbook_with
from grader.engines.oracles.expected import expect
from grader.engines.oracles.textbook import Textbook
from grader.engines.oracles.without_torch import WithoutTorch
from grader.engines.program import Program
from grader.exercises.check_recorder import record
from tests.engines.oracles.cubes import cube, wrong_cube


def slope_of_cube(Value: Any) -> dict[str, Any]:
    a = Value(1.3)
    b = a.cube()
    b.backward()
    return {"a.grad": a.grad}


def value_of_cube(Value: Any) -> dict[str, Any]:
    return {"data": Value(1.3).cube().data}


def kink(Value: Any) -> dict[str, Any]:
    a = Value(0.0)
    a.relu().backward()
    return {"a.grad": a.grad}


class Recorded:
    """Knows one Program."""

    label = "torch 2.9.1"

    def __init__(self, known: Program) -> None:
        self.known = known

    def answer(self, program: Program) -> Observation | None:
        """Answer that Program as something that died does."""
        return Observation("died") if program.steps == self.known.steps else None


def without(plain: Any = cube, torch: Any = None, known: Program | None = None) -> WithoutTorch:
    one = Definition("cube", plain=plain, torch=torch)
    return WithoutTorch(Recorded(known) if known else None, [one], textbook_with([one]))


def test_a_recorded_answer_goes_before_a_measured_one() -> None:
    program = record(slope_of_cube)

    assert without(known=program).answer(program) == Observation("died")
    assert without(known=record(kink)).answer(program) == textbook_with(
        [Definition("cube", plain=cube)]
    ).answer(program)


def test_a_definition_with_a_wrong_slope_is_given_away() -> None:
    one = Definition("cube", plain=wrong_cube, torch=cube)

    expected = expect(record(slope_of_cube), [textbook_with([one]), without(wrong_cube, cube)])

    assert expected.disagreement == "reference and without torch disagree"


def test_what_cannot_be_measured_has_no_answer() -> None:
    assert without().answer(record(value_of_cube)) is None


def test_the_engine_s_own_operations_are_never_measured() -> None:
    """At relu's kink a central difference is 0.5, and the answer 0."""
    oracle = without()

    assert oracle.answer(record(kink)) is None
    assert not expect(record(kink), [Textbook(), oracle]).disagreement


def test_a_definition_that_torch_has_not_is_confirmed_by_gradients_alone() -> None:
    assert without().confirms(record(slope_of_cube))
    assert not without().confirms(record(value_of_cube))
    assert without(torch=cube).confirms(record(value_of_cube))
