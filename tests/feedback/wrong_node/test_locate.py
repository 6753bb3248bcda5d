"""The first wrong node, what should have arrived there, and whose lines are at fault."""

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
from grader.reports.report import Frame, HeldValue, Node, Share

SOLUTION = catalogue.solution(catalogue.load(catalogue.find("sri/neuron")))
ADD = "            self.grad += out.grad\n            other.grad += out.grad\n"
MUL = """\
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad
"""


def edited(*edits: tuple[str, str]) -> str:
    source = SOLUTION
    for old, new in edits:
        assert source.count(old) == 1, old
        source = source.replace(old, new)
    return source


def asking(source: str) -> Callable[[Sequence[Program]], list[Observation]]:
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(compile(source, "value.py", "exec"), names)
    files: Mapping[str, str] = {"value.py": "value.py"}
    known = Implementation({"Value": names["Value"]}, names, student_file=files.get)
    return lambda programs: [execute(program, known) for program in programs]


def located(asks: CheckFunction, source: str) -> WrongNodeFound | None:
    program, subject = record(asks), asking(source)
    oracle = partial(expect, oracles=[Textbook()])
    want = oracle(program).by_oracle["reference"]
    mismatch = compare(program, want, subject([program])[0])
    assert mismatch is not None
    return locate(program, mismatch, Askers(subject, oracle))


def found(asks: CheckFunction, source: str) -> WrongNodeFound:
    there = located(asks, source)
    assert there is not None
    return there


def frame(asks: CheckFunction, source: str) -> Frame:
    there = found(asks, source)
    assert there.faulty_part is not None
    lines = source.split("\n")
    framed = frame_of(
        record(asks),
        there.faulty_part,
        asking(source),
        lambda file, number: lines[number - 1] if file == "value.py" else None,
    )
    assert framed is not None
    return framed


def states(there: WrongNodeFound) -> dict[str, str]:
    return {node.name: node.state for node in there.node.nodes}


def two_routes(Value: Any) -> dict[str, Any]:
    a = Value(1.0)
    b = Value(3.0)
    c = Value(-6.0)
    d = a * b
    e = a * c
    f = d + e
    f.backward()
    return {"a.grad": a.grad}


def difference(Value: Any) -> dict[str, Any]:
    a = Value(1.0)
    b = Value(2.0)
    c = a - b
    c.backward()
    return {"b.grad": b.grad}


def chain(Value: Any) -> dict[str, Any]:
    a = Value(1.0)
    b = Value(2.0)
    c = a * b
    d = Value(3.0)
    e = c + d
    e.backward()
    return {"e.data": e.data, "a.grad": a.grad}


def deep(Value: Any) -> dict[str, Any]:
    a = Value(1.0)
    b = Value(2.0)
    c = a + b
    d = Value(3.0)
    e = c * d
    e.backward()
    return {"a.grad": a.grad}


def twice(Value: Any) -> dict[str, Any]:
    a = Value(1.0)
    b = a + a
    b.backward()
    return {"a.grad": a.grad}


PRODUCT = "Value(self.data * other.data"
OVERWRITTEN = edited((MUL, MUL.replace("+=", "=")))
SUMMED = edited((PRODUCT, "Value(self.data + other.data"))
FORGOTTEN = edited((PRODUCT + ", (self, other))", PRODUCT + ")"))
ONE_SIDED = edited((ADD, "            self.grad += out.grad\n"))


def test_a_wrong_value_is_told_with_the_operation_that_made_it() -> None:
    wrong, faulty = found(chain, SUMMED)

    assert (wrong.name, wrong.field, wrong.made_by) == ("c", "data", "*")
    assert (wrong.expected, wrong.got) == (2.0, 3.0)
    assert wrong.says == "should be 2, got 3, made by *"
    assert faulty is not None
    assert (faulty.step, faulty.part) == (2, "method")


def test_what_was_computed_from_a_wrong_value_follows_from_it() -> None:
    there = found(chain, SUMMED)

    assert states(there) == {
        "a": "right",
        "b": "right",
        "c": "first wrong",
        "d": "right",
        "e": "follows from it",
    }


