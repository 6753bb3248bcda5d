"""The newest submission counts, or the best; being late costs; what people say comes last."""

from sqlalchemy import update

from grader.course.marks import Mark
from grader.service.database.courses import (
    CourseExercise,
    Extension,
    change_exercise,
    course_with,
    extend,
)
from grader.service.database.marks import (
    WhichMarks,
    WrittenOverride,
    add_override,
    marks_in,
    overrides_in,
    withdraw_override,
)
from grader.service.database.schema import courses
from tests.service.running import COURSE, EXERCISE, RIGHT, Site

HOUR_S = 3600.0


def mark_of(served: Site, word: str = "ada") -> Mark:
    course = served.read(course_with, COURSE)
    assert course is not None
    (one,) = served.read(marks_in, course, {}, WhichMarks(person_id=served.people[word].id))
    return one.mark


def late(served: Site, hours: float) -> None:
    due = served.service.now() - hours * HOUR_S
    exercise = CourseExercise(EXERCISE, due, per_day=20.0)
    assert served.write(change_exercise, COURSE, exercise)


def test_the_newest_counts_also_where_it_is_worse(on_both: Site) -> None:
    on_both.hand_in("ada", RIGHT)
    on_both.hand_in("ada")

    assert mark_of(on_both).score == 3.0


def test_the_best_counts_where_the_course_says_so(on_both: Site) -> None:
    on_both.write(lambda one: one.execute(update(courses).values(counts="best")))
    on_both.hand_in("ada", RIGHT)
    on_both.hand_in("ada")

    assert mark_of(on_both).score == 5.0


def test_each_day_late_costs_what_the_course_says(on_both: Site) -> None:
    late(on_both, 25)
    on_both.hand_in("ada", RIGHT)

    mark = mark_of(on_both)
    assert (mark.score, mark.raw_score, mark.late) == (3.0, 5.0, True)
    assert "40 % less" in mark.comment


def test_more_time_is_for_whom_it_was_given(on_both: Site) -> None:
    late(on_both, 25)
    person = on_both.people["ada"].id
    later = on_both.service.now() + HOUR_S
    on_both.write(extend, COURSE, Extension(EXERCISE, person, later, "ill", None), 1.0)
    on_both.hand_in("ada", RIGHT)
    on_both.hand_in("bob", RIGHT)

    assert (mark_of(on_both).score, mark_of(on_both, "bob").score) == (5.0, 3.0)


def test_what_people_say_comes_last_and_says_who(on_both: Site) -> None:
    late(on_both, 1)
    on_both.hand_in("ada", RIGHT)
    said = WrittenOverride(0, EXERCISE, on_both.people["ada"].id, "", 4.5, "I saw it run", on_both.people["tom"].id)  # fmt: skip # noqa: E501
    on_both.write(add_override, COURSE, said)

    mark = mark_of(on_both)
    assert (mark.score, mark.raw_score) == (4.5, 5.0)
    assert "points: 4.5 instead of 4, I saw it run (Tom)" in mark.comment


def test_points_of_one_check_change_the_sum(on_both: Site) -> None:
    on_both.hand_in("ada")
    check = mark_of(on_both).checks[2].check
    said = WrittenOverride(0, EXERCISE, on_both.people["ada"].id, check, 0.5, "nearly", None)
    on_both.write(add_override, COURSE, said)

    assert mark_of(on_both).score == 3.5


def test_what_is_withdrawn_counts_no_more(on_both: Site) -> None:
    on_both.hand_in("ada")
    said = WrittenOverride(0, EXERCISE, on_both.people["ada"].id, "", 5.0, "", None)
    on_both.write(add_override, COURSE, said)
    (written,) = on_both.read(overrides_in, COURSE)

    assert on_both.write(withdraw_override, COURSE, written.number, 2.0)
    assert not on_both.write(withdraw_override, COURSE, written.number, 2.0)
    assert mark_of(on_both).score == 3.0
