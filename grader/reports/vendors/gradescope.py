"""The report as the results.json of Gradescope's autograders.

Every test is visible, those of hidden checks too: one hidden test would hide the total score from
the students, and what a report says of a hidden check is already what they may see.

Source: https://gradescope-autograders.readthedocs.io/en/latest/specs/.
"""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from grader.reports.context import ReportContext
from grader.reports.report import Outcome, Report, TrackReport
from grader.reports.report_json import plain
from grader.reports.text.wording import agreement
from grader.reports.vendors.check_list import ListedCheck, each, points, reports_of, words
from grader.reports.vendors.points import Shares, number, shares

STATUSES = {Outcome.PASSED: "passed", Outcome.FAILED: "failed", Outcome.SKIPPED: "failed"}


def render(report: Report | TrackReport, context: ReportContext) -> str:
    """Return the report as JSON, ending in a newline; the tests' scores add up to the score."""
    listed = list(each(report))
    shared = list(shares([one.check for one in listed]))
    results: dict[str, Any] = {
        "score": number(sum((one.score for one in shared), Decimal(0))),
        "execution_time": round(sum(one.duration_s for one in reports_of(report))),
        "output": _summary(report),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "tests": list(_tests(listed, shared, context)),
        "extra_data": _extra(report),
    }
    return json.dumps(results, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _tests(
    listed: list[ListedCheck], shared: list[Shares], context: ReportContext
) -> Iterator[dict[str, Any]]:
    for one, share in zip(listed, shared, strict=True):
        check = one.check
        test: dict[str, Any] = {
            "score": number(share.score),
            "max_score": number(share.max_score),
            "status": STATUSES.get(check.outcome),
            "name": one.name,
            "name_format": "text",
            "number": one.number,
            "output": words(check, hints=context.hints),
            "output_format": "text",
            "tags": [one.report.exercise, str(check.outcome)],
            "visibility": "visible",
            "extra_data": {"id": check.id, "outcome": check.outcome},
        }
        if test["status"] is None:  # neither is true where the grader is at fault
            del test["status"]
        yield test


def _summary(report: Report | TrackReport) -> str:
    reports = reports_of(report)
    agreements = [agreement(one) for one in reports if one.passed]
    notes = dict.fromkeys(note for one in reports for note in one.notes)
    return "\n".join([points(report), *(agreements if len(reports) == 1 else ()), *notes])


def _extra(report: Report | TrackReport) -> dict[str, Any]:
    """Return the circumstances of the score, for whoever downloads the results."""
    first = reports_of(report)[0]
    return {
        "schema": report.schema,
        "exercises": [one.exercise for one in reports_of(report)],
        "submission": plain(report.submission),
        "oracles": list(first.oracles),
        "isolation": first.isolation,
        "seed": first.seed,
    }
