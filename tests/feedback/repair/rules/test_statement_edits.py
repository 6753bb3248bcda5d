"""Statements: their order, their depth, and those that are too many."""

import pytest

from tests.feedback.repair.engine import ENGINE, giving, mending

LOOP = """\
            for child in node._prev:
                visit(child)
            order.append(node)
"""
BEFORE = """\
            order.append(node)
            for child in node._prev:
                visit(child)
"""
WITHIN = """\
            for child in node._prev:
                visit(child)
                order.append(node)
"""


@pytest.mark.parametrize(
    ("right", "wrong", "kind"),
    [
        (LOOP, BEFORE, "order of lines"),
        (LOOP, WITHIN, "depth of a line"),
        ("            visited.add(node)\n", "", "visited"),
        (
            "        self.grad = 1.0\n        for",
            "        self.grad = 1.0\n        self.data = 0\n        for",
            "line too much",
        ),
    ],
)
def test_a_fault_of_lines_is_mended(right: str, wrong: str, kind: str) -> None:
    mended = mending(right, wrong)

    assert mended is not None
    assert mended.kind == kind


def test_a_special_case_gives_way_to_what_holds_otherwise() -> None:
    before = "def f(a, b):\n    if a is b:\n        c = 2\n    else:\n        c = 1\n    return c\n"

    mended = giving(before, "def f(a, b):\n    c = 1\n    return c\n")

    assert mended is not None
    assert mended.kind == "condition"


def test_shortcuts_are_left_out_all_at_once() -> None:
    head = "    def __mul__(self, other):\n"
    wrong = (
        "        if self.data == 0:\n            return Value(0.0)\n"
        "        if other.data == 0:\n            return Value(0.0)\n"
    )

    mended = mending(head, head + wrong, "mul")

    assert mended is not None
    assert (mended.kind, mended.function) == ("condition", "__mul__")


def test_a_list_that_all_nodes_share_is_copied() -> None:
    before = ENGINE.replace("_children=()", "_children=[]").replace("tuple(_children)", "_children")

    mended = giving(
        before, before.replace("self._prev = _children", "self._prev = list(_children)")
    )

    assert mended is not None
    assert mended.kind == "children"


def test_lines_that_share_a_line_are_left_as_they_are() -> None:
    source = "def f(a):\n    x = 1; y = 2\n    return x\n"

    assert giving(source, "def f(a):\n    y = 2\n    return x\n") is None


@pytest.mark.parametrize(
    "guard",
    [
        "        assert isinstance(n, Value)\n",
        "        if not isinstance(n, Value):\n            raise TypeError(n)\n",
    ],
)
def test_what_refuses_an_operand_is_left_out(guard: str) -> None:
    head = "    def __pow__(self, n):\n"

    mended = mending(head, head + guard, "pow")

    assert mended is not None
    assert mended.kind == "condition"


def test_a_condition_asks_for_a_parameter_that_nothing_asks_for() -> None:
    after = (
        "def f(node, shown=True):\n    if shown and (node.grad != 0):\n"
        "        node.draw()\n    return node\n"
    )

    mended = giving(after.replace("shown and (node.grad != 0)", "node.grad != 0"), after)

    assert mended is not None
    assert mended.kind == "condition"
