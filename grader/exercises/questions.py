"""The questions that a check can ask about what a submission has made."""

from grader.exercises.check_recorder import RecordedValue, TakenName, recorder_of, taken_name


def children_of(node: RecordedValue) -> RecordedValue:
    """Ask which nodes `node` was made from: a set of operands, in any order."""
    return recorder_of(node).add("ask", "children", node)


def order_of(root: RecordedValue) -> RecordedValue:
    """Ask for the map of the graph below `root`: each node once, children before parents."""
    return recorder_of(root).add("ask", "order", root)


def text_of(node: RecordedValue) -> RecordedValue:
    """Ask for `repr(node)`: it should return, not print, the numbers the reference's shows."""
    return recorder_of(node).add("ask", "text", node)


def is_a(node: RecordedValue, given: TakenName) -> RecordedValue:
    """Ask whether `node` is an instance of the class `given`, or of a subclass."""
    return recorder_of(node).add("ask", "is_a", node, taken_name(given))


def raises(node: RecordedValue, method: str) -> RecordedValue:
    """Ask whether calling `method` of `node`, without arguments, raises an exception."""
    return recorder_of(node).add("ask", "raises", node, method)


def label_of(node: RecordedValue) -> RecordedValue:
    """Ask which label `node` carries; upper and lower case are one."""
    return recorder_of(node).add("ask", "label", node)


def operation_of(node: RecordedValue) -> RecordedValue:
    """Ask which operation made `node`, "" for a leaf; upper and lower case are one."""
    return recorder_of(node).add("ask", "operation", node)


def is_updated(node: RecordedValue) -> RecordedValue:
    """Ask whether the gradient of `node` has been set: what its flag says, where it has one."""
    return recorder_of(node).add("ask", "updated", node)


def graph_of(traced: RecordedValue) -> RecordedValue:
    """Ask which nodes and edges a submission's `trace` has returned."""
    return recorder_of(traced).add("ask", "graph", traced)


def drawing_of(drawn: RecordedValue) -> RecordedValue:
    """Ask which nodes and edges, on the way there and back, a submission's `draw_dot` has drawn."""
    return recorder_of(drawn).add("ask", "drawing", drawn)


def numbers_of(items: RecordedValue) -> RecordedValue:
    """Ask for the numbers in a list, or those that the nodes in it hold; lists may hold lists."""
    return recorder_of(items).add("ask", "numbers", items)


def is_same(one: RecordedValue, other: RecordedValue) -> RecordedValue:
    """Ask whether two results are one object."""
    return recorder_of(one).add("ask", "same", one, other)
