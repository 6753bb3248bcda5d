"""Whatever moment a course is killed at, begun again it comes to the same."""

from tests.course.batch.killed import disturbed


def test_a_course_killed_three_times_leaves_what_an_undisturbed_one_does() -> None:
    assert disturbed(3, 40) == []
