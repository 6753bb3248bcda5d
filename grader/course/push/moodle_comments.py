"""The comment that stands beside a grade in Moodle: it is sent back as it was, or replaced."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from grader.course.gradebook.our_comments import is_ours

STATUS: Final = "mod_assign_get_submission_status"
PLAIN: Final = "2"  # no HTML: what is written there is text
STAYS: Final = "somebody's comment stands there, and stays"
DRAFT: Final = "what was graded is a draft, which was never handed in"


class FeedbackComment(NamedTuple):
    """A comment as Moodle stores it: the words, and the number of their format."""

    text: str
    format: str


class SubmissionStatus(NamedTuple):
    """The status of a student's submission, as far as a grade needs it.

    Attributes:
        comment: what stands beside the grade; None where nothing does.
        is_draft: whether it was never handed in for grading.
    """

    comment: FeedbackComment | None = None
    is_draft: bool = False


def status_of(answer: Mapping[str, Any]) -> SubmissionStatus:
    """Return the status that Moodle tells of."""
    attempt = answer.get("lastattempt") or {}
    submission = attempt.get("submission") or {}
    plugins = (answer.get("feedback") or {}).get("plugins") or ()
    fields = next(
        (one.get("editorfields") or () for one in plugins if one.get("type") == "comments"), ()
    )
    return SubmissionStatus(
        next((FeedbackComment(str(one["text"]), str(one["format"])) for one in fields), None),
        submission.get("status") == "draft",
    )


def beside_the_grade(status: SubmissionStatus, comment: str) -> tuple[FeedbackComment | None, str]:
    """Return the comment to send with a grade, and what a person should know of it.

    Moodle saves both at once, and refuses a grade that comes without the comment that stands there.
    """
    standing = status.comment
    if not comment:
        return standing, ""
    if standing is not None and standing.text.strip() and not is_ours(standing.text, comment):
        return standing, STAYS
    return FeedbackComment(comment, PLAIN), ""
