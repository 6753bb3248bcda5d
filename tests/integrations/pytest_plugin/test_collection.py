"""pytest collects checks where it is asked to, and tells of them in our words."""

import shutil
import sys
from xml.etree import ElementTree

import pytest
from nbformat import write
from nbformat.v4 import new_code_cell, new_notebook

from tests.places import ROOT, SAMPLES

pytest_plugins = ["pytester"]
MINUS = SAMPLES / "minus.py"
IDS = ["power_values", "squared_error", "minus_gradients", "power_gradients", "inside_expressions"]


def graded(place: pytest.Pytester, *words: str) -> pytest.RunResult:
    return place.runpytest_inprocess(
        "--grade", "my475/ex9", "--submission", "value.py", "-p", "no:cacheprovider", *words
    )


def test_each_check_is_an_item_called_as_in_our_reports(place: pytest.Pytester) -> None:
    done = graded(place, "--collect-only", "-q")

    assert done.outlines[:5] == [f"value.py::my475/ex9::{name}" for name in IDS]
    done.assert_outcomes()


def test_collecting_runs_nothing_of_the_submission(place: pytest.Pytester) -> None:
    with (place.path / "value.py").open("a") as file:
        file.write("\nopen('ran', 'w').close()\n")

    graded(place, "--collect-only")
    assert not (place.path / "ran").exists()

    graded(place)
    assert (place.path / "ran").exists()


def test_a_failure_is_told_in_our_words_with_the_student_s_line(place: pytest.Pytester) -> None:
    done = graded(place)

    done.assert_outcomes(passed=3, failed=1, skipped=1)
    done.stdout.fnmatch_lines(
        [
            "*my475/ex9: Subtraction sends a minus to its right operand*",
            "*b.grad is 1.0, expected -1.0*",
            "*print(b.grad)        # expected -1.0, yours prints 1.0*",
            "*> 48 |             other.grad += out.grad*",
        ]
    )
    assert "Traceback" not in done.stdout.str()
    assert "assert" not in done.stdout.str()


def test_a_prerequisite_that_fails_is_a_skip_with_its_reason(place: pytest.Pytester) -> None:
    done = graded(place, "-rs")

    done.stdout.fnmatch_lines(["SKIPPED*asked when *Subtraction sends a minus*holds*"])


def test_junit_s_report_has_each_check_and_the_line(place: pytest.Pytester) -> None:
    graded(place, "--junitxml=j.xml", "-o", "junit_family=xunit1")

    cases = list(ElementTree.parse(place.path / "j.xml").getroot().iter("testcase"))
    assert [case.get("name") for case in cases] == IDS
    assert (cases[2].get("file"), cases[2].get("line")) == ("value.py", "47")  # from 0, there


@pytest.mark.parametrize(
    ("words", "outcomes"),
    [
        (["-k", "minus"], {"failed": 1, "deselected": 4}),
        (["-x"], {"passed": 2, "failed": 1}),
        (["test_mine.py"], {"passed": 4, "failed": 1, "skipped": 1}),
        (["--grade", "ex8"], {"passed": 3, "failed": 2, "skipped": 2}),
        (["-n", "2", "-p", "xdist"], {"passed": 3, "failed": 1, "skipped": 1}),
    ],
    ids=["one by its name", "until the first failure", "beside tests", "two exercises", "xdist"],
)
def test_pytest_s_own_options_work(
    place: pytest.Pytester, words: list[str], outcomes: dict[str, int]
) -> None:
    graded(place, *words).assert_outcomes(**outcomes)


def test_hints_name_the_misconception(place: pytest.Pytester) -> None:
    says = "*Both operands of a difference are sent the same sign.*"

    graded(place, "--grade-hints").stdout.fnmatch_lines([says])
    graded(place).stdout.no_fnmatch_line(says)


def test_a_notebook_is_graded_and_its_line_is_that_of_its_file(place: pytest.Pytester) -> None:
    cells = [new_code_cell(text) for text in ("import math", MINUS.read_text())]  # type: ignore[no-untyped-call]
    write(new_notebook(cells=cells), place.path / "nb.ipynb")  # type: ignore[no-untyped-call]

    done = graded(
        place, "--submission", "nb.ipynb", "--junitxml=j.xml", "-o", "junit_family=xunit1"
    )

    done.assert_outcomes(passed=3, failed=1, skipped=1)
    cases = list(ElementTree.parse(place.path / "j.xml").getroot().iter("testcase"))
    line = (place.path / "nb.ipynb").read_text().splitlines()[int(str(cases[2].get("line")))]
    assert line.strip() == '"            other.grad += out.grad\\n",'


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--grade", "ex99"], "no exercise named 'ex99'*"),
        (["--submission", "gone.py"], "no file 'gone.py'*"),
    ],
)
def test_what_cannot_be_graded_is_an_error_of_usage(
    place: pytest.Pytester, words: list[str], says: str
) -> None:
    done = graded(place, *words)

    assert done.ret == pytest.ExitCode.USAGE_ERROR
    done.stderr.fnmatch_lines([f"ERROR: {says}"])


def test_the_grader_s_own_fault_is_an_error_and_no_failure(place: pytest.Pytester) -> None:
    home = place.path / "home"
    exercise = home / "mine" / "01_powers"
    shutil.copytree(ROOT / "exercises" / "my475" / "09_ex9", exercise)
    (exercise / "torch.json").unlink()
    place.makefile(".toml", pyproject='[tool.grade]\nexercises = ["home"]\n')
    words = ["--grade", "mine/powers", "--submission", "value.py"]

    unrecorded = place.runpytest_inprocess(*words)
    (exercise / "checks.py").write_text("", encoding="utf-8")
    broken = place.runpytest_inprocess(*words)

    unrecorded.assert_outcomes(errors=5)
    unrecorded.stdout.fnmatch_lines(["*torch.json: cannot be read*"])
    broken.stdout.fnmatch_lines(['*checks.py:1: has no check (see "A first exercise"*'])
    assert "validation.py" not in broken.stdout.str()


def test_a_conftest_that_pytest_has_run_beside_the_submission_is_told(
    place: pytest.Pytester,
) -> None:
    place.makeconftest("")

    graded(place).stdout.fnmatch_lines(["grade: pytest has run *conftest.py, and nothing*is sure"])


def test_of_a_track_the_submission_runs_once(place: pytest.Pytester) -> None:
    with (place.path / "value.py").open("a") as file:
        file.write("open('runs', 'a').write('once ')\n")

    place.runpytest_inprocess("--grade", "scalar", "--submission", "value.py")
    here = (place.path / "runs").read_text()
    (place.path / "runs").unlink()
    place.run(sys.executable, "-m", "grader", "scalar", "value.py")

    assert here == (place.path / "runs").read_text()
