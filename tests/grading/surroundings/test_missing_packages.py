"""Who fails for want of a package is looked at by hand; who fails otherwise is not."""

import pytest

from grader.engines.observation import Fault
from grader.grading.surroundings.missing_packages import by_hand, missing_modules
from grader.reports.report import Outcome
from grader.sandbox.load_result import LoadResult, Mishap
from tests.grading_fixtures import GradeSource
from tests.sandbox.engines import RIGHT, instead

PANDAS = "import pandas_that_is_not_here as pd\n"


def test_modules_are_named_once_and_by_their_top() -> None:
    faults = [
        Fault("ModuleNotFoundError", f"No module named '{name}'") for name in ("a.b", "a", "c")
    ]
    loaded = LoadResult("raised", (Mishap("value.py", faults[0]),))

    assert missing_modules(
        loaded, [*faults, None, Fault("ImportError", "No module named 'd'")]
    ) == [
        "a",
        "c",
    ]


def test_a_file_that_was_not_handed_in_is_no_package() -> None:
    fault = Fault("ModuleNotFoundError", "No module named '_submission.value'")

    assert missing_modules(LoadResult("raised"), [fault]) == []


@pytest.mark.parametrize(
    ("modules", "command"),
    [(["sklearn"], "pip install scikit-learn`"), (["numpy", "PIL"], "pip install numpy pillow`")],
)
def test_the_command_installs_the_package_that_has_the_module(
    modules: list[str], command: str
) -> None:
    assert command in by_hand(modules)
    assert by_hand([]) == ""


def test_a_module_that_nobody_knows_may_be_a_file() -> None:
    assert "a file that was not handed in or a package" in by_hand(["my_helpers"])


def test_an_engine_that_needs_the_package_is_looked_at_by_hand(grade_source: GradeSource) -> None:
    needs = instead("self.data = data\n", "self.data = pd.Series([data])[0]\n")

    report = grade_source(PANDAS + needs)

    assert report.score == 0
    assert report.by_hand.startswith("to be looked at by hand: pandas_that_is_not_here is not here")
    assert report.notes[-1] == report.by_hand
    assert "raises ModuleNotFoundError: No module named" in report.checks[0].message


def test_an_import_that_nothing_depends_on_costs_nothing(grade_source: GradeSource) -> None:
    report = grade_source(PANDAS + RIGHT)

    assert report.passed
    assert report.by_hand == ""


def test_a_wrong_engine_that_does_not_need_the_package_is_wrong(grade_source: GradeSource) -> None:
    report = grade_source(PANDAS + instead("self.data = data\n", "self.data = 7.0\n"))

    assert Outcome.FAILED in {check.outcome for check in report.checks}
    assert report.by_hand == ""


def test_a_class_that_could_not_be_made_is_looked_at_by_hand(grade_source: GradeSource) -> None:
    report = grade_source(PANDAS + RIGHT.replace("class Value:", "class Value(pd.Series):"))

    assert report.score == 0
    assert report.by_hand
