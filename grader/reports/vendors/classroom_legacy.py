"""The report as GitHub Classroom's autograding reporter takes it: JSON, in base64, on one line."""

import json
from base64 import b64encode
from typing import Any

from grader.reports.context import Setting
from grader.reports.report import Outcome, Report, TrackReport
from grader.reports.vendors.check_list import Told, each, words
from grader.reports.vendors.location import fault
from grader.reports.vendors.points import number

STATUSES = {
    Outcome.PASSED: "pass",
    Outcome.FAILED: "fail",
    Outcome.SKIPPED: "fail",
    Outcome.BROKEN: "error",
}


def render(report: Report | TrackReport, setting: Setting) -> str:
    """Return the report as a step gives it in its output `result`, ending in a newline."""
    told = list(each(report))
    found = {STATUSES[one.check.outcome] for one in told}
    result = {
        "version": 1,
        "status": next((status for status in ("fail", "error") if status in found), "pass"),
        "max_score": number(report.max_score),
        "tests": [_test(one, setting) for one in told],
    }
    return b64encode(json.dumps(result).encode()).decode() + "\n"


def _test(told: Told, setting: Setting) -> dict[str, Any]:
    check, place = told.check, fault(told.report, told.check, setting)
    example = check.counterexample
    return {
        "name": told.name,
        "status": STATUSES[check.outcome],
        "message": words(check, hints=setting.hints),
        "test_code": example.source if example else "",
        "filename": place.file,
        "line_no": place.line or 0,
        "duration": told.report.duration_s / len(told.report.checks),
        "score": number(check.score),
    }