def test_an_input_that_an_operation_changes_is_told_with_that_operation() -> None:
    sum_ = "        out = Value(self.data + other.data"
    source = edited((sum_, f"        self.data += 1\n{sum_} - 1"))

    def check(Value: Any) -> dict[str, Any]:
        a = Value(1.0)
        b = a + Value(2.0)
        return {"b.data": b.data, "a.data": a.data}

    wrong, faulty = found(check, source)

    assert wrong.says == "should be 1, got 2, changed by +"
    assert faulty is not None
    assert faulty.step == 2


def test_a_account_tells_every_share_and_which_one_is_left() -> None:
    wrong, _ = found(two_routes, OVERWRITTEN)

    assert wrong.shares == (Share("e", -6.0), Share("d", 3.0))
    assert wrong.says == "from e -6, from d 3, together -3; got 3: overwritten"


def test_two_equal_shares_of_which_one_counts_are_overwritten_or_missing() -> None:
    right = "            other.grad += out.grad\n"
    skipping = edited((right, right.replace("+= ", "+= (other is not self) * ")))

    overwritten, _ = found(twice, edited((ADD, ADD.replace("+=", "="))))
    missing, _ = found(twice, skipping)

    assert overwritten.says == "from b 1, from b 1, together 2; got 1: overwritten"
    assert missing.says == "from b 1, from b 1, together 2; got 1: one of two shares is missing"


def test_a_rule_that_sends_too_little_is_told_by_what_it_sends() -> None:
    def check(Value: Any) -> dict[str, Any]:
        a = Value(1.0)
        b = Value(2.0)
        c = a + b
        c.backward()
        return {"b.grad": b.grad}

    wrong, faulty = found(check, ONE_SIDED)

    assert wrong.says == "from c 1; got 0: the rule of + sends nothing"
    assert wrong.made_by == "+"
    assert faulty is not None
    assert (faulty.step, faulty.part, faulty.place) == (2, "rule", 1)


def test_a_result_that_forgets_its_operands_hides_their_rules_from_the_walk() -> None:
    wrong, faulty = found(deep, FORGOTTEN)

    assert wrong.name == "a"
    assert wrong.says == "from c 3; got 0: * does not remember its operands"
    assert faulty is not None
    assert (faulty.step, faulty.part) == (4, "method")


def test_a_result_without_operands_or_a_rule_is_told_so() -> None:
    plain = edited(("return self + (-other)", "return Value(self.data - other.data)"))

    wrong, faulty = found(difference, plain)

    assert wrong.says == "from c -1; got 0: - does not remember this operand"
    assert faulty is not None
    assert (faulty.step, faulty.part) == (2, "method")


def test_an_operation_made_of_others_is_at_fault_by_its_method() -> None:
    without = edited(("return self * -1", "return Value(-self.data)"))

    wrong, faulty = found(difference, without)

    assert wrong.says == "from c -1; got 0: nothing arrived"
    assert faulty is not None
    assert (faulty.step, faulty.part) == (2, "method")


def test_where_every_rule_is_right_the_walk_is_at_fault() -> None:
    backwards = edited(("reversed(topological_order(self))", "topological_order(self)"))

    wrong, faulty = found(chain, backwards)

    assert wrong.says == "from c 2; got 0: nothing arrived"
    assert faulty is not None
    assert faulty.part == "walk"


def test_the_root_has_no_account_but_the_one_it_starts_from() -> None:
    wrong, faulty = found(chain, edited(("        self.grad = 1.0\n", "")))

    assert wrong.name == "e"
    assert wrong.shares == ()
    assert wrong.says == "should be 1; got 0: the root of a pass gets 1 from the start"
    assert faulty is not None
    assert faulty.part == "walk"
    assert states(found(chain, edited(("        self.grad = 1.0\n", "")))) == {
        "a": "follows from it",
        "b": "follows from it",
        "c": "follows from it",
        "d": "follows from it",
        "e": "first wrong",
    }


