"""A kernel is asked what it can tell; what only a run shows is left out, and said."""

from grader.exercises import catalogue
from grader.exercises.exercise import Exercise
from grader.grading.request import GradeRequest, exercises_of
from grader.integrations.ipython_magic.run_checks import note_on_runs, with_runs, without_runs
from grader.reports.report import CheckResult, HandedIn, Outcome, Report

MY475 = [catalogue.load(entry) for entry in exercises_of(GradeRequest("my475"))]
MIXED = next(
    one for one in MY475 if {check.own_run is None for check in one.checks} == {True, False}
)
OWN = [check.id for check in MIXED.checks if check.own_run]


def report_on(exercise: Exercise) -> Report:
    checks = tuple(
        CheckResult(one.id, one.title, Outcome.PASSED, one.points, one.points)
        for one in exercise.checks
    )
    return Report(
        "grade/report/1",
        *(exercise.path, exercise.title, HandedIn("nb", "0" * 64, "notebook")),
        score=sum(check.score for check in checks),
        max_score=sum(check.max_score for check in checks),
        passed=True,
        checks=checks,
        notes=(),
        oracles=("reference",),
        isolation="limits",
        seed=1,
        duration_s=0.0,
    )


def test_no_check_of_a_run_is_left_and_none_waits_for_one() -> None:
    kept = without_runs(MIXED).checks

    assert [one.id for one in kept] == [one.id for one in MIXED.checks if one.id not in OWN]
    assert not {before.id for one in kept for before in one.after} & set(OWN)


def test_the_report_names_them_as_not_asked_and_counts_their_points() -> None:
    report = with_runs(report_on(without_runs(MIXED)), MIXED)

    assert [check.id for check in report.checks] == [check.id for check in MIXED.checks]
    assert [one.id for one in report.checks if one.outcome is Outcome.SKIPPED] == OWN
    assert report.max_score == MIXED.points
    assert not report.passed


def test_the_note_counts_what_was_not_asked_and_says_what_asks_it() -> None:
    plain = [one for one in MY475 if not any(check.own_run for check in one.checks)]
    looks = "1 check looks" if len(OWN) == 1 else f"{len(OWN)} checks look"

    assert note_on_runs(plain, "%grade ex9 --fresh") == ""
    assert note_on_runs([MIXED], "%grade it --fresh") == (
        f"{looks} at what your cells did when they ran, and what ran before is not kept: "
        "save the notebook, then %grade it --fresh"
    )
