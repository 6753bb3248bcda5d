"""Folders that were handed in, behind walls and in the student's own run: all of a folder works."""

import textwrap
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest

from grader.exercises import catalogue
from grader.grading.one_submission import grade_exercise
from grader.grading.preparation import oracles
from grader.grading.prepared_exercise import prepare_exercise
from grader.grading.request import GradeRequest
from grader.grading.stages import GradingOptions, grade
from grader.reports.report import Report
from grader.sandbox.interpreter import ROOT, Interpreter, site_folders
from grader.sandbox.protocol.limits import Limits, Tier
from grader.sandbox.subject import Subject, request_for
from grader.sandbox.zygote_client import ZygoteClient
from grader.submissions.submission import Submission, find, packed
from tests.places import SAMPLES
from tests.sandbox.engines import RIGHT
from tests.sandbox.zygotes import started_zygote

Graded = Callable[[Submission], Report]


def own_run(submission: Submission) -> Report:
    return grade_exercise(GradeRequest("ex9", submission.path), None).report


def behind(walls: ZygoteClient, submission: Submission) -> Report:
    exercise = catalogue.load(catalogue.find("ex9"))
    asked = prepare_exercise(exercise, oracles(exercise, "recorded"))
    taken = packed(submission)
    request = request_for(taken, Limits(), site_folders(), str(ROOT))
    with closing(Subject(walls.fork, request, Limits(), walls.isolation)) as subject:
        return grade(asked, taken, subject, GradingOptions())


@pytest.fixture(scope="module", params=["own run", "full", "container"])
def graded(request: pytest.FixtureRequest) -> Iterator[Graded]:
    """Grade a folder's submission, in each way that this machine allows."""
    if request.param == "own run":
        yield own_run
        return
    with started_zygote(cast("Tier", request.param)) as walls:
        yield lambda submission: behind(walls, submission)


def mishaps(report: Report) -> list[str]:
    return [note for note in report.notes if " raises " in note or "taken along" in note]


def handed_in(folder: Path, **files: str) -> Submission:
    """A folder with `main.py` and other files; two underscores stand for a slash."""
    for name, text in files.items():
        stem, _, ending = name.rpartition("_")
        path = folder / f"{stem.replace('__', '/')}.{ending}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")
    return find(str(folder / "main.py"), "ex9")._replace(whole=True)


@pytest.mark.parametrize("importing", ["from engine import Value", "from .engine import *"])
def test_an_engine_in_a_module_beside_it_is_graded(
    graded: Graded, tmp_path: Path, importing: str
) -> None:
    report = graded(handed_in(tmp_path, main_py=importing, engine_py=RIGHT))

    assert (report.score, mishaps(report)) == (5, [])


def test_an_engine_in_a_package_is_graded_and_data_is_read(graded: Graded, tmp_path: Path) -> None:
    main = """
    import csv, pathlib
    from net.parts.engine import Value
    assert pathlib.Path("data.csv").read_text() == "1,2\\n"
    assert next(csv.reader(open(pathlib.Path(__file__).parent / "net/more.csv"))) == ["3"]
    """

    report = graded(
        handed_in(
            tmp_path,
            main_py=main,
            data_csv="1,2\n",
            net__more_csv="3\n",
            net__init_py="",
            net__parts__engine_py=RIGHT,
        )
    )

    assert (report.score, mishaps(report)) == (5, [])


def test_what_it_calls_like_ours_is_its_own(graded: Graded, tmp_path: Path) -> None:
    main = "from grader import one\nfrom exercises.two import Value\nassert one == 1"

    report = graded(handed_in(tmp_path, main_py=main, grader_py="one = 1", exercises__two_py=RIGHT))

    assert (report.score, mishaps(report)) == (5, [])


def test_a_fault_beside_it_is_shown_with_its_line(graded: Graded, tmp_path: Path) -> None:
    helper = "def worth(x):\n    return 1 / x\n"
    engine = RIGHT + "\nfrom net.helper import worth\nworth(0)\n"

    report = graded(handed_in(tmp_path, main_py=engine, net__helper_py=helper))

    assert report.notes[0] == (
        "main.py raises ZeroDivisionError: division by zero "
        "(net/helper.py, line 2: `return 1 / x`); the rest was graded"
    )


def test_a_rule_beside_it_is_shown_with_its_lines(graded: Graded, tmp_path: Path) -> None:
    minus = (SAMPLES / "minus.py").read_text(encoding="utf-8")

    report = graded(handed_in(tmp_path, main_py="from engine import Value", engine_py=minus))

    (node,) = [check.first_wrong_node for check in report.checks if check.first_wrong_node]
    assert node.where is not None
    assert (node.where.file, node.where.marked) == ("engine.py", 48)
    assert node.where.lines[-1].strip() == "other.grad += out.grad"


def test_a_file_that_was_left_out_is_told_where_one_is_missed(tmp_path: Path) -> None:
    with started_zygote("full") as walls:
        main = RIGHT + "\nopen('large.bin')\n"
        submission = handed_in(tmp_path, main_py=main)
        (tmp_path / "large.bin").write_bytes(bytes(2 << 20))

        notes = behind(walls, submission).notes

    assert notes[1:2] == ("1 file beside it was not taken along: 1 over 1 MB",)


def test_a_lone_script_is_told_that_it_was_run_by_itself(tmp_path: Path) -> None:
    with started_zygote("full") as walls:
        submission = handed_in(tmp_path, main_py="import bob", bob_py=RIGHT)

        report = behind(walls, submission._replace(whole=False))

    assert report.score == 0
    alone, look = report.notes
    assert alone == "it was run by itself, without the other files of its folder"
    assert look.startswith(
        "to be looked at by hand: bob is not here, a file that was not handed in"
    )


def test_a_link_beside_it_shows_nothing_of_the_machine(tmp_path: Path) -> None:
    with started_zygote("container") as walls:
        submission = handed_in(tmp_path, main_py=RIGHT + "\nprint(open('data.csv').read())\n")
        (tmp_path / "data.csv").symlink_to("/etc/passwd")

        notes = behind(walls, submission).notes

    assert notes[0].startswith("main.py raises FileNotFoundError: ")
    assert notes[1] == "1 file beside it was not taken along: 1 no regular file"


def test_files_are_put_nowhere_but_into_a_folder_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    submission = packed(handed_in(tmp_path / "in", main_py="import bob", bob_py=RIGHT))
    request = request_for(submission, Limits(), site_folders(), str(ROOT))
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)

    with closing(Subject(Interpreter, request, Limits())) as subject:
        ended = subject.load().ended

    assert ended == "raised"
    assert list(here.iterdir()) == []
