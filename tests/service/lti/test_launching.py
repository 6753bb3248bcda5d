"""A launch opens the exercise for whom the LMS names, in the course that it names."""

from tests.service.lti.arriving import LtiSite
from tests.service.lti.lms import STUDENT


def test_a_launch_opens_the_exercise_that_the_link_names(arrived: LtiSite) -> None:
    browser = arrived.browser()

    page = browser.launch(STUDENT)

    assert page.status_code == 200, page.text
    assert "Subtraction and powers" in page.text
    assert "Sam Student" in page.text
