"""The first wrong node of a graph of arrays, and the lines of the function that is at fault."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import pytest

from grader.engines.compare import compare
from grader.engines.interpreter.execute import Implementation, execute
from grader.engines.observation import Observation
from grader.engines.oracles.expected import expect
from grader.engines.oracles.textbook import Textbook
from grader.engines.program import Program
from grader.exercises import catalogue
from grader.exercises.check_recorder import record
from grader.exercises.exercise import CheckFunction
from grader.feedback.shrinking.smallest import Askers
from grader.feedback.wrong_node.locate import WrongNodeFound, locate
from grader.feedback.wrong_node.source_frame import frame_of
from grader.reports.report import HeldValue

SOLUTION = catalogue.solution(catalogue.load(catalogue.find("tensor/elementwise")))
OF_SUB = "        self.t1.backward(upstream)\n        self.t2.backward(-upstream)\n"


def edited(old: str, new: str) -> str:
    assert SOLUTION.count(old) == 1
    return SOLUTION.replace(old, new)


def asking(source: str) -> Callable[[Sequence[Program]], list[Observation]]:
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(compile(source, "value.py", "exec"), names)
    files: Mapping[str, str] = {"value.py": "value.py"}
    given = {name: names[name] for name in ("Tensor", "Sub", "Mul")}
    known = Implementation(given, names, student_file=files.get)
    return lambda programs: [execute(program, known) for program in programs]


def found(asks: CheckFunction, source: str) -> tuple[WrongNodeFound, str]:
    """What is located, and the line that is marked."""
    program, subject = record(asks), asking(source)
    oracle = partial(expect, oracles=[Textbook()])
    mismatch = compare(program, oracle(program).want, subject([program])[0])
    assert mismatch is not None
    there = locate(program, mismatch, Askers(subject, oracle))
    assert there is not None
    lines = source.split("\n")
    if there.faulty_part is None:
        return there, ""
    frame = frame_of(program, there.faulty_part, subject, lambda _, number: lines[number - 1])
    assert frame is not None
    return there, lines[frame.marked - 1].strip()


def difference(Tensor: Any, Sub: Any) -> dict[str, Any]:
    a = Tensor([[1.0, 2.0]], requires_grad=True)
    b = Tensor([[3.0, 5.0]], requires_grad=True)
    c = Sub().forward(a, b)
    c.backward([[1.0, 1.0]])
    return {"c.data": c.data, "a.grad": a.grad, "b.grad": b.grad, "a.data": a.data}


def one_side(Tensor: Any, Sub: Any) -> dict[str, Any]:
    a = Tensor([1.0])
    b = Tensor([3.0], requires_grad=True)
    c = Sub().forward(a, b)
    c.backward([1.0])
    return {"b.grad": b.grad}


def twice(Tensor: Any, Sub: Any, Mul: Any) -> dict[str, Any]:
    a = Tensor([[2.0]], requires_grad=True)
    b = Mul().forward(a, a)
    c = Sub().forward(b, a)
    c.backward([[1.0]])
    return {"a.grad": a.grad}


SAME_SIGN = edited(OF_SUB, OF_SUB.replace("-upstream", "upstream"))
SILENT = edited(OF_SUB, "        self.t1.backward(upstream)\n")
CHANGES = edited(
    "        out = Tensor(t1.data - t2.data, requires_grad=needs_grad)\n",
    "        t1.data -= t2.data\n        out = Tensor(t1.data, requires_grad=needs_grad)\n",
)
ADDS = edited("Tensor(t1.data - t2.data, requires", "Tensor(t1.data + t2.data, requires")


def test_a_share_of_the_wrong_sign_is_the_function_s_and_its_line_is_marked() -> None:
    there, line = found(difference, SAME_SIGN)

    assert there.node.says == "from c [[-1.0, -1.0]]; got [[1.0, 1.0]]: Sub sends it"
    assert (there.node.name, there.node.field, there.node.made_by) == ("b", "grad", "Sub")
    assert line == "self.t2.backward(upstream)"


def test_every_array_of_the_graph_is_told_with_its_state() -> None:
    there, _ = found(difference, SAME_SIGN)

    assert [(node.name, node.operation, node.operands) for node in there.node.nodes] == [
        ("a", "", ()),
        ("b", "", ()),
        ("c", "Sub", ("a", "b")),
    ]
    assert [node.state for node in there.node.nodes] == ["right", "first wrong", "right"]
    assert there.node.nodes[0].data == HeldValue("[[1.0, 2.0]]", "[[1.0, 2.0]]")


def test_a_wrong_array_is_made_by_the_function_s_forward() -> None:
    there, line = found(difference, ADDS)

    assert there.node.says == "should be [[-2.0, -3.0]], got [[4.0, 7.0]], made by Sub"
    assert line == "def forward(self, t1, t2):"


def test_an_operand_changed_in_place_is_the_function_s_doing() -> None:
    there, line = found(difference, CHANGES)

    assert (there.node.name, there.node.field) == ("a", "data")
    assert there.node.says == "should be [[1.0, 2.0]], got [[-2.0, -3.0]], changed by Sub"
    assert line == "def forward(self, t1, t2):"


def test_an_input_that_requires_no_gradient_is_not_asked_for_one() -> None:
    there, _ = found(one_side, SILENT)

    assert there.node.says == "from c [-1.0]; got [0.0]: Sub sends it"
    assert [node.grad is None for node in there.node.nodes] == [True, False, False]


def test_where_several_functions_send_no_one_of_them_is_at_fault() -> None:
    there, line = found(twice, SAME_SIGN)

    assert there.node.says == "should be [[3.0]]; got [[5.0]]"
    assert (there.faulty_part, line) == (None, "")


@pytest.mark.parametrize("asks", [difference, one_side, twice])
def test_a_right_engine_has_no_wrong_node(asks: CheckFunction) -> None:
    program = record(asks)

    (seen,) = asking(SOLUTION)([program])
    assert compare(program, expect(program, [Textbook()]).want, seen) is None
