"""A launch opens the exercise for whom the LMS names, in the course that it names."""

from pathlib import Path
from typing import Any

import pytest

from grader.service.database.courses import all_courses, exercises_in
from grader.service.database.people import Person, Role, change_role, members_of, retire
from grader.service.database.privacy import export_of, forget
from grader.service.lti.claims import FOR_USER, LTI, PRIVACY, REVIEW
from tests.service.lti.arriving import Change, LtiSite, lti_site
from tests.service.lti.lms import (
    HELPER,
    INSTRUCTOR,
    LEARNER,
    STUDENT,
    TEACHER,
    TEST_USER,
    Lms,
    LmsUser,
)
from tests.service.running import MINUS, RIGHT

HERE = "/courses/ml-26/exercises/my475/ex9"


def put(name: str, value: Any) -> Change:
    return lambda claims: claims.update({LTI + name: value})


def course(number: str, label: str = "ML 26") -> Change:
    return put("context", {"id": number, "label": label, "title": "Machine learning"})


def members(arrived: LtiSite, name: str = "ml-26") -> dict[str, Role]:
    return {one.person.name: one.role for one in arrived.read(members_of, name) if one.is_active}


def test_a_launch_opens_the_exercise_that_the_link_names(arrived: LtiSite) -> None:
    browser = arrived.browser()

    page = browser.launch(STUDENT)

    assert "Subtraction and powers" in page.text
    assert "Sam Student" in page.text
    assert str(page.url).endswith(HERE)
    assert [one.path for one in arrived.read(exercises_in, "ml-26")] == ["my475/ex9"]


def test_each_is_what_the_lms_says(arrived: LtiSite) -> None:
    for user in (STUDENT, HELPER, TEACHER, STUDENT):
        arrived.browser().launch(user)

    assert members(arrived) == {
        "Sam Student": Role.STUDENT, "Theo Helper": Role.TA, "Tina Teacher": Role.INSTRUCTOR,
    }  # fmt: skip


def test_a_role_follows_the_lms_and_one_that_was_given_here_stays_until_then(
    arrived: LtiSite,
) -> None:
    arrived.browser().launch(STUDENT)
    (sam,) = [one.person for one in arrived.read(members_of, "ml-26")]
    arrived.write(change_role, "ml-26", sam.id, Role.TA)

    arrived.browser().launch(STUDENT)
    assert members(arrived) == {"Sam Student": Role.TA}
    arrived.browser().launch(STUDENT, put("roles", [INSTRUCTOR]))
    assert members(arrived) == {"Sam Student": Role.INSTRUCTOR}
    arrived.browser().launch(STUDENT, put("roles", [LEARNER]))
    assert members(arrived) == {"Sam Student": Role.STUDENT}
    arrived.write(retire, "ml-26", sam.id)
    arrived.browser().launch(STUDENT)
    assert members(arrived) == {"Sam Student": Role.STUDENT}


def test_two_courses_on_one_exercise_are_two(arrived: LtiSite) -> None:
    browser = arrived.browser()
    browser.launch(STUDENT)
    browser.post(browser.start + HERE, files={"file": ("value.py", RIGHT)})

    page = arrived.browser().launch(STUDENT, course("course-8"))

    assert "5 of 5 points" not in page.text
    assert str(page.url).endswith("/courses/ml-26-2/exercises/my475/ex9")
    people = {
        one.person.id for name in ("ml-26", "ml-26-2") for one in arrived.read(members_of, name)
    }
    assert len(people) == 1


def test_a_copied_course_is_a_course_of_its_own_by_its_links_alone(arrived: LtiSite) -> None:
    arrived.browser().launch(TEACHER)

    page = arrived.browser().launch(STUDENT, course("copy", "Übung/2027 <b>"))

    assert page.status_code == 200
    assert "/courses/bung-2027-b/exercises/my475/ex9" in str(page.url)
    assert {one.id for one in arrived.read(all_courses)} >= {"ml-26", "bung-2027-b"}


def test_nobody_is_found_by_a_mail(arrived: LtiSite) -> None:
    ada = arrived.people["ada"]
    user = LmsUser("u-9", (INSTRUCTOR,), "Somebody", ada.email)

    arrived.browser().launch(user)

    (member,) = arrived.read(members_of, "ml-26")
    assert member.person.id != ada.id


def test_two_schools_have_people_of_their_own(tmp_path: Path) -> None:
    one, other = Lms(host="one.example"), Lms(host="other.example")
    with lti_site(tmp_path, one, other) as made:
        made.browser().launch(STUDENT, lms=one)
        made.browser().launch(STUDENT, lms=other)

        ids = [made.read(members_of, name)[0].person.id for name in ("ml-26", "ml-26-2")]

    assert len(set(ids)) == 2


def test_a_test_user_is_called_so(arrived: LtiSite) -> None:
    arrived.browser().launch(LmsUser("u-test", (LEARNER, TEST_USER), "Student, Test"))

    assert members(arrived) == {"Test student": Role.STUDENT}


