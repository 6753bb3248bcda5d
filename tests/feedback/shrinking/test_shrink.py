"""The smallest Program that fails: exact minima, and a search that stops when it should."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.engines.compare import compare
from grader.engines.observation import NUMBER
from grader.engines.oracles.textbook import Textbook
from grader.engines.program import ArrayData, Program
from grader.engines.program_graph import operations
from grader.exercises.check_recorder import record
from grader.exercises.random.scalar_programs import EVERYTHING, scalar_program
from grader.feedback.shrinking.shrink import Budget, ShrinkResult, shrink
from grader.feedback.shrinking.size import size
from grader.feedback.wording.source import source

EVERY_OPERATOR = EVERYTHING.operators


def long_chain_with_one_reused_value(Value: Any) -> dict[str, Any]:
    x = Value(2.7)
    y = Value(-1.3)
    u = x * y + Value(0.4)
    v = u.tanh() - x / y
    w = v * v
    loss = (w + y) ** 2
    loss.backward()
    return {"loss.data": loss.data, "x.grad": x.grad, "y.grad": y.grad}


CHAIN = record(long_chain_with_one_reused_value)


def each(fails: Callable[[Program], bool]) -> Callable[[list[Program]], list[bool]]:
    return lambda programs: [fails(program) for program in programs]


def answered(program: Program) -> bool:
    """Whether the reference answers: what makes no sense raises."""
    return Textbook().answer(program).ended == "answered"


def reuses_a_value(program: Program) -> bool:
    return (
        answered(program)
        and any(len(set(step.refs())) < len(step.refs()) for step in program.steps)
        and looks_at_a_gradient(program)
    )


def looks_at_a_gradient(program: Program) -> bool:
    """Whether what is looked at last is a leaf's gradient, after a pass that could change it."""
    observation = Textbook().answer(program)
    last = program.observed[-1].at if program.observed else -1
    answer = observation.answers.get(last)
    return (
        program.steps[last].name == "grad"
        and answer is not None
        and answer.kind == NUMBER
        and answer.value != 0.0
    )


def uses(name: str) -> Callable[[Program], bool]:
    return lambda program: (
        answered(program) and name in {program.steps[at].name for at in operations(program)}
    )


def smallest(fails: Callable[[Program], bool], program: Program = CHAIN) -> str:
    return source(shrink(program, each(fails), EVERY_OPERATOR).program)


def test_shrinking_keeps_only_the_two_uses_that_disagree() -> None:
    assert smallest(reuses_a_value) == ("a = Value(1.0)\nb = a + a\nb.backward()\nprint(a.grad)")


MINIMA = {
    "add": "a = Value(1.0)\nb = Value(2.0)\nc = a + b\nprint(c.data)",
    "sub": "a = Value(1.0)\nb = Value(2.0)\nc = a - b\nprint(c.data)",
    "truediv": "a = Value(1.0)\nb = Value(2.0)\nc = a / b\nprint(c.data)",
    "pow": "a = Value(1.0)\nb = a ** 2\nprint(b.data)",
    "tanh": "a = Value(1.0)\nb = a.tanh()\nprint(b.data)",
}


@pytest.mark.parametrize("name", MINIMA)
def test_one_operation_alone_remains_on_the_simplest_numbers(name: str) -> None:
    def fails(program: Program) -> bool:
        return uses(name)(program) and program.steps[program.observed[-1].at].name == "data"

    assert smallest(fails) == MINIMA[name]


def test_what_fails_whatever_is_computed_shrinks_to_a_leaf() -> None:
    assert smallest(lambda program: answered(program) and bool(program.observed)) == (
        "a = Value(1.0)\nprint(a.data)"
    )


def test_a_depth_that_is_needed_stays() -> None:
    def three_levels(program: Program) -> bool:
        depth: dict[int, int] = {}
        for index, step in enumerate(program.steps):
            below = [depth.get(at, 0) for at in step.refs()]
            depth[index] = max(below, default=0) + (index in operations(program))
        return answered(program) and looks_at_a_gradient(program) and max(depth.values()) >= 3

    assert smallest(three_levels) == (
        "a = Value(1.0)\n"
        "b = Value(2.0)\n"
        "c = a + b\n"
        "d = Value(3.0)\n"
        "e = c + d\n"
        "f = e + e\n"
        "f.backward()\n"
        "print(a.grad)"
    )


def test_no_smaller_program_goes_back_twice_over_one_graph_where_the_first_did_not() -> None:
    def two_samples(Value: Any) -> dict[str, Any]:
        w = Value(-3.0)
        first = (w * Value(2.0) + Value(1.0)).tanh()
        first.backward()
        second = (w * Value(0.5) + Value(1.0)).tanh()
        second.backward()
        return {"w.grad": w.grad}

    def goes_back_twice(program: Program) -> bool:
        passes = [step for step in program.steps if step.name == "backward"]
        return looks_at_a_gradient(program) and len(passes) == 2

    shrunk = shrink(record(two_samples), each(goes_back_twice), EVERY_OPERATOR)

    assert source(shrunk.program) == (
        "a = Value(1.0)\nb = a + a\nb.backward()\nc = a + a\nc.backward()\nprint(a.grad)"
    )


def test_a_number_stays_where_no_simpler_one_fails() -> None:
    def negative_leaf(program: Program) -> bool:
        return answered(program) and any(
            isinstance(operand, float) and operand < -1
            for step in program.steps
            if step.kind == "make"
            for operand in step.operands
        )

    assert smallest(negative_leaf) == "a = Value(-1.3)\nprint(a.data)"


