"""Random Programs call what an author has defined as the checks do, where that is safe."""

from math import isnan
from pathlib import Path
from typing import Any

import pytest

from grader import Definition, Value, numbers_of
from grader.engines.compare import compare
from grader.engines.oracles.definition import textbook_with
from grader.engines.program import Items, Program, Ref, Step
from grader.exercises import catalogue
from grader.exercises.check_recorder import record
from grader.exercises.exercise_programs import programs, random_program, taught_in
from grader.exercises.random.own_calls import OwnCall, own_calls
from grader.exercises.random.scalar_programs import TaughtOperations, scalar_program
from tests.authored import ABOUT
from tests.authored import exercise as authored
from tests.places import SAMPLES

SEEDS = 300


def hypot(a: Any, b: Any) -> Any:
    return (a * a + b * b).sqrt()


def shares(values: Any) -> Any:
    powers = [one.exp() for one in values]
    return [one / sum(powers, Value(0.0)) for one in powers]


def larger(a: Any, b: Any) -> Any:
    return (a + b + abs(a - b)) / 2


def surprise(values: Any, *, label: int) -> Any:
    return -shares(values)[label].log()


def asks_all(Value: Any, hypot: Any, shares: Any, surprise: Any) -> dict[str, Any]:
    a, b = Value(1.0), Value(2.0)
    p = shares([a, b, a * b])
    loss = surprise([a, b], label=1)
    return {"c": a.hypot(b).data, "d": hypot(b, a).data, "p": numbers_of(p), "loss": loss.data}


def call_of(definition: Definition) -> OwnCall:
    first, *_ = own_calls(definition, [record(asks_all)])
    return first


def test_a_call_is_that_of_a_check_over_other_nodes() -> None:
    (of_list,) = own_calls(Definition("shares", plain=shares), [record(asks_all)])
    (of_label,) = own_calls(Definition("surprise", plain=surprise), [record(asks_all)])

    assert of_list.step == Step("make", "shares", (Items((Ref(0), Ref(1), Ref(2))),))
    assert of_label.step.operands[1].value == 1  # type: ignore[union-attr]
    assert (of_list.arity, of_label.arity) == (3, 2)


def test_a_function_and_a_method_are_two_calls() -> None:
    calls = own_calls(Definition("hypot", plain=hypot), [record(asks_all)])

    assert [call.step.kind for call in calls] == ["call", "make"]


def test_what_no_check_calls_is_a_method_of_one_node() -> None:
    (call,) = own_calls(Definition("cube", plain=lambda x: x * x * x), [record(asks_all)])

    assert call.step == Step("call", "cube", (Ref(0),))
    assert call.result([2.0]) == 8.0


def test_a_call_gives_the_number_of_a_node_or_those_of_a_list() -> None:
    assert call_of(Definition("hypot", plain=hypot)).result([3.0, -4.0]) == 5.0
    assert call_of(Definition("shares", plain=shares)).result([0.5, 0.5, 0.5]) == [1 / 3] * 3


@pytest.mark.parametrize(
    ("definition", "numbers"),
    [
        (Definition("hypot", plain=hypot, safe=lambda a, b: a > b), [1.0, 2.0]),
        (Definition("hypot", plain=hypot, safe=lambda a: True), [1.0, 2.0]),
        (Definition("hypot", plain=hypot), [9.0, 1.0]),
        (Definition("hypot", plain=hypot), [0.0, 0.0]),
        (Definition("hypot", plain=larger), [2.0, 2.0]),
        (Definition("hypot", plain=lambda a, b: 1 / (a - b)), [2.0, 2.05]),
        (Definition("hypot", plain=lambda a, b: a.data), [1.0, 2.0]),
        (Definition("hypot", plain=lambda a: a), [1.0, 2.0]),
        (Definition("hypot", plain=lambda a, b: []), [1.0, 2.0]),
    ],
    ids=["unsafe", "unaskable", "large", "corner", "kink", "pole", "number", "raises", "empty"],
)
def test_a_call_is_nan_where_no_graph_should_go(
    definition: Definition, numbers: list[float]
) -> None:
    result = call_of(definition).result(numbers)

    assert isinstance(result, float)
    assert isnan(result)


