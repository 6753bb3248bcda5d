"""The table of routes: each with the right that it asks for, and for a token its scope."""

from typing import Final

from grader.service.web.gate import RouteRow
from grader.service.web.pages import (
    changes,
    coursework,
    entry,
    health,
    regrades,
    results,
    teaching,
)
from grader.service.web.rights import Right

COURSE: Final = "/courses/{course}"
EXERCISE: Final = COURSE + "/exercises/{track}/{exercise}"
PERSON: Final = COURSE + "/people/{person}"
REGRADE: Final = COURSE + "/regrades/{regrade}"
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
    RouteRow("POST", SUBMISSION + "/second-look", changes.ask_again, Right.OWNER),
    RouteRow("POST", SUBMISSION + "/answer", changes.answer, Right.STAFF),
    RouteRow("GET", COURSE + "/people", teaching.class_page, Right.STAFF),
    RouteRow("GET", PERSON, teaching.person_page, Right.STAFF),
    RouteRow("POST", PERSON + "/overrides", changes.override, Right.STAFF),
    RouteRow("POST", PERSON + "/overrides/{number:int}/withdraw", changes.withdraw, Right.STAFF),
    RouteRow("POST", PERSON + "/extensions", changes.give_time, Right.STAFF),
    RouteRow("POST", COURSE + "/notes", changes.tell_all, Right.STAFF),
    RouteRow("POST", COURSE + "/invitations", changes.invite, Right.INSTRUCTOR),
    RouteRow("POST", COURSE + "/dates", changes.set_dates, Right.INSTRUCTOR),
    RouteRow("POST", COURSE + "/close", changes.close, Right.INSTRUCTOR),
    RouteRow("GET", COURSE + "/log", teaching.log_page, Right.STAFF),
    RouteRow("GET", COURSE + "/marks.csv", teaching.marks_csv, Right.STAFF),
    RouteRow("POST", COURSE + "/regrades", regrades.begin, Right.STAFF),
    RouteRow("GET", REGRADE, regrades.regrade_page, Right.STAFF),
    RouteRow("POST", REGRADE + "/publish", regrades.publish, Right.INSTRUCTOR),
    RouteRow("POST", REGRADE + "/undo", regrades.undo, Right.INSTRUCTOR),
    RouteRow("POST", REGRADE + "/drop", regrades.throw_away, Right.STAFF),
    RouteRow("GET", "/healthz", health.health, Right.ANYONE),
)

ROUTES: Final = (*PAGES,)
