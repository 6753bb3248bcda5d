"""What stands in Canvas is read whatever is missing, and only the rest is sent."""

from typing import Any

import pytest

from grader.course.push.canvas_submission import (
    entered,
    kept_otherwise,
    missing_fields,
    with_standing,
)
from grader.course.push.lms import LmsStudent

ANT = LmsStudent("4711", "Ant, Alice", {})


@pytest.mark.parametrize(
    ("submission", "score"),
    [
        ({"entered_score": 5, "score": 4.5}, 5.0),
        ({"score": 4.5}, 4.5),
        ({"entered_score": None, "score": None}, None),
        ({}, None),
    ],
)
def test_the_score_before_a_deduction_counts(
    submission: dict[str, Any], score: float | None
) -> None:
    assert entered(submission) == score


def test_a_comment_alone_is_sent_where_the_score_stands() -> None:
    standing = with_standing(ANT, {"score": 3.0, "submission_comments": []})

    assert missing_fields(standing, 3.0, "well") == {"comment[text_comment]": "well"}
    assert missing_fields(standing._replace(comments=("well",)), 3.0, "well") == {}


def test_a_group_s_score_is_sent_though_one_of_it_has_it() -> None:
    standing = with_standing(ANT, {"score": 3.0, "group": {"id": 7}})

    assert missing_fields(standing, 3.0, "")["submission[posted_grade]"] == "3"
    assert missing_fields(standing, 3.0, "well")["comment[group_comment]"] == "true"


def test_the_first_one_with_another_score_is_found_and_the_excused_left_out() -> None:
    right, excused, other = {"score": 3.0}, {"score": None, "excused": True}, {"score": 2.0}

    says = "Canvas answers well, and keeps 2 in place of 3"
    assert kept_otherwise([right, excused], 3.0) == ""
    assert kept_otherwise([right, excused, other], 3.0) == says
