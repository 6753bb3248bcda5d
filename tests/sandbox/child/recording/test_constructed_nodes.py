"""A leaf knows the line of the method that made it; a result of one's own is asked for its rule."""

import pytest

from tests.sandbox.recording.recorded import Recorded

CODE = """
def plain(number):
    return Value(number)

class Net:
    def __init__(self):
        self.weights = [Value(0.5) for _ in range(2)]
        self.bias = Value(0.25)

first, second = Net(), Net()
nodes = [*first.weights, *second.weights, first.bias, plain(1.0), Value(2.0)]
"""


def test_leaves_of_one_line_of_a_method_have_one_site() -> None:
    recorded = Recorded(CODE)
    held = recorded.record._nodes

    sites = [held.node(node._recorded_node).site for node in recorded.names["nodes"]]

    assert sites[:4] == [sites[0]] * 4
    assert len({sites[0], sites[4], 0}) == 3
    assert sites[5:] == [0, 0]


def test_an_object_without_a_rule_cannot_be_a_result_of_its_own() -> None:
    engine = """
class Value:
    def __init__(self, data, parents=()):
        self.data, self.grad, self.parents = data, 0.0, parents

    def __add__(self, other):
        pass
"""

    with pytest.raises(BaseException, match="no rule by which a gradient goes on"):
        Recorded("Value(2.0, (Value(1.0),))", engine)
