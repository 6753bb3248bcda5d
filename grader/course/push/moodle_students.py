"""The students of a Moodle course, with the grade of an assignment that each of them has."""

from typing import Final

from grader.course.push.lms import LmsStudent
from grader.course.push.moodle_assignment import Fields, grades, is_blind, of_assignment
from grader.course.push.moodle_service import MoodleService

MAPPINGS: Final = "mod_assign_get_user_mappings"
ITEMS: Final = "gradereport_user_get_grade_items"
USERS: Final = "core_enrol_get_enrolled_users"
LOCKED: Final = "its grade is locked in the gradebook"
OVERRIDDEN: Final = "its grade is overridden in the gradebook"
SUSPENDED: Final = "suspended in this course"


def students(service: MoodleService, course: str, assignment: Fields) -> list[LmsStudent]:
    """Return everyone enrolled, with what stands there, and what speaks against another grade."""
    standing, numbers = grades(service, assignment), _participants(service, assignment)
    barred = held_fast(service, course, assignment)
    users = service.ask(USERS, {"courseid": course})
    active = _active(service, course)
    every = []
    for user in users:
        number = str(user["id"])
        account = _account(user, standing.get(number), numbers.get(number, ""))
        suspended = "" if active is None or number in active else SUSPENDED
        account = account._replace(locked=suspended, barred=barred.get(number, ""))
        every.append(_hidden(account) if is_blind(assignment) else account)
    return every


def held_fast(service: MoodleService, course: str, assignment: Fields) -> dict[str, str]:
    """Return those whose grade the gradebook holds fast, with the reason; none if it is not told.

    Returns:
        A user's number → the reason.
    """
    answer = service.ask_if_there(ITEMS, {"courseid": course, "userid": "0"}) or {}
    return {
        str(some["userid"]): reason
        for some in answer.get("usergrades") or ()
        for one in some.get("gradeitems") or ()
        if _is_of(one, assignment) and (reason := _why_held(one))
    }


def _participants(service: MoodleService, assignment: Fields) -> dict[str, str]:
    """Return the number that each user has in the zip and the worksheet."""
    answer = service.ask_if_there(MAPPINGS, of_assignment(assignment)) or {}
    return {
        str(one["userid"]): str(one["id"])
        for some in answer.get("assignments") or ()
        for one in some.get("mappings") or ()
    }


def _active(service: MoodleService, course: str) -> set[str] | None:
    """Return those who are not suspended; None where Moodle does not tell."""
    option = {"options[0][name]": "onlyactive", "options[0][value]": "1"}
    users = service.ask_if_there(USERS, {"courseid": course, **option})
    return None if users is None else {str(user["id"]) for user in users}


def _is_of(item: Fields, assignment: Fields) -> bool:
    """Return whether an item of the gradebook is an assignment's points, and no outcome of it."""
    ours = ("assign", str(assignment["id"]), "0")
    return ours == tuple(
        str(item.get(name)) for name in ("itemmodule", "iteminstance", "itemnumber")
    )


def _why_held(item: Fields) -> str:
    if item.get("gradeislocked") or item.get("locked"):
        return LOCKED
    return OVERRIDDEN if item.get("gradeisoverridden") else ""


def _account(user: Fields, score: float | None, number: str) -> LmsStudent:
    ids = {kind: user.get(key) for kind, key in
           (("login", "username"), ("number", "idnumber"), ("email", "email"))}  # fmt: skip
    ids["participant"] = number
    return LmsStudent(
        str(user["id"]),
        str(user.get("fullname") or user["id"]),
        {kind: str(text) for kind, text in ids.items() if text},
        score,
    )


def _hidden(account: LmsStudent) -> LmsStudent:
    """Return a student under the number that stands for them where marking is blind."""
    number = account.ids.get("participant", "")
    return account._replace(name=f"Participant {number}".strip(), ids={"participant": number})
