"""A session gives each submission what it would get alone, whoever came before it."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from grader.grading.one_submission import grade_exercise
from grader.grading.request import GradeRequest
from grader.grading.session import GradingSession
from grader.reports.report import Report
from grader.sandbox.protocol.limits import Allowance
from grader.submissions.submission import read
from tests.crowd import graders, honest, hostile, script
from tests.places import SAMPLES
from tests.sandbox.test_zygote_pool import BEST

pytestmark = pytest.mark.skipif(BEST == "limits", reason="no walls can be built here")
BRIEF = Allowance(time_s=0.2, memory_mb=256, output_kb=64)
NOTEBOOK = SAMPLES / "value.ipynb"


@pytest.fixture(scope="module")
def session() -> Iterator[GradingSession]:
    with GradingSession(GradeRequest("ex9", walls=BEST, allowed=BRIEF)) as made:
        yield made


def timeless(report: Report) -> Report:
    return report._replace(duration_s=0.0)


def test_what_was_asked_of_wrong_submissions_alone_is_not_kept_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("grader.grading.session.BESIDES", 2)
    with GradingSession(GradeRequest("ex9", walls=BEST, allowed=BRIEF)) as made:
        own = sum(len(exercise.expected) for exercise, _ in made._prepared)
        sizes = []
        for _ in range(4):
            made.grade(read(SAMPLES / "minus.py"))
            sizes.append(len(made._encoded._entries))

    assert sizes[0] <= max(sizes) <= own + 2


def test_reports_do_not_depend_on_the_order_or_on_hostile_neighbours(
    session: GradingSession,
) -> None:
    usual = honest()[:12]
    bad = [one for one in hostile({}) if one.name.startswith(("forge/", "die/"))][::6]

    first = [timeless(*session.grade(script(one.source))) for one in usual]
    for one in bad:
        session.grade(script(one.source))
    again = [timeless(*session.grade(script(one.source))) for one in reversed(usual)]

    assert again[::-1] == first
    assert [report.passed for report in first] == [True, False] * 6


def test_a_notebook_gets_the_same_as_in_a_run_of_one_s_own(session: GradingSession) -> None:
    alone = grade_exercise(GradeRequest("ex9", str(NOTEBOOK)), None).report

    (report,) = session.grade(read(NOTEBOOK))

    assert report.checks == alone.checks
    assert report.isolation == BEST


def test_a_track_has_a_report_for_each_exercise() -> None:
    with GradingSession(GradeRequest("sri", walls=BEST)) as track:
        reports = track.grade(script("x = 1\n"))

    assert [report.exercise.partition("/")[0] for report in reports] == ["sri"] * 5


def test_a_pool_of_processes_gives_what_a_session_gives_in_the_order_of_the_submissions() -> None:
    usual = honest()[:8]
    request = GradeRequest("ex9", walls=BEST, allowed=BRIEF)

    with graders(request) as pool, GradingSession(request, notebooks=False) as session:
        together = [report.checks for report in pool.grade_scripts(usual)]
        alone = [session.grade(script(entry.source))[0].checks for entry in usual]

    assert together == alone


def test_a_folder_takes_its_files_along_and_a_lone_script_does_not(
    session: GradingSession, tmp_path: Path
) -> None:
    (tmp_path / "engine.py").write_text((SAMPLES / "right.py").read_text())
    (tmp_path / "value.py").write_text("from engine import Value\n")
    alone = read(tmp_path / "value.py")

    together = alone._replace(whole=True)

    assert session.grade(together)[0].passed
    assert "No module named 'engine'" in session.grade(alone)[0].checks[0].message


def test_what_a_session_starts_ends_with_it() -> None:
    with closing(GradingSession(GradeRequest("ex9", walls=BEST), notebooks=False)) as made:
        process = made._zygotes._zygote._process

    assert process.poll() is not None
