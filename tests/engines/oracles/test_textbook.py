"""The textbook engine answers every Program, and loads numpy for Tensors alone."""

import subprocess
import sys
from typing import Any

import pytest

from grader import order_of
from grader.engines.observation import Traversal
from grader.engines.oracles import textbook as module
from grader.engines.oracles.textbook import NoNumpy, Textbook, textbook
from grader.engines.program import Program, Step
from grader.errors import install_command
from grader.exercises.check_recorder import record

TENSOR = Program((Step("make", "Tensor", (2.0,)),), ())


def test_behind_an_order_stand_the_gradients_of_the_leaves_below_its_root() -> None:
    def check(Value: Any) -> dict[str, Any]:
        a = Value(2.0)
        b = Value(3.0)
        c = a * b
        p = Value(5.0)
        q = p * p
        return {"map of c": order_of(c), "map of q": order_of(q)}

    answers = Textbook().answer(record(check)).answers.values()

    assert [answer.value for answer in answers] == [
        Traversal((0, 1, 2), ((0, 3.0), (1, 2.0))),
        Traversal((3, 4), ((3, 10.0),)),
    ]


@pytest.mark.parametrize(
    "raised", [KeyboardInterrupt, GeneratorExit, type("End", (BaseException,), {})]
)
def test_who_ends_the_grader_while_the_engine_answers_ends_it(
    monkeypatch: pytest.MonkeyPatch, raised: type[BaseException]
) -> None:
    def interrupted(*_: object) -> None:
        raise raised  # as a signal's handler does, anywhere

    monkeypatch.setattr(module.NAMES["Value"], "__mul__", interrupted)

    with pytest.raises(raised):
        Textbook().answer(record(lambda Value: {"c": (Value(2.0) * Value(3.0)).data}))


def test_a_program_over_tensors_is_offered_the_functions_and_others_are_not() -> None:
    assert {"Tensor", "MatMul", "Value"} <= textbook(TENSOR).keys()
    assert textbook(Program((Step("make", "Value", (2.0,)),), ())) is module.NAMES


def test_where_numpy_is_missing_a_tensor_is_refused_with_the_way_to_get_it() -> None:
    code = (
        "import sys; sys.modules['numpy'] = None\n"
        "from grader.engines.oracles.textbook import NoNumpy, textbook\n"
        "from grader.engines.program import Program, Step\n"
        "try: textbook(Program((Step('make', 'Tensor', (2.0,)),), ()))\n"
        "except NoNumpy as error: print(error.hint)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == f"{install_command('numpy')}\n"


def test_the_refusal_says_what_numpy_is_for() -> None:
    with pytest.raises(
        NoNumpy, match="this exercise works with arrays, and numpy is not installed"
    ):
        raise NoNumpy
