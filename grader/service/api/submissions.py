"""Submissions over the API: handed in once for a key, waited for, and read."""

import re
from typing import Any, Final
from urllib.parse import unquote

from sqlalchemy import Connection
from starlette.responses import Response

from grader.reports.formats import rendered
from grader.service.api.answers import json_answer, whole_number
from grader.service.database.gradings import (
    Grading,
    grading_with,
    plain_result_of,
    result_of,
)
from grader.service.database.submissions import SubmissionRecord, submission_numbered
from grader.service.problems import Problem, nothing_here
from grader.service.submit import HandIn, hand_in, verdict
from grader.service.uploads import MOST_FILES, Upload, checked_upload, upload_of
from grader.service.web.pages.coursework import FORM_FIELDS, PART_BYTES
from grader.service.web.pages.results import staff_report
from grader.service.web.rendering import html_response
from grader.service.web.rights import Visit
from grader.submissions.intake.bounded_reading import FileContent

LONGEST_WAIT_S: Final = 60
RETRY_S: Final = 2
WAITS: Final = re.compile(r"\bwait=(\d{1,4})\b")
NAMED: Final = re.compile(r"filename\*?=(?:UTF-8'')?\"?([^\";]+)", re.IGNORECASE)
NAMES: Final = {"application/zip": "upload.zip", "application/x-ipynb+json": "upload.ipynb"}
LONGEST_KEY: Final = 128


async def submit(visit: Visit) -> Response:
    """Take a submission; answer with the verdict where it comes while the client waits."""
    key = visit.request.headers.get("idempotency-key")
    if key is not None and not 0 < len(key) <= LONGEST_KEY:
        raise Problem(422, f"Idempotency-Key has 1 to {LONGEST_KEY} characters.")
    upload = await _upload(visit)
    handed = HandIn(visit.where, visit.which, visit.who.id, upload.files, upload.note, key)
    submission = await hand_in(visit.service, handed)
    waits = WAITS.search(visit.request.headers.get("prefer", ""))
    if waits:
        most_s = min(int(waits[1]), LONGEST_WAIT_S)
        await verdict(visit.service, submission, most_s)
    submission, fields = await fields_of(visit, submission)
    return _answer(visit, submission, fields, 202 if submission.is_waiting else 201)


async def read(visit: Visit) -> Response:
    """Return a submission; `?wait=10` waits for its verdict so long."""
    wait_s = whole_number(visit, "wait", 0, LONGEST_WAIT_S)
    if wait_s:
        await verdict(visit.service, visit.handed, wait_s)
    submission, fields = await fields_of(visit, visit.handed)
    return _answer(visit, submission, fields, 200)


async def report_in_json(visit: Visit) -> Response:
    """Return the report, as `grade -f json` writes it."""
    result = await visit.service.database.read(result_of, visit.handed.grading_id)
    if not result.reports:
        raise nothing_here()
    return Response(rendered(result.reports[0], "json", None), 200, None, "application/json")


async def report_in_html(visit: Visit) -> Response:
    """Return the report's page."""
    result = await visit.service.database.read(result_of, visit.handed.grading_id)
    if not result.reports:
        raise nothing_here()
    return html_response(rendered(result.reports[0], "html", None))


async def staff_json(visit: Visit) -> Response:
    """Return the report as who teaches may read it: with what hidden checks ask, as a rule."""
    text = rendered(await staff_report(visit), "json", None)
    return Response(text, 200, None, "application/json")


async def fields_of(
    visit: Visit, submission: SubmissionRecord
) -> tuple[SubmissionRecord, dict[str, Any]]:
    """Return a submission as it is now, and as JSON has it, with its report."""
    submission, grading, report = await visit.service.database.read(_known, submission)
    own = visit.service.settings.url
    return submission, {
        "id": submission.id,
        "course": submission.course_id,
        "exercise": submission.exercise,
        "state": submission.state.value,
        "submitted_at": submission.made_at,
        "position": visit.service.dispatcher.lanes.position(("", submission.number)),
        "score": grading.score if grading else None,
        "max_score": grading.max_score if grading else None,
        "problem": grading.problem if grading else "",
        "left_out": submission.note,
        "page": f"{own}/submissions/{submission.id}",
        "report": report,
    }


def _known(
    connection: Connection, submission: SubmissionRecord
) -> tuple[SubmissionRecord, Grading | None, Any]:
    """Return a submission as it is now, its grading, and the report as JSON has it."""
    submission = submission_numbered(connection, submission.number) or submission
    grading = grading_with(connection, submission.grading_id)
    reports = plain_result_of(connection, submission.grading_id).get("reports", [])
    return submission, grading, next(iter(reports), None)


def _answer(
    visit: Visit, submission: SubmissionRecord, fields: dict[str, Any], status: int
) -> Response:
    answer = json_answer(visit, fields, status)
    if status != 200:
        answer.headers["location"] = f"/v1/submissions/{submission.id}"
    if submission.is_waiting:
        answer.headers["retry-after"] = str(RETRY_S)
    return answer


async def _upload(visit: Visit) -> Upload:
    """Return what was sent: a form with files, or one file as the body."""
    kind = visit.request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        async with visit.request.form(
            max_files=MOST_FILES, max_fields=FORM_FIELDS, max_part_size=PART_BYTES
        ) as form:
            return await upload_of(form)
    content = await visit.request.body()
    named = NAMED.search(visit.request.headers.get("content-disposition", ""))
    name = unquote(named[1]) if named else NAMES.get(kind, "upload.py")
    return checked_upload([FileContent(name, content)])
