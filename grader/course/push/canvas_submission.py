"""A submission as Canvas tells of it: what stands there, and what is still to be sent."""

from collections.abc import Iterable, Mapping
from typing import Any

from grader.course.push.lms import LmsStudent, is_same, points

Submission = Mapping[str, Any]


def with_standing(account: LmsStudent, submission: Submission) -> LmsStudent:
    """Return the account with what a submission says stands there."""
    comments = submission.get("submission_comments")
    group = submission.get("group") or {}
    return account._replace(
        score=entered(submission),
        locked="excused" if submission.get("excused") else "",
        comments=tuple(str(one.get("comment") or "") for one in comments or ()),
        tells_comments=comments is not None,
        handed_in_anew=submission.get("grade_matches_current_submission") is False,
        deducted=points(submission.get("points_deducted") or 0.0),
        group=str(group.get("id") or ""),
    )


def entered(submission: Submission) -> float | None:
    """Return the score before points are taken off for lateness; None where there is none."""
    scores = (submission.get("entered_score"), submission.get("score"))
    return next((points(score) for score in scores if score is not None), None)


def missing_fields(account: LmsStudent, score: float, comment: str) -> dict[str, str]:
    """Return the fields of what does not stand there: a comment sent again would be a second.

    A group has one score, and each of its members the comment.
    """
    form = {} if account.has(score) and not account.group else _grade(score)
    if comment and not account.heard(comment):
        form["comment[text_comment]"] = comment
        if account.group:
            form["comment[group_comment]"] = "true"
    return form


def kept_otherwise(submissions: Iterable[Submission], score: float) -> str:
    """Return how one of them has another score than was sent, "" where none has."""
    for one in submissions:
        held = entered(one)
        if not one.get("excused") and not is_same(held, score):
            keeps = "none" if held is None else f"{held:g}"
            return f"Canvas answers well, and keeps {keeps} in place of {score:g}"
    return ""


def _grade(score: float) -> dict[str, str]:
    """Return a score in points: in a scheme, a number may be the name of another grade."""
    return {"submission[posted_grade]": f"{score:.10g}", "prefer_points_over_scheme": "true"}
