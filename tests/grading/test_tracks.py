"""What the tracks dl4ds and scalar look at in a submission: variables, the screen, and drawings."""

from pathlib import Path

from grader.grading.one_submission import grade_exercise
from grader.grading.request import GradeRequest
from grader.reports.report import Outcome, Report
from tests.grading_fixtures import GradeSource
from tests.handed_in import notebook, written

OWN_NAMES = """
class Var:
    def __init__(self, value, parents=(), operation="", label=""):
        self.value, self.g = value, 0.0
        self.parents, self.operation, self.label = parents, operation, label

    def __add__(self, other):
        return Var(self.value + other.value, (self, other), "+")

    def __mul__(self, other):
        return Var(self.value * other.value, (self, other), "*")

    def backward(self):
        pass


def relu(x):
    return Var(max(0, x.value), (x,), "relu")


def trace(root):
    edges = {(child, root) for child in root.parents}
    below = [trace(child) for child in root.parents]
    nodes = {root}.union(*(nodes for nodes, _ in below))
    return nodes, edges.union(*(edges for _, edges in below))
"""
BY_HAND = """
w, x, b = Var(4.0), Var(-3.0), Var(14.0)
f = w * x + b
h = relu(f)
h.g = f.g = b.g = 1.0
w.g, x.g = x.value, w.value
w.value -= 0.01 * w.g
b.value -= 0.01 * b.g
f = w * x + b
h = relu(f)
"""
SLOPES = [
    "f = lambda x: 3*x**2 - 4*x + 5\nh = 0.000001",
    "(f(3 + h) - f(3)) / h",
    "x = -3.0\nprint('at', x, ':', (f(x + h) - f(x)) / h)",
    "x = 2/3\n(f(x + h) - f(x)) / h",
    "a, b, c = 2.0, -3.0, 10.0\ny1 = a*b + c\ny2 = y1 + h\nprint(f'{y1 = } {(y2 - y1) / h = }')",
]
NEURON = """
import math


class Scalar:
    def __init__(self, data):
        self.data = data
        self.grad = 0.0

    def __add__(self, other):
        return Scalar(self.data + other.data)

    def __mul__(self, other):
        return Scalar(self.data * other.data)

    def tanh(self):
        return Scalar(math.tanh(self.data))


x1, x2, w1, w2 = Scalar(2.0), Scalar(0.0), Scalar(-3.0), Scalar(1.0)
"""


def outcomes(report: Report) -> dict[str, Outcome]:
    return {check.id: check.outcome for check in report.checks}


def graded_cells(folder: Path, exercise: str, *cells: str) -> Report:
    file = written(folder, "value.ipynb", notebook(*cells))
    return grade_exercise(GradeRequest(exercise, str(file)), None).report


def test_an_engine_in_names_of_its_own_gets_everything(grade_source: GradeSource) -> None:
    assert grade_source(OWN_NAMES, "dl4ds/v1").score == 4


def test_its_fault_is_shown_in_its_own_names(grade_source: GradeSource) -> None:
    report = grade_source(OWN_NAMES.replace("max(0, x.value)", "abs(x.value)"), "dl4ds/v1")

    example = report.checks[0].counterexample
    assert example is not None
    assert example.source.splitlines()[-2:] == ["h = relu(f)", "print(h.value)"]
    assert report.checks[0].message == "h.data is 4.0, expected 0.0"


def test_gradients_by_hand_count_though_a_class_has_no_backward_pass(
    grade_source: GradeSource,
) -> None:
    assert grade_source(OWN_NAMES + BY_HAND, "dl4ds/v2").score == 4


def test_a_fault_by_hand_is_named_though_the_engine_cannot_go_back(
    grade_source: GradeSource,
) -> None:
    wrong = BY_HAND.replace("w.g, x.g = x.value, w.value", "w.g, x.g = w.value, x.value")

    report = grade_source(OWN_NAMES + wrong, "dl4ds/v2")

    failed = report.checks[1]
    assert failed.message == "w.grad is 4.0 (line 35), expected -3.0"
    assert failed.diagnosis is not None
    assert failed.diagnosis.id == "M2"


def test_each_slope_may_be_shown_in_a_cell_of_its_own(tmp_path: Path) -> None:
    assert graded_cells(tmp_path, "scalar/slope", *SLOPES).passed


def test_a_name_with_a_1_in_it_shows_no_slope_of_1(tmp_path: Path) -> None:
    cells = [*SLOPES[:-1], "y1 = 4.0\nprint(f'{y1 = }')"]

    report = graded_cells(tmp_path, "scalar/slope", *cells)

    assert outcomes(report)["slope_along_c"] is Outcome.FAILED
    assert report.score == 1.5


def test_a_variable_that_is_nowhere_is_said_to_be_missing(grade_source: GradeSource) -> None:
    report = grade_source(NEURON, "scalar/tanh")

    assert report.checks[1].message == "there is no variable called o"
    assert report.score == 0.5


DRAWN = """
from graphviz import Digraph


class Scalar:
    def __init__(self, data, prev=(), op=""):
        self.data, self.grad, self.prev, self.op = data, 0.0, prev, op

    def __add__(self, other):
        return Scalar(self.data + other.data, (self, other), "+")

    def __mul__(self, other):
        return Scalar(self.data * other.data, (self, other), "*")

    def tanh(self):
        return Scalar(0.5, (self,), "tanh")

    def backward(self):
        self.grad = 1.0
        for child in self.prev:
            if child.data:
                child.backward()


def draw_dot(root, show_backprop=True):
    dot = Digraph(format="svg")

    def draw(node):
        me = str(id(node))
        dot.node(me, label="%.2f" % node.data)
        for child in node.prev:
            draw(child)
            dot.edge(me + node.op, me)
            dot.edge(str(id(child)), me + node.op)
            if show_backprop and node.grad != 0:
                dot.edge(str(id(child)), me, dir="back")

    draw(root)
    return dot


draw_dot(Scalar(1.0) + Scalar(2.0)).render("picture")
"""


def test_a_drawing_is_read_without_graphviz(grade_source: GradeSource) -> None:
    report = grade_source(DRAWN, "scalar/drawing")

    assert outcomes(report)["the_way_there"] is Outcome.PASSED


def test_a_way_back_where_no_gradient_flows_is_said(grade_source: GradeSource) -> None:
    wrong = DRAWN.replace("if show_backprop and node.grad != 0:", "if show_backprop:")

    report = grade_source(wrong, "scalar/drawing")

    assert report.checks[1].message == (
        "draw_dot(s): the way back along (p, r) does not belong there"
    )


def test_a_function_that_is_asked_and_not_there_is_said_to_be_missing(
    grade_source: GradeSource,
) -> None:
    report = grade_source(NEURON, "scalar/drawing")

    assert report.checks[0].message.startswith("`o.backward()` raises AttributeError")
