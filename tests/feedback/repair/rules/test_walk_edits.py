"""The walk back: its direction, its seed, zeroes before it, and all of it."""

import pytest

from grader.feedback.repair.candidates import Suspicion, candidates
from grader.feedback.repair.edit import CandidateEdit, edited
from grader.sandbox.child.edits.edited_code import EditedCode
from tests.feedback.repair.engine import giving, with_fault

CODE = EditedCode("value.py")  # hundreds of edits of few sources
PROGRAM = compile(
    "x = Value(3.0)\ny = x * x + x\nz = y + y * x\nz.backward()\nslope = x.grad", "", "exec"
)


@pytest.mark.parametrize(
    ("right", "wrong", "kind"),
    [
        ("reversed(topological_order(self))", "topological_order(self)", "direction of the walk"),
        ("        self.grad = 1.0\n", "", "seed"),
        ("in node._prev:", "in reversed(node._prev):", "direction of the walk"),
    ],
)
def test_a_fault_of_the_walk_is_mended(right: str, wrong: str, kind: str) -> None:
    source = with_fault(right, wrong)

    kinds = {one.kind for one in candidates((source,), Suspicion()) if _is_right(source, one)}

    assert kind in kinds


def test_a_list_of_all_rules_is_emptied_once_it_has_been_gone_through() -> None:
    backward = "    def backward(self):\n        self.grad = 1.0\n"
    backward += "        for rule in reversed(tape):\n            rule()\n"
    source = (
        "tape = []\n\n\nclass Value:\n    def __init__(self, data):\n        self.data = data\n"
        "        self.grad = 0.0\n\n    def __add__(self, other):\n"
        "        return Value(self.data + other.data)\n\n" + backward
    )

    mended = giving(source, f"{source}        tape.clear()\n")

    assert mended is not None
    assert (mended.kind, mended.function) == ("line missing", "backward")


def test_a_walk_that_is_wrong_as_a_whole_gives_way_to_a_right_one() -> None:
    source = with_fault("reversed(topological_order(self))", "[self]")

    kinds = {one.kind for one in candidates((source,), Suspicion()) if _is_right(source, one)}

    assert "the walk" in kinds


def test_a_function_that_lists_nodes_is_replaced_where_it_stands() -> None:
    source = with_fault("            order.append(node)\n", "            order.append(root)\n")

    walks = [one for one in candidates((source,), Suspicion()) if one.kind == "the walk"]

    right = {one.function for one in walks if _is_right(source, one)}
    assert right == {"topological_order", "backward"}


def _is_right(source: str, one: CandidateEdit) -> bool:
    """Return whether an edited engine finds a slope at 3 over several paths."""
    text = edited((source,), one.edits)[0]
    names: dict[str, object] = {}
    try:
        for code in (*CODE.of(text), PROGRAM):
            exec(code, names)
    except Exception:  # an edit may make anything of it
        return False
    return names["slope"] == 40.0


ZEROES = """
    def zero_grad(self):
        for node in topological_order(self):
            node.grad = 0.0
"""


def test_gradients_are_set_back_in_place_of_nothing() -> None:
    after = with_fault("            node._backward()\n", f"            node._backward()\n{ZEROES}")

    mended = giving(after.replace("node.grad = 0.0", "pass"), after)

    assert mended is not None
    assert (mended.kind, mended.function) == ("zeroing", "zero_grad")


def test_gradients_of_all_nodes_below_are_set_back() -> None:
    own = "\n    def zero_grad(self):\n        self.grad = 0.0\n"
    source = with_fault("            node._backward()\n", f"            node._backward()\n{own}")

    zeroed = [one for one in candidates((source,), Suspicion()) if one.kind == "zeroing"]

    assert any(_zeroes_all(edited((source,), one.edits)[0]) for one in zeroed)


def _zeroes_all(source: str) -> bool:
    """Return whether an edited engine leaves no gradient behind."""
    names: dict[str, object] = {}
    exec(source, names)
    left, end = eval("(lambda a: (a, a * a + a))(Value(3.0))", names)
    end.backward()
    end.zero_grad()
    return bool(left.grad == 0.0 == end.grad)


def test_a_loop_goes_over_all_that_another_function_lists() -> None:
    own = "\n    def zero_grad(self):\n        for node in [self]:\n            node.grad = 0.0\n"
    source = with_fault("            node._backward()\n", f"            node._backward()\n{own}")

    mended = giving(source, source.replace("[self]", "topological_order(self)"))

    assert mended is not None
    assert (mended.kind, mended.function) == ("part left out", "zero_grad")


def test_a_list_that_is_extended_is_a_list_of_nodes() -> None:
    source = with_fault("            order.append(node)\n", "            order.extend([root])\n")

    walks = [one for one in candidates((source,), Suspicion()) if one.kind == "the walk"]

    assert "topological_order" in {one.function for one in walks if _is_right(source, one)}
