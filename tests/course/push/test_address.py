"""An address means the same however it is written, and a page within an LMS is no LMS."""

import pytest

from grader.course.push.address import PageWithin, as_asked, home_of


@pytest.mark.parametrize(
    ("written", "home"),
    [
        ("https://Canvas.Example.EDU", "https://canvas.example.edu"),
        ("https://canvas.example.edu:443/", "https://canvas.example.edu"),
        ("HTTPS://canvas.example.edu:8443", "https://canvas.example.edu:8443"),
        ("http://LOCALHOST:8000/", "http://localhost:8000"),
        ("http://[::1]:80", "http://[::1]"),
        ("https://example.edu/Moodle/", "https://example.edu/Moodle"),
    ],
)
def test_an_address_is_the_same_however_it_is_written(written: str, home: str) -> None:
    assert home_of(written) == home


@pytest.mark.parametrize(
    ("page", "home"),
    [
        ("https://canvas.example.edu/courses/7/assignments/9", "https://canvas.example.edu"),
        ("https://example.edu/moodle/mod/assign/view.php?id=9", "https://example.edu/moodle"),
        ("https://moodle.example.edu/course/view.php", "https://moodle.example.edu"),
        ("https://moodle.example.edu/#grades", "https://moodle.example.edu"),
    ],
)
def test_a_page_s_address_says_which_one_is_meant(page: str, home: str) -> None:
    with pytest.raises(PageWithin, match="is a page's address within the LMS") as raised:
        home_of(page)

    assert raised.value.hint == f"name where the LMS is: --url {home}"


def test_a_link_is_compared_as_the_address_is() -> None:
    link = "http://LocalHost:80/api/v1/users?page=bookmark:Wy"

    assert as_asked(link) == "http://localhost/api/v1/users?page=bookmark:Wy"
    assert as_asked("") == ""
