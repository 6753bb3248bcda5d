"""What is said of an engine that borrows, and of which texts it can be said."""

from pathlib import Path

import pytest

from grader.engines.observation import BorrowedPackage, Place
from grader.exercises import catalogue
from grader.exercises.exercise_programs import program_of
from grader.grading.forbidden_use import borrowed_by, message, needs_engine
from grader.submissions.submission import Submission

EX9 = catalogue.load(catalogue.find("ex9"))
WRAPS = "import torch\nclass Value:\n    t = torch.tensor(1.0)\n"
SCRIPT = Submission("value.py", "/", "script", "", WRAPS)
ENDS = ": this exercise asks for your own; outside of it you may compare with torch"


def place_in(submission: Submission) -> str | None:
    found = borrowed_by(EX9, submission, ["Value"])
    return f"{found.place.file}, {found.place.line}" if found and found.place else None


@pytest.mark.parametrize(
    ("place", "held", "says"),
    [
        (None, "", "Value uses torch"),
        (None, "Tensor", "Value uses torch (its objects hold a Tensor)"),
        (
            Place("value.py", 3, ""),
            "",
            "Value uses torch (value.py, line 3: `t = torch.tensor(1.0)`)",
        ),
        (Place("value.py", 99, ""), "", "Value uses torch (value.py, line 99)"),
        (Place("/etc/passwd", 1, ""), "", "Value uses torch (/etc/passwd, line 1)"),
    ],
)
def test_the_line_is_one_of_the_submission_as_the_grader_holds_it(
    place: Place | None, held: str, says: str
) -> None:
    assert message(BorrowedPackage("Value", "torch", place, held), SCRIPT) == says + ENDS


def test_nothing_borrowed_is_nothing_to_say() -> None:
    assert message(None, SCRIPT) == ""


def test_a_cell_is_called_what_the_student_calls_it() -> None:
    cells = ("%time x = 1\n!ls\nValue?", WRAPS)
    saved = Submission("value.ipynb", "/", "notebook", "", cells=cells, tags=("", ""))
    live = saved._replace(tags=())

    assert place_in(saved) == "cell 2, 3"
    assert place_in(live) == "In [2], 3"


def test_a_module_that_the_student_wrote_is_no_package(tmp_path: Path) -> None:
    beside = SCRIPT._replace(folder=str(tmp_path))
    cells = ("%%writefile torch.py\ndef tensor(x): ...\n", WRAPS)
    in_a_cell = Submission("value.ipynb", "/", "notebook", "", cells=cells, tags=("", ""))

    before = place_in(beside)
    (tmp_path / "torch.py").write_text("def tensor(x): ...\n")

    assert (before, place_in(beside)) == ("value.py, 3", None)
    assert place_in(in_a_cell) is None


def test_what_an_exercise_allows_is_nothing_borrowed() -> None:
    assert borrowed_by(EX9._replace(forbids=("jax",)), SCRIPT, ["Value"]) is None


def test_slopes_by_difference_quotients_need_no_engine() -> None:
    slope = catalogue.load(catalogue.find("scalar/slope"))
    asked = [check for check in slope.checks if check.own_run and check.own_run.rough]
    trained = catalogue.load(catalogue.find("ex11")).checks

    assert {needs_engine(check, program_of(check)) for check in asked} == {False}
    assert all(needs_engine(check, program_of(check)) for check in trained)
