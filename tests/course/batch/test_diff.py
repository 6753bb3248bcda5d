"""What another grading changes: scores and checks, and who is in one alone."""

from grader.course.batch.diff import Differences, MarkChange, differences
from grader.course.marks import Mark, ScoredCheck
from grader.submissions.student import Student

PASSED, FAILED = ScoredCheck("a", "passed", 1.0, 1.0), ScoredCheck("a", "failed", 0.0, 1.0)
ANT = Mark(Student("ant", "Alice Ant"), "my475/ex9", "Powers", 5.0, 5.0, checks=(PASSED,))
BEE = Mark(Student("bee"), "my475/ex9", "Powers", None, 5.0)


def test_the_same_is_no_difference() -> None:
    assert differences([ANT, BEE], [BEE, ANT]) == Differences((), 2, (), ())


def test_a_score_and_the_check_behind_it() -> None:
    after = ANT._replace(score=4.0, checks=(FAILED, ScoredCheck("b", "passed", 1.0, 1.0)))

    (change,) = differences([ANT], [after]).changes

    checks = (("a", "passed", "failed"), ("b", "", "passed"))
    assert change == MarkChange("Alice Ant", "my475/ex9", 5.0, 4.0, checks)


def test_who_is_in_one_alone() -> None:
    found = differences([ANT], [BEE])

    assert (found.compared, found.gone, found.new) == (
        *(0, ("Alice Ant in my475/ex9",), ("bee in my475/ex9",)),
    )