def test_an_operator_that_is_not_taught_does_not_come_in() -> None:
    def check(Value: Any) -> dict[str, Any]:
        a = Value(2.0)
        b = a.exp().tanh()
        b.backward()
        return {"a.grad": a.grad}

    def two_operations(program: Program) -> bool:
        return answered(program) and len(operations(program)) >= 2

    program = record(check)

    untaught = shrink(program, each(two_operations)).program
    taught = shrink(program, each(two_operations), ("add",)).program

    assert {untaught.steps[at].name for at in operations(untaught)} == {"exp", "tanh"}
    assert {taught.steps[at].name for at in operations(taught)} == {"add"}


def test_a_question_stays_the_step_that_is_looked_at() -> None:
    from grader import order_of

    def check(Value: Any) -> dict[str, Any]:
        p = Value(2.5)
        q = p * p
        r = q + p
        return {"map of q": order_of(q), "map of r": order_of(r)}

    def asks_of_a_sum(program: Program) -> bool:
        asked = program.steps[program.observed[-1].at]
        return (
            answered(program)
            and asked.name == "order"
            and (program.steps[asked.refs()[0]].name == "add")
        )

    found = shrink(record(check), each(asks_of_a_sum), EVERY_OPERATOR).program

    assert [seen.label for seen in found.observed] == ["map of c"]
    assert source(found).splitlines()[-2:] == ["c = a + b", "print(topological_order(c))"]


def test_a_program_of_which_nothing_smaller_fails_keeps_its_names() -> None:
    found = shrink(CHAIN, each(lambda program: False))

    assert found.program is CHAIN
    assert not found.out_of_budget


def test_a_search_without_any_programs_left_returns_what_it_was_given() -> None:
    found = shrink(CHAIN, each(answered), budget=Budget(programs=0))

    assert found == ShrinkResult(CHAIN, True, 0)


def test_a_search_stops_at_its_deadline_with_the_best_so_far() -> None:
    ticks = iter(range(100))
    budget = Budget(deadline=4.0, clock=lambda: float(next(ticks)))

    found = shrink(CHAIN, each(reuses_a_value), EVERY_OPERATOR, budget)

    assert found.out_of_budget
    assert size(found.program) < size(CHAIN)
    assert reuses_a_value(found.program)


def test_programs_that_were_asked_are_counted_and_none_is_asked_twice() -> None:
    asked: list[str] = []

    def counting(programs: list[Program]) -> list[bool]:
        asked.extend(repr(program.steps) + repr(program.observed) for program in programs)
        return each(reuses_a_value)(programs)

    found = shrink(CHAIN, counting, EVERY_OPERATOR)

    assert found.programs_asked == len(asked) == len(set(asked))


def test_few_programs_are_asked_at_first_in_case_each_takes_long() -> None:
    sizes: list[int] = []

    def never(programs: list[Program]) -> list[bool]:
        sizes.append(len(programs))
        return [False] * len(programs)

    shrink(CHAIN, never, EVERY_OPERATOR)

    assert sizes[:5] == [4, 8, 16, 32, 32]
    assert max(sizes) == 32


def test_rows_columns_and_entries_are_left_out_of_arrays_that_fit_together() -> None:
    def product(Tensor: Any, MatMul: Any) -> dict[str, Any]:
        a = Tensor([[1.5, -2.0, 0.5], [0.25, 3.0, -1.0]], requires_grad=True)
        b = Tensor([[0.5, 1.0], [2.0, -1.5], [1.0, 0.75]], requires_grad=True)
        c = MatMul().forward(a, b)
        c.backward([[1.0, 2.0], [0.5, -1.0]])
        return {"b.grad": b.grad}

    def multiplies_and_has_two_rows(program: Program) -> bool:
        return (
            answered(program)
            and any(step.name == "forward" for step in program.steps)
            and any(
                isinstance(operand, ArrayData) and len(operand.items) >= 2
                for step in program.steps
                for operand in step.operands
            )
        )

    found = shrink(record(product), each(multiplies_and_has_two_rows)).program

    assert source(found) == (
        "a = Tensor([[1.0, 1.0]], requires_grad=True)\n"
        "b = Tensor([[1.0], [1.0]], requires_grad=True)\n"
        "c = MatMul().forward(a, b)\n"
        "c.backward([[1.0]])\n"
        "print(b.grad)"
    )


def test_the_same_program_is_found_every_time() -> None:
    one, other = (shrink(CHAIN, each(uses("pow")), EVERY_OPERATOR) for _ in range(2))

    assert one == other


@settings(max_examples=25)
@given(st.integers(0, 10_000))
def test_what_is_returned_was_seen_to_fail_and_is_never_larger(seed: int) -> None:
    program = scalar_program(seed)
    confirmed: set[str] = {repr(program.steps)}

    def fails(programs: list[Program]) -> list[bool]:
        failures = each(lambda one: uses("mul")(one) or uses("pow")(one))(programs)
        failing = (one for one, fails in zip(programs, failures, strict=True) if fails)
        confirmed.update(repr(one.steps) for one in failing)
        return failures

    found = shrink(program, fails, EVERY_OPERATOR)

    assert repr(found.program.steps) in confirmed
    assert size(found.program) <= size(program)
    assert compare(found.program, *[Textbook().answer(found.program)] * 2) is None
