"""Marks go out in the LMS's own file, and what changes in it is said before."""

import base64

import pytest

from tests.service.running import COURSE, EXERCISE, RIGHT, Site

CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,ex9 (55)\n"
    "    Points Possible,,,,,{points}\n"
    "Ada,1,,ada@uni.example,A,\n"
    "Bob,2,,bob@uni.example,A,5\n"
    "Cyd,3,,cyd@uni.example,A,\n"
)


def fill(served: Site, content: str, **fields: str) -> str:
    said = {"system": "canvas", "exercise": EXERCISE, **fields}
    sent = {"file": ("grades.csv", content.encode())}
    return served.post("tom", f"/courses/{COURSE}/sheets", files=sent, data=said).text


def filled(page: str) -> str:
    return base64.b64decode(page.partition("base64,")[2].partition('"')[0]).decode()


@pytest.fixture
def handed(served: Site) -> Site:
    served.hand_in("ada")
    served.hand_in("bob", RIGHT)
    return served


def test_scores_go_into_the_file_and_no_other_byte_changes(handed: Site) -> None:
    page = fill(handed, CANVAS.format(points=5))

    assert "<strong>1 score</strong> of my475/ex9 changes in the file; 1 stood there" in page
    assert filled(page) == CANVAS.format(points=5).replace(
        "ada@uni.example,A,", "ada@uni.example,A,3"
    )


def test_other_points_are_asked_about_before_anything_is_written(handed: Site) -> None:
    asked = fill(handed, CANVAS.format(points=10))
    scaled = fill(handed, CANVAS.format(points=10), scale="yes")

    assert "The LMS counts 10 points, and the exercise has 5" in asked
    assert "base64," not in asked
    assert "ada@uni.example,A,6" in filled(scaled)


@pytest.mark.parametrize(
    ("content", "fields", "says"),
    [
        ("", {}, "Choose the file"),
        ("no gradebook", {}, "column"),
        (CANVAS, {"system": "blackboard"}, "No LMS"),
        (CANVAS, {"exercise": "my475/ex99"}, "no exercise was chosen"),
    ],
)
def test_a_file_that_is_none_is_told(
    handed: Site, content: str, fields: dict[str, str], says: str
) -> None:
    assert says in fill(handed, content, **fields)
