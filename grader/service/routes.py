"""The table of routes: each with the right that it asks for, and for a token its scope."""

from typing import Final

from grader.service.api import courses, people, submissions
from grader.service.api.openapi import answers_with, description
from grader.service.database.credentials import SCOPES
from grader.service.lti.pages import choosing, exchange, launches, platforms, registering
from grader.service.web.gate import RouteRow
from grader.service.web.pages import (
    admin,
    changes,
    coursework,
    entry,
    events,
    health,
    myself,
    regrades,
    results,
    sheets,
    teaching,
)
from grader.service.web.pages import (
    people as people_pages,
)
from grader.service.web.rights import Right

COURSE: Final = "/courses/{course}"
EXERCISE: Final = COURSE + "/exercises/{track}/{exercise}"
PERSON: Final = COURSE + "/people/{person}"
REGRADE: Final = COURSE + "/regrades/{regrade}"
SUBMISSION: Final = "/submissions/{submission}"
LMS: Final = "/admin/lms/{lms}"
INVITATION: Final = "/admin/lms/invitations/{lms}"
V1: Final = "/v1/courses/{course}"
V1_SUBMISSION: Final = "/v1/submissions/{submission}"
V1_REGRADE: Final = V1 + "/regrades/{regrade}"
READ, GRADE, ADMIN = ("read",), ("grade",), ("admin",)
OWN: Final = ("read", "submit")
ANY: Final = SCOPES

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
    RouteRow("GET", SUBMISSION + "/staff-report.html", results.staff_report_page, Right.STAFF),
    RouteRow("GET", SUBMISSION + "/events", events.submission_events, Right.OWNER),
    RouteRow("GET", SUBMISSION + "/files/{name:path}", results.submitted_file, Right.OWNER),
    RouteRow("POST", SUBMISSION + "/second-look", changes.ask_again, Right.OWNER),
    RouteRow("POST", SUBMISSION + "/answer", changes.answer, Right.STAFF),
    RouteRow("GET", COURSE + "/people", teaching.class_page, Right.STAFF),
    RouteRow("GET", COURSE + "/events", events.course_events, Right.STAFF),
    RouteRow("GET", PERSON, teaching.person_page, Right.STAFF),
    RouteRow("POST", PERSON + "/overrides", changes.override, Right.STAFF),
    RouteRow("POST", PERSON + "/overrides/{number:int}/withdraw", changes.withdraw, Right.STAFF),
    RouteRow("POST", PERSON + "/extensions", changes.give_time, Right.STAFF),
    RouteRow("POST", COURSE + "/notes", changes.tell_all, Right.STAFF),
    RouteRow("POST", COURSE + "/invitations", changes.invite, Right.INSTRUCTOR),
    RouteRow("POST", COURSE + "/roster", people_pages.upload_roster, Right.INSTRUCTOR),
    RouteRow("POST", PERSON + "/role", people_pages.set_role, Right.INSTRUCTOR),
    RouteRow("POST", COURSE + "/sheets", sheets.fill_sheet, Right.STAFF),
    RouteRow("POST", COURSE + "/dates", changes.set_dates, Right.INSTRUCTOR),
    RouteRow("POST", COURSE + "/hidden", changes.set_hidden, Right.INSTRUCTOR),
    RouteRow("POST", COURSE + "/close", changes.close, Right.INSTRUCTOR),
    RouteRow("GET", COURSE + "/log", teaching.log_page, Right.STAFF),
    RouteRow("GET", COURSE + "/marks.csv", teaching.marks_csv, Right.STAFF),
    RouteRow("POST", COURSE + "/regrades", regrades.begin, Right.STAFF),
    RouteRow("GET", REGRADE, regrades.regrade_page, Right.STAFF),
    RouteRow("POST", REGRADE + "/publish", regrades.publish, Right.INSTRUCTOR),
    RouteRow("POST", REGRADE + "/undo", regrades.undo, Right.INSTRUCTOR),
    RouteRow("POST", REGRADE + "/drop", regrades.throw_away, Right.STAFF),
    RouteRow("GET", "/me", myself.my_page, Right.PERSON),
    RouteRow("GET", "/me/data", myself.my_data, Right.PERSON),
    RouteRow("POST", "/me/tokens", myself.new_token, Right.PERSON),
    RouteRow("POST", "/me/tokens/{token}/revoke", myself.revoke, Right.PERSON),
    RouteRow("POST", "/me/forget", myself.forget_me, Right.PERSON),
    RouteRow("GET", "/admin", admin.admin_page, Right.ADMIN),
    RouteRow("POST", "/admin/courses", admin.new_course, Right.ADMIN),
    RouteRow("POST", "/admin/tokens/{token}/revoke", admin.revoke_anybodys, Right.ADMIN),
    RouteRow("POST", "/admin/retention", admin.remove_old, Right.ADMIN),
    RouteRow("POST", "/admin/backup", admin.backup, Right.ADMIN),
    RouteRow("GET", "/healthz", health.health, Right.ANYONE),
)

