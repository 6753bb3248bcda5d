"""The lines that made a node, or send its gradient on, are those of the submission's own code."""

from functools import partial, wraps
from typing import Any

import pytest

from grader.engines.interpreter.code_lines import part_lines
from grader.engines.observation import LINES, NOTHING, Answer, Lines

SOURCE = """\
class Value:
    def __init__(self, data):
        self.data = data
        self._backward = lambda: None

    def __add__(self, other):
        out = Value(self.data + other.data)

        def send():
            self.grad = 1.0
            other.grad = 1.0

        out._backward = send
        return out

    def __mul__(self, other):
        return Value(self.data * other.data)
"""
ADD, SEND, MUL = (
    Lines("value.py", "__add__", 6, 14),
    Lines("value.py", "send", 9, 11),
    Lines("value.py", "__mul__", 16, 17),
)


def student_file(name: str) -> str | None:
    return name if name == "value.py" else None


@pytest.fixture
def names() -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(compile(SOURCE, "value.py", "exec"), names)
    return names


def test_a_method_is_found_with_its_first_and_last_line(names: dict[str, Any]) -> None:
    node = names["Value"](1.0) + names["Value"](2.0)

    assert part_lines(student_file, node, "method", "__add__") == Answer(LINES, ADD)


def test_a_rule_is_what_was_attached_to_the_node(names: dict[str, Any]) -> None:
    node = names["Value"](1.0) + names["Value"](2.0)

    assert part_lines(student_file, node, "rule", "__add__") == Answer(LINES, SEND)


def test_what_every_leaf_has_is_no_rule_so_the_method_stands_for_it(names: dict[str, Any]) -> None:
    node = names["Value"](1.0) * names["Value"](2.0)

    assert part_lines(student_file, node, "rule", "__mul__") == Answer(LINES, MUL)


def test_a_rule_is_seen_through_partials_and_wrappers(names: dict[str, Any]) -> None:
    node = names["Value"](1.0) + names["Value"](2.0)
    rule = node._backward

    @wraps(rule)
    def wrapper() -> None:
        rule()

    for around in (partial(rule), wrapper):
        node._backward = around
        assert part_lines(student_file, node, "rule", "__add__") == Answer(LINES, SEND)


def test_a_method_of_a_base_class_counts_as_one_s_own(names: dict[str, Any]) -> None:
    node = type("Sub", (names["Value"],), {})(1.0)

    assert part_lines(student_file, node, "method", "__add__") == Answer(LINES, ADD)


@pytest.mark.parametrize("method", ["__pow__", "__repr__"])
def test_a_method_that_the_submission_has_not_written_has_no_lines(
    names: dict[str, Any], method: str
) -> None:
    assert part_lines(student_file, names["Value"](1.0), "method", method) == Answer(NOTHING, None)


def test_code_outside_the_submission_has_no_lines(names: dict[str, Any]) -> None:
    node = names["Value"](1.0) + names["Value"](2.0)

    assert part_lines(lambda _: None, node, "rule", "__add__") == Answer(NOTHING, None)
