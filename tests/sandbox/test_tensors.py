"""Engines on arrays in a process of their own: what is missing, and what comes back."""

import subprocess
import sys
from pathlib import Path

import pytest

from grader.errors import install_command
from grader.exercises import catalogue
from grader.grading.one_submission import grade_track
from grader.grading.request import GradeRequest
from grader.reports.report import Outcome
from tests.grading_fixtures import GradeSource
from tests.sandbox.engines import messages

pytest.importorskip("numpy", reason="numpy is not installed")

GIVEN = catalogue.starter(catalogue.find("accumulation"))
SOLUTION = catalogue.solution(catalogue.load(catalogue.find("elementwise")))


def test_the_given_parts_get_their_points_and_what_is_to_be_written_is_named(
    tmp_path: Path,
) -> None:
    file = tmp_path / "tensor.py"
    file.write_text(GIVEN, encoding="utf-8")

    _, first, second, *_ = grade_track(GradeRequest("tensor", str(file)), None).reports

    assert (first.exercise, first.score, first.passed) == ("tensor/accumulation", 2.0, True)
    assert (second.exercise, second.score) == ("tensor/elementwise", 0.0)
    assert messages(second) == [
        f"there is no class {name} yet" for name in ("Sub", "Mul", "Div", "Pow")
    ]


def test_a_gradient_of_another_shape_is_told_by_its_shape(grade_source: GradeSource) -> None:
    wrong = SOLUTION.replace(
        "self.grad += upstream", "self.grad = self.grad + upstream + np.zeros((2, 1, 1))"
    )

    report = grade_source(wrong, "accumulation")

    assert messages(report) == ["d.grad has the shape (2, 1, 1), expected a single number"]


def test_an_array_that_claims_to_equal_everything_gains_nothing(grade_source: GradeSource) -> None:
    liar = """
class Liar(np.ndarray):
    shape = property(lambda self: (2, 3))
    def tolist(self): return [[1.0] * 3] * 2
    def __eq__(self, other): return True

"""
    wrong = SOLUTION.replace("class Tensor:", liar + "class Tensor:").replace(
        "Tensor(t1.data - t2.data,", "Tensor(t1.data - t2.data + 1,"
    )
    wrong = wrong.replace("np.array(data)", "np.array(data).view(Liar)")

    report = grade_source(wrong, "elementwise")

    assert "c.data[0, 0] is -1.0, expected -2.0 (6 of 6 entries differ)" in messages(report)


def test_a_class_that_is_missing_costs_its_own_check_alone(grade_source: GradeSource) -> None:
    report = grade_source(SOLUTION.replace("class Div(", "class Divide("), "elementwise")

    outcomes = {check.id: check.outcome for check in report.checks}
    assert outcomes["quotient"] is Outcome.FAILED
    assert outcomes["difference"] is outcomes["product"] is outcomes["power"] is Outcome.PASSED


def test_without_numpy_it_says_how_to_install_it(tmp_path: Path) -> None:
    file = tmp_path / "tensor.py"
    file.write_text("class Tensor:\n    pass\n", encoding="utf-8")
    run = (
        "import sys; sys.modules['numpy'] = None\n"
        "from grader.cli.main import run\n"
        f"sys.exit(run(['matmul', {str(file)!r}]))"
    )

    done = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert done.stderr == (
        "Error: this exercise works with arrays, and numpy is not installed\n"
        f"Hint: {install_command('numpy')}\n"
    )
