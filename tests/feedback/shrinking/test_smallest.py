"""The smallest Program that a submission fails as before: what is kept, what is never used."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from grader.engines.compare import Mismatch, compare
from grader.engines.observation import (
    NOTHING,
    NUMBER,
    TEXT,
    Answer,
    Ending,
    Fault,
    Observation,
    Place,
    PrintedText,
)
from grader.engines.oracles.expected import Expected, expect
from grader.engines.oracles.textbook import Textbook
from grader.engines.program import Program
from grader.engines.program_graph import operations
from grader.exercises.check_recorder import record
from grader.exercises.exercise import CheckFunction
from grader.feedback.shrinking.shrink import Budget
from grader.feedback.shrinking.smallest import Askers, FailingProgram, Smallest, repeats, smallest
from grader.feedback.wording.source import source
from reference.scalar import Value as Reference

TAUGHT = ("add", "sub", "mul")
ORACLE = Textbook()


class Overwrites(Reference):
    """`+` overwrites what has arrived; results are again of this class."""

    def __add__(self, other: Any) -> "Overwrites":
        result = Overwrites(self.data + other.data, (self, other))

        def rule(grad: float) -> tuple[float, float]:
            self.grad = other.grad = 0.0
            return grad, (0.0 if self is other else grad)

        result._rule = rule
        return result


def overwriting(programs: Sequence[Program]) -> list[Observation]:
    engine = Textbook(lambda _: {"Value": Overwrites})
    return [engine.answer(program) for program in programs]


def ask_oracle(program: Program) -> Expected:
    return expect(program, [ORACLE])


def long(Value: Any) -> dict[str, Any]:
    x = Value(2.7)
    y = Value(-1.3)
    u = x + y
    v = u + x
    w = v + y + Value(0.5)
    w.backward()
    return {"w.data": w.data, "x.grad": x.grad, "y.grad": y.grad}


def failing(asks: CheckFunction, got: Observation) -> FailingProgram:
    asked = ask_oracle(record(asks))
    mismatch = compare(asked.program, asked.by_oracle["reference"], got)
    assert mismatch is not None
    return FailingProgram(asked.program, mismatch, asked.by_oracle)


def found(
    asks: CheckFunction,
    subject: Callable[[Sequence[Program]], Sequence[Observation]] = overwriting,
    oracles: Callable[[Program], Expected] = ask_oracle,
    budget: Budget | None = None,
) -> Smallest:
    failed = failing(asks, subject([record(asks)])[0])
    return smallest(failed, Askers(subject, oracles), TAUGHT, budget)


def test_the_smallest_program_comes_with_its_own_mismatch_and_answers() -> None:
    least = found(long)

    assert source(least.failing.program) == (
        "a = Value(1.0)\nb = a + a\nb.backward()\nprint(a.grad)"
    )
    assert least.failing.mismatch.want == Answer(NUMBER, 2.0)
    assert least.failing.mismatch.got == Answer(NUMBER, 1.0)
    assert least.failing.expected["reference"].answers[3] == Answer(NUMBER, 2.0)
    assert not least.unsteady
    assert not least.out_of_budget


def test_what_raises_goes_on_to_raise_the_same() -> None:
    class Lacks(Reference):
        def __sub__(self, other: Any) -> Any:
            raise TypeError("cannot subtract")

        def __mul__(self, other: Any) -> Any:
            raise ValueError("cannot multiply")

    def check(Value: Any) -> dict[str, Any]:
        a = Value(2.5)
        b = Value(0.3)
        c = Value(1.7)
        d = (a - b) * c
        return {"d.data": d.data}

    engine = Textbook(lambda _: {"Value": Lacks})
    least = found(check, lambda programs: [engine.answer(program) for program in programs])

    assert source(least.failing.program) == "a = Value(1.0)\nb = Value(2.0)\nc = a - b"
    fault = least.failing.mismatch.observation.fault
    assert fault is not None
    assert fault.type == "TypeError"


def test_a_program_on_which_the_oracles_quarrel_is_never_used() -> None:
    def quarrels(program: Program) -> Expected:
        asked = ask_oracle(program)
        return asked._replace(disagreement="they disagree" if len(operations(program)) < 2 else "")

    least = found(long, oracles=quarrels)

    assert source(least.failing.program) == (
        "a = Value(1.0)\nb = Value(2.0)\nc = a + b\nd = a + c\nd.backward()\nprint(a.grad)"
    )


UNSAFE = {
    "a / b": "division near 0",
    "a.relu()": "a kink",
    "a.log()": "a pole",
    "a.exp()": "numbers too large",
}


@pytest.mark.parametrize("expression", UNSAFE)
def test_no_program_leaves_the_region_in_which_answers_can_be_compared(expression: str) -> None:
    """The engine is wrong only where no Program should go, and at the numbers of the check."""

    def check(Value: Any) -> dict[str, Any]:
        a = Value(1e-3 if expression != "a.exp()" else 30.0)
        b = Value(1e-3)
        c = eval(expression, {"a": a, "b": b})
        return {"c.data": c.data}

    def wrong_near_there(programs: Sequence[Program]) -> list[Observation]:
        return [changed(ORACLE.answer(program)) for program in programs]

    def changed(right: Observation) -> Observation:
        answers = {
            at: Answer(NUMBER, -answer.value) if isinstance(answer.value, float) else answer
            for at, answer in right.answers.items()
        }
        return right._replace(answers=answers)

    least = found(check, wrong_near_there)

    made = [step.operands[0] for step in least.failing.program.steps if step.kind == "make"]
    assert set(made) <= {1.0, 2.0, 3.0, -1.0}


def test_a_submission_that_is_right_when_asked_again_keeps_its_first_failure() -> None:
    first = failing(long, overwriting([record(long)])[0])

    least = smallest(
        first, Askers(lambda programs: list(map(ORACLE.answer, programs)), ask_oracle), TAUGHT
    )

    assert least == Smallest(first, programs_asked=2, unsteady=True)


def test_a_submission_that_is_right_at_the_end_keeps_its_first_failure() -> None:
    first = failing(long, overwriting([record(long)])[0])
    calls: list[int] = []

    def wrong_but_once(programs: Sequence[Program]) -> list[Observation]:
        calls.append(len(programs))
        if len(programs) == 1:
            return list(map(ORACLE.answer, programs))
        return overwriting(programs)

    least = smallest(first, Askers(wrong_but_once, ask_oracle), TAUGHT)

    assert least.unsteady
    assert least.failing == first
    assert least.programs_asked == sum(calls)


REPEATED = {
    "nan twice": (Answer(NUMBER, float("nan")), Answer(NUMBER, float("nan")), True),
    "a number rounded": (Answer(NUMBER, 0.1 + 0.2), Answer(NUMBER, 0.3), True),
    "another number": (Answer(NUMBER, 2.0), Answer(NUMBER, 3.0), False),
    "an address": (
        Answer(TEXT, PrintedText("<Value at 0x7f12>", False)),
        Answer(TEXT, PrintedText("<Value at 0x7f34>", False)),
        True,
    ),
    "another kind": (Answer(NUMBER, 2.0), Answer(NOTHING, None), False),
    "no answer": (Answer(NUMBER, 2.0), None, False),
    "no answer twice": (None, None, True),
}


@pytest.mark.parametrize("which", REPEATED)
def test_an_answer_comes_again_where_a_person_would_say_so(which: str) -> None:
    first, again, same = REPEATED[which]

    assert repeats(first, again) is same


@pytest.mark.parametrize("ended", ["timed out", "died", "flooded", "violated", "not asked"])
def test_what_did_not_come_to_an_end_is_not_asked_again(ended: Ending) -> None:
    program = record(long)
    observation = Observation(ended)
    first = FailingProgram(program, Mismatch(5, None, None, observation), {})

    def nobody(_: Sequence[Program]) -> Sequence[Observation]:
        raise AssertionError("it was asked")

    assert smallest(first, Askers(nobody, ask_oracle), TAUGHT) == Smallest(first)


def test_without_time_left_nobody_is_asked() -> None:
    least = found(long, budget=Budget(deadline=1.0, clock=lambda: 2.0))

    assert least.out_of_budget
    assert least.programs_asked == 0
    assert least.failing.program == record(long)


def test_a_result_that_is_its_operand_is_no_fault_to_shrink_to() -> None:
    """Looked at from outside alone, relu that returns its operand is right where it is positive."""

    class Returns(Overwrites):
        def relu(self) -> Any:
            return self

    def check(Value: Any) -> dict[str, Any]:
        x = Value(2.7)
        u = x.relu() + x
        v = u + u
        v.backward()
        return {"x.grad": x.grad}

    engine = Textbook(lambda _: {"Value": Returns})
    least = found(check, lambda programs: [engine.answer(program) for program in programs])

    assert source(least.failing.program) == (
        "a = Value(1.0)\nb = a + a\nb.backward()\nprint(a.grad)"
    )


def counting(asked: list[Program]) -> Callable[[Sequence[Program]], list[Observation]]:
    def ask(programs: Sequence[Program]) -> list[Observation]:
        asked.extend(programs)
        return overwriting(programs)

    return ask


def test_a_guess_that_fails_twice_as_expected_ends_the_search_before_it_begins() -> None:
    guess = found(long).failing.program
    asked: list[Program] = []
    failed = failing(long, overwriting([record(long)])[0])

    least = smallest(failed, Askers(counting(asked), ask_oracle), TAUGHT, guess=guess)

    assert least == found(long)._replace(programs_asked=least.programs_asked)
    assert asked == [failed.program, guess, guess]


def test_a_guess_that_does_not_fail_is_forgotten() -> None:
    def right(Value: Any) -> dict[str, Any]:
        a = Value(1.0)
        a.backward()
        return {"a.grad": a.grad}

    failed = failing(long, overwriting([record(long)])[0])

    least = smallest(failed, Askers(overwriting, ask_oracle), TAUGHT, guess=record(right))

    assert least == found(long)


def test_a_guess_that_is_the_check_itself_keeps_its_names() -> None:
    def check(Value: Any) -> dict[str, Any]:
        twice = Value(1.0)
        total = twice + twice
        total.backward()
        return {"twice.grad": twice.grad}

    guess = found(long).failing.program
    failed = failing(check, overwriting([record(check)])[0])

    least = smallest(failed, Askers(overwriting, ask_oracle), TAUGHT, guess=guess)

    assert source(least.failing.program).startswith("twice = Value(1.0)\n")


def test_the_same_exception_of_another_method_is_another_failure() -> None:
    in_product = Place("value.py", 20, "__mul__")

    def raising(programs: Sequence[Program]) -> list[Observation]:
        """Raise in `+`, and where a product comes first, in `*`."""
        return [_raised_in(program, in_product) for program in programs]

    shown = found(product_of_sums, raising)

    last = shown.failing.mismatch.observation.fault
    assert last is not None
    assert last.place == in_product


def product_of_sums(Value: Any) -> dict[str, Any]:
    a = Value(2.0)
    b = Value(3.0)
    c = a * b
    d = c + a
    return {"d.data": d.data}


def _raised_in(program: Program, in_product: Place) -> Observation:
    names = [step.name for step in program.steps]
    for name, place in (("mul", in_product), ("add", Place("value.py", 12, "__add__"))):
        if name in names:
            fault = Fault("TypeError", "unsupported operands", place)
            return Observation("raised", {}, names.index(name), fault)
    return ORACLE.answer(program)