LTI: Final = (
    RouteRow("GET", "/lti/keys", launches.keys, Right.ANYONE),
    RouteRow("GET", "/lti/login", launches.login, Right.LMS),
    RouteRow("POST", "/lti/login", launches.login, Right.LMS),
    RouteRow("POST", "/lti/launch", launches.launch, Right.LMS),
    RouteRow("POST", "/lti/bound", launches.bound, Right.ANYONE),
    RouteRow("GET", "/lti/register/{secret}", registering.register_page, Right.LMS),
    RouteRow("POST", "/lti/register/{secret}", registering.register, Right.ANYONE),
    RouteRow("GET", COURSE + "/links", choosing.link_page, Right.MEMBER),
    RouteRow("POST", COURSE + "/links", choosing.choose, Right.INSTRUCTOR),
    RouteRow("GET", COURSE + "/pick", choosing.pick_page, Right.STAFF),
    RouteRow("POST", COURSE + "/pick", choosing.pick, Right.STAFF),
    RouteRow("GET", COURSE + "/lms", exchange.exchange_page, Right.STAFF),
    RouteRow("POST", COURSE + "/lms", exchange.send_again, Right.STAFF),
    RouteRow("POST", COURSE + "/lms/roster", exchange.read_roster, Right.INSTRUCTOR),
    RouteRow("GET", "/admin/lms", platforms.platforms_page, Right.ADMIN),
    RouteRow("POST", "/admin/lms", platforms.add, Right.ADMIN),
    RouteRow("POST", "/admin/lms/invitations", platforms.invite, Right.ADMIN),
    RouteRow("POST", INVITATION + "/confirm", platforms.confirm, Right.ADMIN),
    RouteRow("POST", INVITATION + "/refuse", platforms.refuse, Right.ADMIN),
    RouteRow("GET", LMS, platforms.platform_page, Right.ADMIN),
    RouteRow("POST", LMS + "/test", platforms.ask, Right.ADMIN),
    RouteRow("POST", LMS + "/deployments", platforms.deploy, Right.ADMIN),
    RouteRow("POST", LMS + "/courses", platforms.bind, Right.ADMIN),
)

API: Final = (
    RouteRow("GET", "/v1/me", people.me, Right.PERSON, ANY),
    RouteRow("GET", V1 + "/exercises", courses.exercises, Right.MEMBER, READ),
    RouteRow(
        "POST",
        V1 + "/exercises/{track}/{exercise}/submissions",
        submissions.submit,
        Right.MEMBER,
        ("submit",),
    ),
    RouteRow("GET", V1_SUBMISSION, submissions.read, Right.OWNER, OWN),
    RouteRow("GET", V1_SUBMISSION + "/report.json", submissions.report_in_json, Right.OWNER, OWN),
    RouteRow("GET", V1_SUBMISSION + "/report.html", submissions.report_in_html, Right.OWNER, OWN),
    RouteRow(
        "GET", V1_SUBMISSION + "/staff-report.json", submissions.staff_json, Right.STAFF, GRADE
    ),
    RouteRow("GET", V1_SUBMISSION + "/events", events.submission_events, Right.OWNER, OWN),
    RouteRow("GET", V1 + "/marks", courses.marks, Right.STAFF, READ),
    RouteRow("GET", V1 + "/hidden", courses.read_hidden, Right.STAFF, READ),
    RouteRow("PUT", V1 + "/hidden", courses.set_hidden, Right.INSTRUCTOR, GRADE),
    RouteRow("PUT", V1 + "/people/{person}/override", courses.override, Right.STAFF, GRADE),
    RouteRow("POST", V1 + "/regrades", courses.begin_regrade, Right.STAFF, GRADE),
    RouteRow("GET", V1_REGRADE, courses.read_regrade, Right.STAFF, GRADE),
    RouteRow("POST", V1_REGRADE + "/publish", courses.publish, Right.INSTRUCTOR, GRADE),
    RouteRow("POST", V1_REGRADE + "/undo", courses.undo, Right.INSTRUCTOR, GRADE),
    RouteRow("GET", "/v1/people/{whom}", people.export, Right.SELF, ADMIN),
    RouteRow("DELETE", "/v1/people/{whom}", people.forget_person, Right.SELF, ADMIN),
    RouteRow("GET", "/metrics", health.metrics, Right.ADMIN, ADMIN),
)

OPENAPI: Final = answers_with(description(API))
DESCRIBED: Final = RouteRow("GET", "/v1/openapi.json", OPENAPI, Right.ANYONE)

ROUTES: Final = (*PAGES, *LTI, *API, DESCRIBED)
