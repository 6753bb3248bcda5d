"""The place at which a check goes wrong, as a path that a vendor finds."""

from pathlib import Path

import pytest

from grader.reports.context import ReportContext
from grader.reports.report import CheckResult
from grader.reports.vendors.location import FaultLocation, fault_location
from tests.reports.sample import FAILED, LOCATED, RAISED, STOPPED, report

CONTEXT = ReportContext(path="/lab/here/src/value.py", here="/lab/here")


def location(check: CheckResult, context: ReportContext = CONTEXT) -> FaultLocation:
    return fault_location(report(check), check, context)


def stopped(message: str) -> CheckResult:
    return STOPPED._replace(message=message)


def test_the_first_wrong_node_s_line_goes_before_all_others() -> None:
    assert location(LOCATED) == FaultLocation("src/value.py", 32)


def test_a_line_that_raises_is_the_place() -> None:
    assert location(RAISED) == FaultLocation("src/value.py", 31)


def test_where_no_line_is_known_it_is_the_file() -> None:
    assert location(FAILED) == FaultLocation("src/value.py")


@pytest.mark.parametrize(
    ("message", "place"),
    [
        ("value.py raises NameError: n (line 7: `n.grad`)", FaultLocation("src/value.py", 7)),
        ("value.py raises NameError: n (tools.py, line 3)", FaultLocation("src/tools.py", 3)),
        ("value.py raises (line 7) and goes on", FaultLocation("src/value.py")),
    ],
)
def test_a_message_that_ends_with_a_place_tells_it(message: str, place: FaultLocation) -> None:
    assert location(stopped(message)) == place


def test_a_cell_s_line_is_that_of_the_notebook_s_file() -> None:
    notebook = CONTEXT._replace(cells=[[11, 12], [20, 21, 22]])

    found = location(stopped("cell 2 raises NameError: n (line 3: `n`)"), notebook)
    lost = location(stopped("cell 3 raises NameError: n (line 1)"), notebook)

    assert found == FaultLocation("src/value.py", 22, "cell 2, line 3")
    assert lost == FaultLocation("src/value.py", None, "cell 3, line 1")


def test_a_path_begins_at_the_checkout_wherever_a_link_leads(tmp_path: Path) -> None:
    (tmp_path / "checkout").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "checkout")
    environment = {"GITHUB_WORKSPACE": str(tmp_path / "link")}
    inside = ReportContext(str(tmp_path / "checkout" / "value.py"), "/", environment=environment)

    assert location(FAILED, inside).file == "value.py"


def test_a_file_outside_of_every_root_keeps_its_whole_path() -> None:
    assert location(FAILED, CONTEXT._replace(here="/elsewhere")).file == "/lab/here/src/value.py"
