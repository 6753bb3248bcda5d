"""The table of routes: each with the right that it asks for, and for a token its scope."""

from typing import Final

from grader.service.web.gate import RouteRow
from grader.service.web.pages import coursework, entry, health, results
from grader.service.web.rights import Right

COURSE: Final = "/courses/{course}"
EXERCISE: Final = COURSE + "/exercises/{track}/{exercise}"
SUBMISSION: Final = "/submissions/{submission}"

PAGES: Final = (
    RouteRow("GET", "/", entry.home, Right.ANYONE),
    RouteRow("GET", "/enter/{secret}", entry.door, Right.ANYONE),
    RouteRow("POST", "/enter/{secret}", entry.come_in, Right.ANYONE),
    RouteRow("POST", "/leave", entry.leave, Right.PERSON),
    RouteRow("GET", COURSE, coursework.course_page, Right.MEMBER),
    RouteRow("GET", EXERCISE, coursework.exercise_page, Right.MEMBER),
    RouteRow("POST", EXERCISE, coursework.submit, Right.MEMBER),
    RouteRow("GET", EXERCISE + "/starter", coursework.starter, Right.MEMBER),
    RouteRow("GET", SUBMISSION, results.submission_page, Right.OWNER),
    RouteRow("GET", SUBMISSION + "/report.html", results.report_page, Right.OWNER),
    RouteRow("GET", SUBMISSION + "/files/{name:path}", results.submitted_file, Right.OWNER),
    RouteRow("GET", "/healthz", health.health, Right.ANYONE),
)

ROUTES: Final = (*PAGES,)
