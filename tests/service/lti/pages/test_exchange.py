"""Who teaches sees which marks have gone to the LMS, and has them sent again."""

from tests.service.lti.arriving import LtiSite
from tests.service.lti.lms import HELPER, STUDENT, LmsUser
from tests.service.lti.posting import HERE, Clock, Posting

COURSE = "/courses/ml-26"


def test_a_ta_sees_what_the_lms_says_and_sends_it_again(arrived: LtiSite) -> None:
    posting = Posting(arrived, Clock())
    late = LmsUser("u-late", name="Late One")
    for user in (STUDENT, late):
        posting.hand_in(user)
    posting.post()
    helper = arrived.browser()
    helper.launch(HELPER)

    page = helper.get(f"{helper.start}{COURSE}/lms")

    assert "status 404: User not found" in page.text
    assert page.text.index("refused") < page.text.index(">sent<")
    arrived.lms.users.append(late)
    done = helper.post(f"{helper.start}{COURSE}/lms")
    assert done.headers["location"] == f"{helper.start}{COURSE}/lms"
    posting.post()
    assert "refused" not in helper.get(f"{helper.start}{COURSE}/lms").text
    assert posting.given(late) == 3.0


def test_one_mark_is_sent_again(arrived: LtiSite) -> None:
    posting = Posting(arrived, Clock())
    posting.hand_in()
    posting.post()
    (mark,) = posting.marks
    helper = arrived.browser()
    helper.launch(HELPER)
    posting.lms.scores.clear()

    helper.post(f"{helper.start}{COURSE}/lms", data={"number": str(mark.number)})
    posting.post()

    assert posting.given() == 3.0
    log = helper.get(f"{helper.start}{COURSE}/log").text
    assert "send marks again" in log
    assert f"number {mark.number}" in log


def test_a_number_that_is_none_is_told(arrived: LtiSite) -> None:
    helper = arrived.browser()
    helper.launch(HELPER)

    answer = helper.post(f"{helper.start}{COURSE}/lms", data={"number": "all"})

    assert answer.status_code == 422


def test_a_student_sees_none_of_it(arrived: LtiSite) -> None:
    browser = arrived.browser()
    browser.launch(STUDENT)

    assert browser.get(f"{browser.start}{COURSE}/lms").status_code == 404
    assert browser.get(f"{browser.start}{HERE}").status_code == 200


def test_a_course_of_no_lms_says_how_it_becomes_one(arrived: LtiSite) -> None:
    page = arrived.get("tom", "/courses/ml/lms")

    assert "It will when somebody opens one of its exercises there" in page.text