def test_a_gradient_from_before_the_pass_stands_in_the_account() -> None:
    def check(Value: Any) -> dict[str, Any]:
        a = Value(1.0)
        a.grad = 10.0
        b = a + a
        b.backward()
        return {"a.grad": a.grad}

    wrong, _ = found(check, edited((ADD, ADD.replace("+=", "="))))

    assert wrong.says == "from b 1, from b 1, before 10, together 12; got 1: overwritten"


def test_passes_that_overlap_have_no_account() -> None:
    def check(Value: Any) -> dict[str, Any]:
        a = Value(1.0)
        b = a + Value(2.0)
        b.backward()
        b.backward()
        return {"a.grad": a.grad}

    wrong, _ = found(check, edited((ADD, ADD.replace("+=", "="))))

    assert wrong.shares == ()
    assert wrong.says.startswith("should be 2; got 1")


RELU = """
    def relu(self):
        return self if self.data > 0 else Value(0.0, (self,))

    def backward(self):
"""


def test_a_result_that_is_its_operand_is_not_wrong() -> None:
    def check(Value: Any) -> dict[str, Any]:
        a = Value(1.0)
        b = a.relu()
        c = a + b * b
        c.backward()
        return {"a.grad": a.grad}

    source = edited(("\n    def backward(self):\n", RELU), (MUL, MUL.replace("+=", "=")))

    there = found(check, source)

    assert there.node.name != "b"
    assert states(there)["b"] == "right"


def test_a_node_is_told_with_its_expression_and_both_sides() -> None:
    wrong, _ = found(two_routes, OVERWRITTEN)

    assert wrong.nodes[3] == Node(
        "d", "a * b", "*", ("a", "b"), HeldValue(3.0, 3.0), HeldValue(1.0, 1.0), "right"
    )
    assert wrong.nodes[0] == Node(
        "a", "Value(1.0)", "", (), HeldValue(1.0, 1.0), HeldValue(-3.0, 3.0), "first wrong"
    )


def test_what_raises_has_no_wrong_node() -> None:
    raising = edited((PRODUCT, "Lost(self.data * other.data"))

    assert located(chain, raising) is None


def test_a_submission_that_answers_differently_by_now_has_no_wrong_node() -> None:
    program, subject, right = record(chain), asking(SUMMED), asking(SOLUTION)
    oracle = partial(expect, oracles=[Textbook()])
    mismatch = compare(program, oracle(program).by_oracle["reference"], subject([program])[0])
    assert mismatch is not None

    assert locate(program, mismatch, Askers(right, oracle)) is None


def test_a_rule_is_shown_with_the_line_of_the_operand_marked() -> None:
    swapped = edited((MUL, MUL.replace("other.grad += self", "other.grad += other")))

    def check(Value: Any) -> dict[str, Any]:
        a = Value(1.0)
        b = Value(2.0)
        c = a * b
        c.backward()
        return {"b.grad": b.grad}

    shown = frame(check, swapped)

    assert shown.file == "value.py"
    assert shown.function == "_backward"
    assert shown.lines == (
        "        def _backward():",
        "            self.grad += other.data * out.grad",
        "            other.grad += other.data * out.grad",
    )
    assert shown.lines[shown.marked - shown.start] == shown.lines[2]


FRAMES = {
    "the method where a value is wrong": (chain, SUMMED, "__mul__"),
    "the method where operands are forgotten": (deep, FORGOTTEN, "__mul__"),
    "the pass where all rules are right": (
        chain,
        edited(("reversed(topological_order(self))", "topological_order(self)")),
        "backward",
    ),
    "the method where the rule was never attached": (
        twice,
        SOLUTION.replace(ADD + "\n        out._backward = _backward\n", ADD),
        "__add__",
    ),
}


@pytest.mark.parametrize("which", FRAMES)
def test_lines_are_those_of(which: str) -> None:
    asks, source, function = FRAMES[which]

    assert frame(asks, source).function == function


def test_lines_that_the_submission_does_not_have_are_not_shown() -> None:
    there = found(chain, SUMMED)
    assert there.faulty_part is not None

    shown = frame_of(record(chain), there.faulty_part, asking(SUMMED), lambda *_: None)

    assert shown is None
