"""Right engines pass whatever they call things and however they are built; wrong ones fail."""

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.grading.request import GradeRequest
from grader.reports.report import Outcome, Report
from grader.sandbox.engine_class import SeveralEngines
from grader.sandbox.protocol.limits import Tier
from grader.sandbox.zygote_pool import NoWalls
from tests.grading_fixtures import GradeCells, GradeSource
from tests.ready_grader import AS_ASKED, ReadyGrader
from tests.sandbox.architectures import ARCHITECTURES
from tests.sandbox.engines import USUAL, failures, messages
from tests.sandbox.manners import BASE, MANNERS, Manner

ENGINE = (
    *(f"sri/{one}" for one in ("arithmetic", "gradients", "reflected", "functions", "neuron")),
    *("my475/ex2", "my475/ex7", "my475/ex9", "dl4ds/v3", "dl4ds/kink"),
)
GRAPH = ("my475/ex5", "my475/ex6", "dl4ds/v1", "dl4ds/v4")


GradeAll = Callable[[str, tuple[str, ...]], list[Report]]


@pytest.fixture
def grade_all(tmp_path: Path, ready_grader: ReadyGrader) -> GradeAll:
    """Grade a script against several exercises; it runs once."""

    def graded(source: str, exercises: tuple[str, ...]) -> list[Report]:
        path = tmp_path / "value.py"
        path.write_text(source, encoding="utf-8")
        request = GradeRequest(",".join(exercises), str(path), limits=USUAL, examples_s=AS_ASKED)
        return ready_grader.reports(request, diagnosed=False)

    return graded


def said(reports: list[Report]) -> list[str]:
    return [message for report in reports for message in messages(report)]


def notes(reports: list[Report]) -> str:
    return "\n".join(note for report in reports for note in report.notes)


@pytest.mark.parametrize("name", MANNERS)
def test_an_engine_is_right_whatever_it_calls_things(name: str, grade_all: GradeAll) -> None:
    reports = grade_all(MANNERS[name].right, (*ENGINE, *GRAPH))

    assert said(reports) == []
    assert MANNERS[name].says in notes(reports)


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_an_engine_is_right_however_it_is_built(name: str, grade_all: GradeAll) -> None:
    assert said(grade_all(ARCHITECTURES[name].right, ENGINE)) == []


@pytest.mark.parametrize("name", [*MANNERS, *ARCHITECTURES])
def test_the_same_with_a_faulty_rule_is_wrong_for_that(name: str, grade_all: GradeAll) -> None:
    manner: Manner = {**MANNERS, **ARCHITECTURES}[name]

    reports = grade_all(manner.wrong, ENGINE)

    assert said(reports)
    assert all(" expected " in message for message in said(reports)), said(reports)


def test_there_are_enough_of_them() -> None:
    assert len(MANNERS) + len(ARCHITECTURES) >= 35


def test_what_was_found_is_said_in_one_line(grade_source: GradeSource) -> None:
    report = grade_source(MANNERS["value, gradient, backprop"].right, "ex7")

    assert report.notes == (
        "found as you have it: the number `a.value`; the gradient `a.gradient`; "
        "the pass back `loss.backprop()`",
    )


def test_an_engine_of_the_usual_names_is_told_nothing(grade_source: GradeSource) -> None:
    assert grade_source(BASE, "ex7").notes == ()


@pytest.mark.parametrize(
    ("exercise", "score"), [("ex1", 1), ("ex2", 4), ("ex3", 0), ("ex4", 0), ("ex7", 4)]
)
def test_a_name_is_charged_where_the_sheet_asks_for_it_and_nowhere_else(
    grade_source: GradeSource, exercise: str, score: int
) -> None:
    assert grade_source(MANNERS["value, gradient, backprop"].right, exercise).score == score


def two_engines() -> str:
    """A right engine Var, and a wrong one Other."""
    manner = MANNERS["v, g, backwards, class Var"]
    other = manner.wrong.replace("Var", "Other")
    for name in ("lift", "order_below", "trace"):
        other = other.replace(name, f"{name}_2")
    return manner.right + "\n\n" + other


def test_of_two_engines_the_one_that_does_more_is_graded_and_that_is_said(
    grade_source: GradeSource,
) -> None:
    report = grade_source(two_engines(), "sri/functions")

    assert report.passed
    assert report.notes[0] == "Var was graded: it does more of what is asked than Other"


def test_two_that_do_alike_have_to_be_told_apart(grade_source: GradeSource) -> None:
    with pytest.raises(SeveralEngines, match="two classes could be the engine: Var, Other") as told:
        grade_source(two_engines(), "sri/gradients")

    assert told.value.hint == "name the one to grade: --class Var"


def test_the_class_may_be_named_in_a_comment(grade_source: GradeSource) -> None:
    source = two_engines() + "\n# grade: class=Other\n"

    report = grade_source(source, "sri/functions")

    assert [check.id for check in failures(report)] == ["tanh_gradient"]


def test_the_class_named_on_the_command_line_comes_before_the_comment(
    grade_source: GradeSource,
) -> None:
    source = two_engines() + "\n# grade: class=Other\n"

    assert grade_source(source, "sri/functions", class_name="Var").passed


NOTEBOOK = ["value, gradient, backprop", "a pass that has to be given its seed"]


@pytest.mark.parametrize("kernel", [False, True])
@pytest.mark.parametrize("name", NOTEBOOK)
def test_a_notebook_s_engine_is_found_with_and_without_a_kernel(
    grade_cells: GradeCells, name: str, kernel: bool
) -> None:
    cells = ["import math\n", MANNERS[name].right]

    right = grade_cells(cells, kernel=kernel, exercise="sri/gradients")

    assert right.passed
    assert right.notes[-1].startswith("found as you have it: ")


@pytest.mark.parametrize("walls", ["container", "full"])
@pytest.mark.parametrize("name", NOTEBOOK)
def test_behind_walls_the_same_is_found_as_at_home(
    ready_grader: ReadyGrader, name: str, walls: Tier, tmp_path: Path
) -> None:
    path = tmp_path / "value.py"
    path.write_text(MANNERS[name].right, encoding="utf-8")
    request = GradeRequest("sri/gradients", str(path), examples_s=AS_ASKED)
    home = ready_grader.report(request)
    try:
        there = ready_grader.report(request._replace(walls=walls))
    except NoWalls as error:
        pytest.skip(str(error))

    assert (there.passed, there.notes) == (home.passed, home.notes)
    assert {one.outcome for one in there.checks} == {Outcome.PASSED}
