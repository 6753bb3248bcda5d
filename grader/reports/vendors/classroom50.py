"""The report as the result.json that Classroom 50's runner collects.

Its scores are integers: where points are not, all are multiplied by the smallest number that loses
nothing, and each test says so.
"""

import json
from collections.abc import Iterable
from time import gmtime, strftime
from typing import Any

from grader.errors import Misused
from grader.reports.context import ReportContext
from grader.reports.report import CheckResult, Outcome, Report, TrackReport
from grader.reports.vendors.check_list import each, points, words
from grader.reports.vendors.points import ScaledPoints, scaled

SCHEMA = "classroom50/result/v1"
RUNNER_VARIABLES = {
    "classroom": "CLASSROOM",
    "assignment": "ASSIGNMENT",
    "assignment_type": "ASSIGNMENT_TYPE",
    "owner": "OWNER",
    "submission": "SUBMISSION_TAG",
    "commit": "COMMIT_URL",
    "release": "RELEASE_URL",
    "review": "REVIEW_URL",
}
TAG = "submit/"


class NoRunner(Misused):
    """The variables that Classroom 50's runner sets are missing."""

    def __init__(self, missing: Iterable[str]) -> None:
        super().__init__(
            f"classroom50 needs {', '.join(missing)} in the environment",
            hint="its runner sets them; to try it elsewhere, set them yourself",
        )


class NoSubmissionTag(Misused):
    """The tag is not one of a submission."""

    def __init__(self, tag: str) -> None:
        super().__init__(
            f"{tag!r} in SUBMISSION_TAG is no tag of a submission",
            hint=f"it begins with {TAG}, as in {TAG}1",
        )


def render(report: Report | TrackReport, context: ReportContext) -> str:
    """Return the report as JSON, ending in a newline.

    Raises:
        NoRunner: the environment lacks what the runner sets.
        NoSubmissionTag: it has another tag.
    """
    listed = list(each(report))
    scores = scaled([one.check for one in listed])
    result: dict[str, Any] = {
        "schema": SCHEMA,
        **_from_runner(context),
        "datetime": strftime("%Y-%m-%dT%H:%M:%SZ", gmtime(context.now)),
        "score": sum(got for got, _ in scores.scores),
        "max-score": sum(most for _, most in scores.scores),
        "tests": [
            {
                "test-name": one.name,
                "passed": one.check.outcome is Outcome.PASSED,
                "score": got,
                "max-score": most,
                **_more(one.check, scores, context),
            }
            for one, (got, most) in zip(listed, scores.scores, strict=True)
        ],
    }
    return json.dumps(result, ensure_ascii=False, indent=2) + "\n"


def _from_runner(context: ReportContext) -> dict[str, str]:
    missing = [name for name in RUNNER_VARIABLES.values() if name not in context.environment]
    if missing:
        raise NoRunner(missing)
    tag = context.environment[RUNNER_VARIABLES["submission"]]
    if not tag.startswith(TAG):
        raise NoSubmissionTag(tag)
    return {key: context.environment[name] for key, name in RUNNER_VARIABLES.items()}


def _more(check: CheckResult, scores: ScaledPoints, context: ReportContext) -> dict[str, Any]:
    """Return the further fields of a test: a person reads them, and the runner does not."""
    more: dict[str, Any] = {"outcome": check.outcome, "points": points(check)}
    if scores.scale != 1:
        more["scale"] = scores.scale
    if not scores.exact:
        more["rounded"] = True
    if explanation := words(check, hints=context.hints):
        more["output"] = explanation
    return more
