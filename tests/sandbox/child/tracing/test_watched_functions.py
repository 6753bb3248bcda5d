"""A function that sends gradients back is watched, and left as it was."""

from types import FunctionType
from typing import Any

from grader.sandbox.child.tracing.watched_functions import WatchedFunctions


class Node:
    def __init__(self, *children: "Node") -> None:
        self.children = children


def watched(source: str) -> tuple[dict[str, Any], list[Any], WatchedFunctions]:
    """A module with `source`, of which each pass is noted."""
    names: dict[str, Any] = {"seen": []}
    exec(compile(source, "value.py", "exec"), names)
    passes: list[Any] = []

    def run_pass(function: FunctionType, frame: object, root: Node, *more: Any) -> Any:
        passes.append(root)
        return function(root, *more)

    functions = WatchedFunctions({"value.py": "value.py"}.get, [Node], run_pass)
    functions.wrap(names)
    functions.wrap(names)
    return names, passes, functions


RECURSIVE = """
def backward(root, seed=1.0):
    seen.append(root)
    for child in root.children:
        backward(child)
    return seed
"""


def test_a_recursive_function_is_one_pass_of_its_root() -> None:
    names, passes, _ = watched(RECURSIVE)
    leaf = Node()
    root = Node(leaf, leaf)

    assert names["backward"](root, 2.0) == 2.0
    assert names["backward"](root) == 1.0

    assert passes == [root, root]
    assert names["seen"] == [root, leaf, leaf] * 2


def test_what_is_given_no_node_is_no_pass() -> None:
    names, passes, _ = watched("def backward(x): return x + 1\n")

    assert names["backward"](2) == 3
    assert passes == []


def test_in_the_end_the_function_is_the_submission_s_own() -> None:
    names, _, functions = watched(RECURSIVE)
    wrapper = names["backward"]

    functions.unwrap_all()

    assert names["backward"] is wrapper.__wrapped__


def test_other_functions_are_left_alone() -> None:
    names, _, _ = watched("def forward(root): return root\n")

    assert not hasattr(names["forward"], "__wrapped__")
