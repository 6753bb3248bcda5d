"""Central differences confirm right gradients to the last digit, and give wrong ones away."""

from typing import Any

import pytest

from grader import Value
from grader.engines.compare import ORACLES_RELATIVE, compare
from grader.engines.oracles.definition import Definition, textbook_with
from grader.engines.oracles.differences import CentralDifferences
from grader.engines.oracles.textbook import Textbook
from grader.exercises.check_recorder import record
from tests.engines.oracles.cubes import cube, wrong_cube


class Row:
    """A list of weights."""

    def __init__(self) -> None:
        self.w = [Value(0.0), Value(0.0)]

    def __call__(self, x: Any) -> Any:
        return self.w[0] * x + self.w[1]


def first(plain: Any, name: str = "cube") -> Textbook:
    return textbook_with([Definition(name, plain=plain)])


def slope(Value: Any) -> dict[str, Any]:
    a = Value(1.3)
    b = a.cube() * a
    b.backward()
    return {"b.data": b.data, "a.grad": a.grad}


def test_a_right_gradient_is_confirmed_to_the_last_digit() -> None:
    oracle = first(cube)

    assert CentralDifferences(oracle).answer(record(slope)) == oracle.answer(record(slope))


def test_a_wrong_gradient_is_given_away() -> None:
    oracle, program = first(wrong_cube), record(slope)

    measured = CentralDifferences(oracle).answer(program)

    mismatch = compare(program, oracle.answer(program), measured, relative=ORACLES_RELATIVE)
    assert mismatch is not None
    assert mismatch.got is not None
    assert mismatch.got.value == pytest.approx(4 * 1.3**3, rel=1e-8)


def test_the_gradient_of_a_number_that_was_set_is_measured() -> None:
    def check(Value: Any, Row: Any) -> dict[str, Any]:
        row, x = Row(), Value(2.0)
        row.w[0].data = 1.5
        row.w[1].data = 0.5
        row(x).backward()
        return {"w": row.w[0].grad, "x": x.grad}

    oracle = first(Row, "Row")

    assert [at for at, _ in CentralDifferences(oracle)._measured(record(check))] == [
        look.at for look in record(check).observed
    ]
    assert CentralDifferences(oracle).answer(record(check)) == oracle.answer(record(check))


def test_gradients_add_up_over_passes() -> None:
    def check(Value: Any) -> dict[str, Any]:
        a = Value(0.7)
        a.cube().backward()
        (a * 2.0).backward()
        return {"a.grad": a.grad}

    assert CentralDifferences(first(cube)).answer(record(check)) == first(cube).answer(
        record(check)
    )


def values_alone(Value: Any) -> dict[str, Any]:
    return {"": Value(2.0).cube().data}


def set_between(Value: Any) -> dict[str, Any]:
    a = Value(2.0)
    a.cube().backward()
    a.data = 3.0
    a.cube().backward()
    return {"a.grad": a.grad}


def zeroed(Value: Any) -> dict[str, Any]:
    a = Value(2.0)
    b = a.cube()
    b.backward()
    b.zero_grad()
    return {"a.grad": a.grad}


@pytest.mark.parametrize("check", [values_alone, set_between, zeroed])
def test_what_cannot_be_measured_is_not_confirmed(check: Any) -> None:
    assert not CentralDifferences(first(cube)).confirms(record(check))
    assert CentralDifferences(first(cube)).confirms(record(slope))
