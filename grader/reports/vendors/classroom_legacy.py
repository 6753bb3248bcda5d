"""The report as GitHub Classroom's autograding reporter takes it: JSON, in base64, on one line."""

import json
from base64 import b64encode
from typing import Any

from grader.reports.context import ReportContext
from grader.reports.report import Outcome, Report, TrackReport
from grader.reports.vendors.check_list import ListedCheck, each, words
from grader.reports.vendors.location import fault_location
from grader.reports.vendors.points import number

STATUSES = {
    Outcome.PASSED: "pass",
    Outcome.FAILED: "fail",
    Outcome.SKIPPED: "fail",
    Outcome.BROKEN: "error",
}


def render(report: Report | TrackReport, context: ReportContext) -> str:
    """Return the report as a step gives it in its output `result`, ending in a newline."""
    listed = list(each(report))
    statuses = {STATUSES[one.check.outcome] for one in listed}
    result = {
        "version": 1,
        "status": next((status for status in ("fail", "error") if status in statuses), "pass"),
        "max_score": number(report.max_score),
        "tests": [_test(one, context) for one in listed],
    }
    return b64encode(json.dumps(result).encode()).decode() + "\n"


def _test(listed: ListedCheck, context: ReportContext) -> dict[str, Any]:
    check, place = listed.check, fault_location(listed.report, listed.check, context)
    example = check.counterexample
    return {
        "name": listed.name,
        "status": STATUSES[check.outcome],
        "message": words(check, hints=context.hints),
        "test_code": example.source if example else "",
        "filename": place.file,
        "line_no": place.line or 0,
        "duration": listed.report.duration_s / len(listed.report.checks),
        "score": number(check.score),
    }
