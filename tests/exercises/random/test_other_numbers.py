from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from grader.engines.program import ArrayData, Items, NumpyArray, ObservedStep, Program, Ref, Step
from grader.exercises.check_recorder import record
from grader.exercises.random.other_numbers import other_numbers
from grader.exercises.random.scalar_programs import scalar_program


def anything(_: Program) -> bool:
    return True


def made(*operands: float | ArrayData) -> Program:
    steps = tuple(Step("make", "Value", (operand,)) for operand in operands)
    return Program(steps, (ObservedStep("", 0),))


def numbers(program: Program | None) -> list[float]:
    assert program is not None
    return [step.operands[0] for step in program.steps if step.kind == "make"]  # type: ignore[misc]


@given(st.integers(), st.integers(0, 1000))
def test_what_is_written_down_changes_and_keeps_its_sign_and_its_type(seed: int, of: int) -> None:
    program = scalar_program(of)

    other = other_numbers(program, seed, anything)

    assume(other is not None)  # all that it writes down are zeros
    for old, new in zip(numbers(program), numbers(other), strict=True):
        assert type(new) is type(old)
        assert (new == 0) == (old == 0)
        assert old == 0 or (new != old and (new > 0) == (old > 0))


@given(st.integers(), st.integers(0, 1000))
def test_only_what_is_written_down_changes(seed: int, of: int) -> None:
    program = scalar_program(of)

    other = other_numbers(program, seed, anything)

    assume(other is not None)
    assert other is not None
    assert other.observed == program.observed
    kept = [step for step in program.steps if step.kind not in ("make", "write")]
    assert [step for step in other.steps if step.kind not in ("make", "write")] == kept


def test_the_same_seed_gives_the_same_numbers() -> None:
    program = made(1.5, -2, 0.25)

    assert other_numbers(program, 3, anything) == other_numbers(program, 3, anything)
    assert other_numbers(program, 3, anything) != other_numbers(program, 4, anything)


def test_what_is_equal_stays_equal_and_what_differs_differs() -> None:
    one, two, same, other = numbers(other_numbers(made(2, 3, 2, 2.5), 1, anything))

    assert one == same
    assert len({one, two, other}) == 3


def test_the_rows_of_an_array_change_and_its_zeros_stay() -> None:
    program = made(ArrayData((ArrayData((1.5, 0.0)), ArrayData((1.5, -4.0)))))

    (rows,) = numbers(other_numbers(program, 5, anything))

    (a, zero), (b, c) = (row.items for row in rows.items)  # type: ignore[attr-defined]
    assert (zero, a == b) == (0.0, True)
    assert a not in (1.5, c)


def test_where_a_text_is_asked_for_a_number_is_no_longer_than_it_was() -> None:
    program = made(3.5)
    text = program._replace(steps=(*program.steps, Step("ask", "text", (Ref(0),))))

    drawn = {numbers(other_numbers(text, seed, anything))[0] for seed in range(50)}

    assert {round(number, 1) for number in drawn} == drawn
    assert len(drawn) > 10


def test_a_program_without_numbers_has_no_other() -> None:
    assert other_numbers(made(0.0), 1, anything) is None


def test_what_does_not_fit_is_drawn_again() -> None:
    other = other_numbers(made(2.0), 1, lambda program: numbers(program)[0] in (2.0, round(2.0, 1)))
    fit = other_numbers(made(2.0), 1, lambda program: numbers(program)[0] <= 2.0)

    assert other is None
    assert numbers(fit)[0] < 2.0


def test_what_a_check_asks_beyond_safe_ranges_is_asked_there_with_other_numbers() -> None:
    assert other_numbers(made(1e8), 1, lambda _: False) is not None


def test_sizes_and_labels_stay_and_what_a_function_is_given_changes() -> None:
    rows = NumpyArray(ArrayData((ArrayData((1.5, -2.5)),)))
    given = (2, 0.5, Items((1.25, 3, "text")), rows, NumpyArray(ArrayData((1, 0))))
    program = Program((Step("make", "loss", given),), (ObservedStep("", 0),))

    other = other_numbers(program, 3, anything)

    assert other is not None
    size, rate, items, array, labels = other.steps[0].operands
    assert (size, labels) == (2, given[4])
    assert rate != 0.5
    assert isinstance(items, Items)
    assert items.items[1:] == (3, "text")
    assert items.items[0] != 1.25
    assert array != rows


def test_what_a_function_is_given_beside_nodes_stays() -> None:
    def check(Value: Any, dropout: Any, slope: Any) -> dict[str, Any]:
        a = Value(1.5)
        return {"kept": dropout([a], 0.9)[0].data, "slope": slope(2.5, 0.5)}

    program = record(check)
    other = other_numbers(program, 1, lambda _: True)

    assert other is not None
    assert other.steps[1] == program.steps[1]
    assert other.steps[0] != program.steps[0]
    changed = [step for step in other.steps if step.name == "slope"]
    assert changed != [step for step in program.steps if step.name == "slope"]
