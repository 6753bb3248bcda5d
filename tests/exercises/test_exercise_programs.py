"""An exercise asks what its checks record, in several layouts, and random graphs besides."""

from pathlib import Path
from typing import Any

from grader.engines.program import Program
from grader.exercises.check_recorder import record
from grader.exercises.exercise import Check, Exercise, advisory, check, descends, trains
from grader.exercises.exercise_programs import check_of, program_of, programs, random_program
from grader.exercises.random.scalar_programs import TaughtOperations
from grader.exercises.training import training_program


def adds(Scalar: Any) -> dict[str, Any]:
    """A sum."""
    return {"c": Scalar(1.0) + Scalar(2.0)}


def model(Value: Any, w: Any, x: Any) -> Any:
    """A line through 0."""
    return w * x


def exercise(*checks: Check, taught: tuple[str, ...] = ("add", "mul")) -> Exercise:
    remark = advisory(says="A remark.", when="agrees")(adds)._replace(id="remark")
    return Exercise(
        *("demo", "sums", "Sums", 1.0, 0.0, (), taught, {}, (), Path(), checks, (remark,))
    )


def test_checks_and_advisories_are_asked_by_their_ids() -> None:
    asked = programs(exercise(check(points=1)(adds)))

    assert asked == {"adds": record(adds), "remark": record(adds)}


def test_a_check_of_three_layouts_is_asked_the_same_three_times() -> None:
    asked = programs(exercise(check(points=1, layouts=3)(adds)))

    assert [key for key in asked if "@" in key] == ["adds@1", "adds@2"]
    assert asked["adds@2"] == record(adds)._replace(layout=2)


def test_random_graphs_take_the_engine_s_own_name_and_depend_on_the_seed_alone() -> None:
    with_random = exercise(check(points=1, random=5)(adds))

    first, again, other = (programs(with_random, seed) for seed in (1, 1, 2))

    assert first == again
    assert first["adds#1"] != other["adds#1"]
    assert {name for key in first for name in first[key].takes()} == {"Scalar"}
    assert [first[f"adds#{number}"].layout for number in range(1, 6)] == [1, 2, 3, 0, 1]


def test_where_functions_are_taught_random_graphs_are_over_tensors() -> None:
    over_arrays = random_program(1, TaughtOperations(functions=("Mul", "Sub")))

    assert "Tensor" in over_arrays.takes()
    assert random_program(1, TaughtOperations()).takes() == {"Value"}


def test_a_key_leads_back_to_its_check() -> None:
    assert [check_of(key) for key in ("adds", "adds@2", "adds#11")] == ["adds"] * 3


def test_a_training_is_asked_as_the_sheet_says_and_one_of_any_shape_not_at_all() -> None:
    trained = trains(points=1, start={"w": 1.0}, examples=[(2.0,)], epochs=2, rate=0.1)(model)
    assert trained.own_run is not None
    assert trained.own_run.task is not None

    assert program_of(trained) == training_program(model, trained.own_run.task).program
    assert program_of(descends(points=1, parameters=1, steps=1)(adds)) == Program((), ())
