"""The changes between two gradings as text."""

from grader.reports.changes import changes
from grader.reports.report import CheckResult, Outcome, Report
from grader.reports.text import changes_text
from grader.reports.text.terminal import Style
from tests.reports.sample import FAILED, PASSED, report

MENDED = CheckResult(FAILED.id, FAILED.title, Outcome.PASSED, 1.5, 1.5)


def told(before: Report, now: Report) -> str:
    return changes_text.render(changes([before], [now]), Style())


def test_a_check_that_fails_in_another_way_is_told() -> None:
    otherwise = FAILED._replace(message="b.grad is 2.0, expected -1.0")

    assert told(report(PASSED, FAILED), report(PASSED, otherwise)) == (
        "  1 of 2.5 points, as before\n"
        "       ✗ wrong in another way: Subtraction sends a minus to its right operand\n"
        "\n"
    )


def test_what_is_wrong_now_and_what_is_not_asked_any_more_is_told_with_the_points() -> None:
    skipped = MENDED._replace(outcome=Outcome.SKIPPED, score=0.0, message="asked when … holds")
    broken = PASSED._replace(outcome=Outcome.FAILED, score=0.0, message="c.data is 1, expected 2")

    assert told(report(PASSED, MENDED), report(broken, skipped)) == (
        "  points 2.5 → 0 of 2.5\n"
        "    -1 ✗ now wrong: Addition adds\n"
        "  -1.5 – not asked any more: Subtraction sends a minus to its right operand\n"
        "\n"
    )


def test_of_several_exercises_each_check_names_its_own() -> None:
    other = report(PASSED)._replace(exercise="my475/ex4")
    broken = PASSED._replace(outcome=Outcome.FAILED, score=0.0, message="c.data is 1, expected 2")
    worse = report(broken)._replace(exercise="my475/ex4")

    found = changes([report(FAILED), other], [report(MENDED), worse])

    assert changes_text.render(found, Style(unicode=False)) == (
        "  points 1 -> 1.5 of 2.5\n"
        "  +1.5 + right now: ex9: Subtraction sends a minus to its right operand\n"
        "    -1 x now wrong: ex4: Addition adds\n"
        "\n"
    )


def test_other_notes_are_a_change() -> None:
    noted = report(PASSED)._replace(notes=("cell 3 raises NameError",))

    assert told(report(PASSED), noted) == (
        "  1 of 1 points, as before\n         other notes than before\n\n"
    )


def test_the_line_between_two_gradings_is_as_wide_as_the_screen() -> None:
    assert changes_text.separator("14:02:31", Style()) == "── 14:02:31 " + "─" * 68 + "\n"
    assert (
        changes_text.separator("14:02:31", Style(unicode=False)) == "-- 14:02:31 " + "-" * 68 + "\n"
    )
