"""The teams of a Moodle assignment: whoever is in a group has the score of what it handed in."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from grader.course.gradebook.column_scores import ColumnScore
from grader.course.gradebook.matching import KnownStudent
from grader.course.gradebook.name_matching import bare
from grader.course.gradebook.refusals import Unpushable
from grader.course.push.moodle_assignment import THE_WORKSHEET, Fields
from grader.course.push.moodle_service import MoodleService
from grader.course.push.moodle_students import USERS
from grader.submissions.student import Student

BY_GROUPS: Final = "groups hand in together: each of their members gets the group's score"
NO_GROUP: Final = "no group of this name and number in the course"
SEVERAL: Final = "in several groups, of which Moodle counts none"


def members_scores(
    service: MoodleService, course: str, assignment: Fields, scores: Sequence[ColumnScore]
) -> tuple[list[ColumnScore], list[str]]:
    """Return the score of each group as its members', and the groups without any, with the reason.

    The name and number of a folder in Moodle's zip are the group's, and nobody's else, whatever a
    student is called. Whoever a roster names as a member is taken as it says.

    Raises:
        Unpushable: Moodle does not tell who is in which group.
    """
    users = service.ask(USERS, {"courseid": course})
    if not any("groups" in user for user in users):
        why = "is handed in by groups, and Moodle does not tell this token who is in them"
        raise Unpushable("this assignment", why, THE_WORKSHEET)
    within = bool(int(assignment.get("teamsubmissiongroupingid") or 0))
    handed = {one.person.student.file_id for one in scores}
    found: list[ColumnScore] = []
    lost: list[str] = []
    for one in scores:
        if one.person.member_of:
            found.append(one)
            continue
        members = list(_members(users, one.person.student))
        if not members:
            lost.append(f"{one.person.student.name or one.person.student.key}: {NO_GROUP}")
        for user in members:
            others = [group for group in _groups(user) if not within or group in handed]
            if len(others) > 1:
                lost.append(f"{user.get('fullname')}: {SEVERAL}")
            else:
                found.append(_as_member(one, user))
    return found, list(dict.fromkeys(lost))


def _members(users: Iterable[Fields], team: Student) -> Iterable[Fields]:
    name = bare(team.name)
    for user in users:
        if team.file_id and bare(_groups(user).get(team.file_id, "")) == name:
            yield user


def _groups(user: Fields) -> Mapping[str, str]:
    """Return the number and name of each group that somebody is in."""
    return {str(one["id"]): str(one.get("name", "")) for one in user.get("groups") or ()}


def _as_member(one: ColumnScore, user: Fields) -> ColumnScore:
    team = one.person.student
    account = str(user.get("username") or user["id"])
    student = Student(
        f"{team.key}, {account}",
        str(user.get("fullname") or ""),
        str(user.get("username") or ""),
        email=str(user.get("email") or ""),
    )
    person = KnownStudent(student, {}, vouched=True, member_of=team.key)
    return one._replace(person=person)
