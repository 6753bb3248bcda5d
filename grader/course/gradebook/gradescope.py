"""Gradescope's results.json, one for each student."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from grader.course.marks import Mark, ScoredCheck


def results(marks: Sequence[Mark]) -> str:
    """Return a student's marks as Gradescope's autograder reports them.

    Args:
        marks: of one student, all with a score.

    Source: Gradescope's specification of results.json; "score" counts, whatever tests add up to.
    """
    fields: dict[str, Any] = {
        "score": round(sum(mark.score or 0.0 for mark in marks), 4),
        "output": "\n".join(mark.comment for mark in marks if mark.comment),
        "output_format": "text",
        "visibility": "visible",
        "tests": list(_tests(marks)),
    }
    return json.dumps(fields, ensure_ascii=False, indent=2) + "\n"


def _tests(marks: Sequence[Mark]) -> Iterator[dict[str, Any]]:
    for mark in marks:
        name = mark.exercise.rpartition("/")[2]
        for number, check in enumerate(mark.checks, start=1):
            yield {
                "name": f"{name}: {check.check}",
                "number": f"{name}.{number}",
                "score": check.score,
                "max_score": check.max_score,
                "status": "passed" if check.outcome == "passed" else "failed",
                "output": _words(check),
                "output_format": "text",
                "visibility": "visible",
            }


def _words(check: ScoredCheck) -> str:
    return f"{check.outcome}: {', '.join(check.diagnoses)}" if check.diagnoses else check.outcome
