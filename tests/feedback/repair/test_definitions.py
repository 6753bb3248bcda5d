"""What a source defines, in its place."""

from grader.feedback.repair.definitions import definitions, is_kept_beside, makes_engine

SOURCE = """\
import math
from value import Value
tape = []
a = Value(2.0)
a.grad = 1.0
class Node:
    pass
Node.__radd__ = Node.__add__
for name in ("a", "b"):
    setattr(Node, name, None)
print(a)
"""


def kept(text: str) -> list[int]:
    return [number for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def test_what_an_engine_is_made_of_stays_and_nodes_of_a_demo_do_not() -> None:
    assert kept(definitions(SOURCE, makes_engine)) == [1, 3, 6, 7, 8, 9, 10]


def test_a_file_beside_keeps_its_imports() -> None:
    assert kept(definitions(SOURCE, is_kept_beside)) == [1, 2, 3, 6, 7, 8, 9, 10]
    assert kept(definitions("from . import a\nimport b\n", is_kept_beside)) == [2]


def test_everything_keeps_its_place_to_the_character() -> None:
    text = definitions(SOURCE, makes_engine)

    assert len(text) == len(SOURCE)
    assert text.index("class Node") == SOURCE.index("class Node")