def test_safe_is_given_numbers_where_the_definition_is_given_nodes() -> None:
    seen: list[Any] = []

    def safe(values: list[float]) -> bool:
        seen.append(values)
        return True

    call_of(Definition("shares", plain=shares, safe=safe)).result([1.0, -2.0, 0.5])

    assert seen == [[1.0, -2.0, 0.5]]


def test_a_wrong_slope_of_a_second_operand_is_found_by_random_graphs() -> None:
    def half_cut(a: Any, b: Any) -> Any:
        return (a * a + b.data * b.data).sqrt()

    right = Definition("hypot", plain=hypot)
    taught = TaughtOperations(methods=("hypot",), own=own_calls(right, [record(asks_all)]))
    oracle, wrong = textbook_with([right]), textbook_with([right._replace(plain=half_cut)])

    asked = [scalar_program(seed, taught) for seed in range(8)]

    assert [one for one in asked if compare(one, oracle.answer(one), oracle.answer(one))] == []
    assert [one for one in asked if compare(one, oracle.answer(one), wrong.answer(one))]


def test_functions_of_lists_are_in_random_graphs_where_they_are_taught(tmp_path: Path) -> None:
    checks = """\
from grader import check, numbers_of


@check(points=3, random=20)
def shares(Value, softmax, max):
    '''Shares and the largest'''
    return {"p": numbers_of(softmax([Value(1.0), Value(2.0)])), "m": max([Value(1.0)]).data}
"""
    about = ABOUT.replace('"add", "numbers"', '"add", "softmax", "max"')
    exercise = catalogue.load(authored(tmp_path, exercise=about, checks=checks))
    oracle = textbook_with(())

    asked = [program for key, program in programs(exercise).items() if "#" in key]

    assert {"softmax", "max"} < {step.name for program in asked for step in program.steps}
    assert {oracle.answer(program).ended for program in asked} == {"answered"}


@pytest.fixture
def sample(tmp_path: Path) -> catalogue.ExerciseEntry:
    return catalogue.find("demo/distance", (SAMPLES / "own_oracle",))


def test_random_graphs_ask_all_that_an_author_has_defined(sample: catalogue.ExerciseEntry) -> None:
    asked = programs(catalogue.load(sample), seed=3)

    names = {step.name for key, one in asked.items() if "#" in key for step in one.steps}

    assert names > {"add", "mul", "hypot", "shares", "surprise", "getitem"}


def test_right_answers_pass_and_wrong_ones_do_not_in_many_random_graphs(
    sample: catalogue.ExerciseEntry,
) -> None:
    exercise = catalogue.load(sample)
    oracle, taught = textbook_with(exercise.definitions), taught_in(exercise)
    right = engine(catalogue.solution(exercise))
    wrong = [
        engine(catalogue.solution(exercise).replace(one.replace, one.by))
        for one in catalogue.mutants(exercise)
    ]

    failed = [0] * len(wrong)
    for program in (random_program(seed, taught) for seed in range(SEEDS)):
        want = oracle.answer(program)
        assert want.ended == "answered"
        assert compare(program, want, right(program)) is None
        failed = [
            count + (compare(program, want, one(program)) is not None)
            for count, one in zip(failed, wrong, strict=True)
        ]

    assert min(failed) > SEEDS / 10


def engine(source: str) -> Any:
    """Return a way to ask an engine that is trusted."""
    from grader.engines.interpreter.execute import Implementation, execute

    names: dict[str, Any] = {"__name__": "engine"}
    exec(source, names)

    def answer(program: Program) -> Any:
        return execute(program, Implementation(names, names))

    return answer
