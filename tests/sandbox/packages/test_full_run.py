"""A submission that imports a withheld package runs twice, and is asked where it has none."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from grader.exercises import catalogue
from grader.grading.preparation import oracles
from grader.grading.prepared_exercise import prepare_exercise
from grader.grading.stages import GradingOptions, grade
from grader.reports.report import Report
from grader.sandbox.interpreter import ROOT, site_folders
from grader.sandbox.protocol.limits import Limits
from grader.sandbox.subject import Subject, request_for
from grader.sandbox.survey import strongest_tier
from grader.sandbox.zygote_client import ZygoteChild, ZygoteClient
from grader.submissions.submission import Submission
from tests.sandbox.engines import RIGHT

TIER = strongest_tier()
pytestmark = pytest.mark.skipif(TIER == "limits", reason="no walls can be built here")

THEIRS = (
    RIGHT
    + """
def number():
    return 3.0
"""
)


class Launches:
    """A zygote with `micrograd` installed, and what each of its children was without."""

    def __init__(self, zygote: ZygoteClient, site: list[str]) -> None:
        self.zygote = zygote
        self.site = site
        self.without: list[bool] = []

    def launch(self, without: Sequence[str] = ()) -> ZygoteChild:
        """Fork a child."""
        self.without.append(bool(without))
        return self.zygote.fork(without)


@pytest.fixture(scope="module")
def launches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Launches]:
    site = tmp_path_factory.mktemp("installed")
    (site / "micrograd").mkdir()
    (site / "micrograd" / "__init__.py").write_text("")
    (site / "micrograd" / "engine.py").write_text(THEIRS)
    for folder in (site.parent, site):
        folder.chmod(0o755)
    every = [*site_folders(), str(site)]
    with closing(ZygoteClient(every)) as zygote:
        yield Launches(zygote, every)


def graded(
    launches: Launches, source: str, name: str = "ex9", beside: Sequence[tuple[str, bytes]] = ()
) -> Report:
    launches.without.clear()
    limits = Limits()
    submission = Submission("value.py", "", "script", "0" * 64, source, beside=tuple(beside))
    request = request_for(submission, limits, launches.site, str(ROOT))
    exercise = catalogue.load(catalogue.find(name))
    prepared = prepare_exercise(exercise, oracles(exercise, "recorded"))
    with closing(Subject(launches.launch, request, limits, TIER)) as subject:
        return grade(prepared, submission, subject, GradingOptions(examples_s=0))


def test_who_imports_none_runs_once_without_them(launches: Launches) -> None:
    assert graded(launches, RIGHT).score == 5
    assert launches.without == [True]


def test_who_compares_with_one_is_shown_as_it_runs_with_it(launches: Launches) -> None:
    compared = """
import micrograd
from micrograd.engine import Value as Theirs
ours, theirs = Value(3.0), Theirs(3.0)
(ours * ours).backward()
(theirs * theirs).backward()
assert ours.grad == theirs.grad == 6.0
assert type(theirs.data) is float
"""
    report = graded(launches, RIGHT + compared)

    assert report.score == 5
    assert graded(launches, RIGHT).notes == report.notes  # nothing was raised


def test_what_is_raised_with_them_is_told(launches: Launches) -> None:
    wrong = "\nimport micrograd.engine as e\nassert e.number() == 2.0\n"

    report = graded(launches, RIGHT + wrong)

    assert report.score == 5
    assert any("AssertionError" in note for note in report.notes)
    assert launches.without == [True, False]


def test_a_module_beside_it_may_compare_as_well(launches: Launches) -> None:
    beside = "from micrograd.engine import Value as Theirs\n" + RIGHT
    beside += "\nassert Theirs(2.0).data == Value(2.0).data\n"

    report = graded(launches, "from own import Value\n", beside=[("own.py", beside.encode())])

    assert report.score == 5


def test_a_training_is_judged_as_it_ran_with_its_data(launches: Launches) -> None:
    solution = catalogue.solution(catalogue.load(catalogue.find("ex10")))
    data = "import micrograd.engine\nscale = micrograd.engine.number() / 3.0\n"

    report = graded(launches, data + solution, "ex10")

    assert report.passed
    assert launches.without[:2] == [True, False]


@pytest.mark.parametrize(
    "name", ["kept.Value", "type('Value', (kept.Value,), {})"], ids=["theirs", "a class of theirs"]
)
def test_their_engine_answers_nothing_however_it_was_found(launches: Launches, name: str) -> None:
    source = f"kept = __import__('micro' + 'grad.engine').engine\nValue = {name}\n"

    assert graded(launches, source).score == 0


def test_a_loop_that_waits_for_a_number_of_theirs_comes_to_its_end(launches: Launches) -> None:
    loop = "import micrograd.engine as e\nx = e.Value(3.0)\nwhile x.data > -1 and x.data < 9:\n"
    step = "    x = e.Value(x.data - 1)\n"

    assert graded(launches, loop + step + RIGHT).score == 5


def test_the_zygote_has_none_of_them_in_its_memory(launches: Launches, tmp_path: Path) -> None:
    exercise = catalogue.load(catalogue.find("ex9"))
    seen = f"import sys\nfound = set({list(exercise.forbids)!r}) & set(sys.modules)\n"

    report = graded(launches, seen + "assert not found\n" + RIGHT)

    assert not any("AssertionError" in note for note in report.notes)
