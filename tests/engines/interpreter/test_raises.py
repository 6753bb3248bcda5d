"""Whether a method raises: asked of any engine, pasted as a try, not in the deadline's way."""

from contextlib import redirect_stdout
from io import StringIO
from typing import Any

import pytest

from grader import raises
from grader.engines.interpreter.execute import Implementation, OutOfTime, TooMuchOutput, execute
from grader.engines.observation import TRUTH, Answer, Ending
from grader.exercises.check_recorder import record
from grader.feedback.wording.source import source

Looked = dict[str, Any]


class Once:
    """An engine whose `backward` works a single time."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error
        self.grad = 0.0

    def backward(self) -> None:
        self.grad += 1.0
        if self.error is not None:
            raise self.error
        self.error = RuntimeError("freed")


def twice(Value: Any) -> Looked:
    a = Value()
    return {"first": raises(a, "backward"), "again": raises(a, "backward"), "a.grad": a.grad}


PASTED = """\
a = Value()
try:
    a.backward()
    raised = False
except Exception:
    raised = True
print(raised)
try:
    a.backward()
    raised = False
except Exception:
    raised = True
print(raised)
print(a.grad)"""


def test_the_answer_is_whether_an_exception_was_raised() -> None:
    observation = execute(record(twice), Implementation({"Value": Once}))

    assert observation.ended == "answered"
    assert observation.answers[1] == Answer(TRUTH, False)
    assert observation.answers[2] == Answer(TRUTH, True)


def test_what_is_pasted_prints_what_the_report_claims() -> None:
    printed = StringIO()

    with redirect_stdout(printed):
        exec(source(record(twice)), {"Value": Once})

    assert source(record(twice)) == PASTED
    assert printed.getvalue() == "False\nTrue\n2.0\n"


def test_a_name_of_the_check_s_own_is_kept() -> None:
    def check(Value: Any) -> Looked:
        raised = Value()
        freed = raises(raised, "backward")
        return {"freed": freed}

    lines = source(record(check)).splitlines()

    assert lines[-3:] == ["except Exception:", "    freed = True", "print(freed)"]


def test_a_question_that_calls_a_method_stays_in_the_smaller_program() -> None:
    program = record(twice)

    assert program.up_to(3) == program._replace(observed=program.observed[2:])


@pytest.mark.parametrize(
    ("ending", "error"), [("timed out", OutOfTime()), ("flooded", TooMuchOutput())]
)
def test_what_ends_a_turn_is_no_exception_of_the_method(
    ending: Ending, error: BaseException
) -> None:
    observation = execute(record(twice), Implementation({"Value": lambda: Once(error)}))

    assert (observation.ended, observation.step) == (ending, 1)


def test_a_method_that_is_missing_does_not_count_as_one_that_raises() -> None:
    observation = execute(record(twice), Implementation({"Value": object}))

    assert observation.fault is not None
    assert (observation.ended, observation.fault.type) == ("raised", "AttributeError")