def test_a_test_user_is_seen_as_such_and_counted_nowhere(arrived: LtiSite) -> None:
    view = LmsUser("u-view", (LEARNER, TEST_USER))
    for user in (STUDENT, view):
        browser = arrived.browser()
        browser.launch(user)
        here = f"{browser.start}/courses/ml-26/exercises/my475/ex9"
        browser.post(here, files={"file": ("value.py", MINUS)})
    teacher = arrived.browser()
    teacher.launch(TEACHER)

    page = teacher.get(f"{teacher.start}/courses/ml-26/people").text
    table = teacher.get(f"{teacher.start}/courses/ml-26/marks.csv").text

    row = next(one for one in page.split("<tr>") if "Test student" in one)
    assert "test user" in row
    assert "2 people" in page
    assert '<span class="mark bad">1</span>' in page
    assert '<span class="mark bad">2</span>' not in page
    assert len(table.splitlines()) == 2
    assert "Test student" not in table


def test_somebody_without_a_name_is_somebody(arrived: LtiSite) -> None:
    page = arrived.browser().launch(LmsUser("u-8"))

    assert "somebody (" in page.text
    assert "u-8" not in page.text


def test_names_follow_the_lms(arrived: LtiSite) -> None:
    arrived.browser().launch(STUDENT)

    page = arrived.browser().launch(STUDENT._replace(name="Sam New"))

    assert "Sam New" in page.text
    assert "Sam New" in arrived.browser().launch(STUDENT._replace(name="")).text


def test_whom_the_lms_does_not_name_reads_the_exercise_and_is_nobody(arrived: LtiSite) -> None:
    browser = arrived.browser()

    page = browser.launch(LmsUser(None))

    assert page.status_code == 200
    assert "does not say who you are" in page.text
    assert "Subtraction and powers" in page.text
    assert "<form" not in page.text
    assert browser.start == ""
    assert "ml-26" not in {one.id for one in arrived.read(all_courses)}


@pytest.mark.parametrize("name", ["my475/none", "ex999", "", "$ResourceLink.custom", "../x", 7])
def test_a_link_that_names_no_exercise_asks_who_teaches(arrived: LtiSite, name: object) -> None:
    page = arrived.browser().launch(TEACHER, put("custom", {"exercise": name}))

    assert "Which exercise?" in page.text
    assert "opens no exercise yet" in page.text


def test_an_exercise_goes_by_its_short_name_too(arrived: LtiSite) -> None:
    page = arrived.browser().launch(STUDENT, put("custom", {"exercise": " ex9 "}))

    assert str(page.url).endswith(HERE)


def reviewed(sub: str) -> Change:
    def change(claims: dict[str, Any]) -> None:
        claims[LTI + "message_type"] = REVIEW
        claims[FOR_USER] = {"user_id": sub}

    return change


def test_a_review_opens_the_submission_of_whom_it_is_about(arrived: LtiSite) -> None:
    student = arrived.browser()
    student.launch(STUDENT)
    assert "Nothing was handed in" in arrived.browser().launch(TEACHER, reviewed("u-student")).text
    student.post(student.start + HERE, files={"file": ("value.py", RIGHT)})

    page = arrived.browser().launch(HELPER, reviewed("u-student"))

    assert "5 of 5 points" in page.text
    assert "They have not been here yet" in arrived.browser().launch(TEACHER, reviewed("u")).text


def test_a_review_shows_nobody_another_student_s(arrived: LtiSite) -> None:
    student = arrived.browser()
    student.launch(STUDENT)
    student.post(student.start + HERE, files={"file": ("value.py", RIGHT)})

    page = arrived.browser().launch(LmsUser("u-2", (LEARNER,), "Eve"), reviewed("u-student"))

    assert page.status_code == 404
    assert "5 of 5" not in page.text


def test_a_launch_for_one_s_data_opens_one_s_own_page(arrived: LtiSite) -> None:
    page = arrived.browser().launch(STUDENT, put("message_type", PRIVACY))

    assert "/me/data" in page.text


def test_whoever_is_forgotten_is_somebody_new_when_they_come_again(arrived: LtiSite) -> None:
    arrived.browser().launch(STUDENT)
    (sam,) = [one.person for one in arrived.read(members_of, "ml-26")]

    known = arrived.read(export_of, sam.id)
    arrived.write(forget, sam.id, 1.0)

    assert [one["sub"] for one in known["lti_people"]] == ["u-student"]
    assert [one["role"] for one in known["lti_members"]] == ["student"]
    assert arrived.read(export_of, sam.id)["lti_people"] == []
    arrived.browser().launch(STUDENT)
    (new,) = [one.person for one in arrived.read(members_of, "ml-26")]
    assert new.id != sam.id
    assert new == Person(new.id, "Sam Student")
