"""An assignment as Moodle's web services tell of it, and why marks would not arrive there."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from grader.course.gradebook.refusals import GradedOtherwise, NoPoints, Unpushable
from grader.course.push.lms import LmsAssignment, points
from grader.course.push.moodle_service import MoodleService
from grader.course.push.web import NotAllowed, NotThere

FLAGS: Final = "mod_assign_get_user_flags"
METHODS: Final = "core_grading_get_definitions"
BY_ID: Final = "id:"
NO_ACCESS_RIGHTS: Final = "1"
"""The code of Moodle's warning that the token's owner may not do this here."""

THE_WORKSHEET: Final = "`grade export --to moodle` fills the worksheet"

Fields = Mapping[str, Any]


def find_assignment(service: MoodleService, course: str, number: str) -> Fields:
    """Return the assignment that has a number in its page's address, or the id after "id:".

    Raises:
        NotThere: there is none.
    """
    answer = _assignments(service, {"courseids[0]": course})
    every = list(_every(answer))
    if not every:
        # an admin who is not enrolled sees a course's assignments by this word alone
        answer = _assignments(service, {"courseids[0]": course, "includenotenrolledcourses": "1"})
        every = list(_every(answer))
    name, wanted = ("id", number[len(BY_ID) :]) if number.startswith(BY_ID) else ("cmid", number)
    for one in every:
        if str(one.get(name)) == wanted:
            return one
    says = "; ".join(str(one.get("message", "")) for one in answer.get("warnings") or ())
    alike = next((one for one in every if str(one.get("id")) == wanted), None)
    hint = f"{BY_ID}{wanted} means {alike['name']!r}, whose id it is" if alike else ""
    raise NotThere(f"assignment {number} in course {course}", says, hint)


def as_assignment(service: MoodleService, fields: Fields) -> LmsAssignment:
    """Return an assignment to which points can be sent.

    Raises:
        GradedOtherwise: it is graded on a scale.
        NoPoints: it counts none.
        Unpushable: it is graded by a rubric.
    """
    grade = points(fields.get("grade", 0))
    if grade < 0:  # the number of a scale
        raise GradedOtherwise("this assignment", "on a scale")
    if grade == 0:
        raise NoPoints("this assignment")
    method = _method(service, fields)
    if method:
        why = f"is graded by a {method}, and Moodle keeps no points that come without it"
        raise Unpushable("this assignment", why, "enter the grades by hand")
    return LmsAssignment(str(fields.get("name") or fields["id"]), grade)


def is_of_teams(fields: Fields) -> bool:
    """Return whether groups hand in, and their members have one submission together."""
    return _is(fields, "teamsubmission")


def is_blind(fields: Fields) -> bool:
    """Return whether Moodle hides from those who mark whose submission it is."""
    return _is(fields, "blindmarking") and not _is(fields, "revealidentities")


def has_workflow(fields: Fields) -> bool:
    """Return whether a grade has a state, from "not marked" to "released"."""
    return _is(fields, "markingworkflow")


def states(service: MoodleService, fields: Fields) -> dict[str, str]:
    """Return the state of each student's grade; without one, nobody has looked at it yet.

    Raises:
        Unpushable: Moodle does not tell, and a grade would lose its state.
    """
    if not has_workflow(fields):
        return {}
    answer = service.ask_if_there(FLAGS, of_assignment(fields))
    if answer is None:
        why = "has a marking workflow, and a push would take back what is released already"
        hint = f"the token's service needs {FLAGS}, which says what is; or {THE_WORKSHEET}"
        raise Unpushable("this assignment", why, hint)
    return {
        str(one["userid"]): str(one.get("workflowstate") or "")
        for some in answer.get("assignments") or ()
        for one in some.get("userflags") or ()
    }


def grades(service: MoodleService, fields: Fields) -> dict[str, float | None]:
    """Return the grade of each student who has one, or none yet.

    Raises:
        NotAllowed: the token's owner may not see grades here, and so not give them.
    """
    answer = service.ask("mod_assign_get_grades", of_assignment(fields))
    for warning in answer.get("warnings") or ():
        if str(warning.get("warningcode")) == NO_ACCESS_RIGHTS:
            raise NotAllowed(f": {warning.get('message', '')}", "MOODLE_TOKEN")
    return {
        str(one["userid"]): score if (score := points(one["grade"])) >= 0 else None
        for some in answer["assignments"]
        for one in some["grades"]
    }


def of_assignment(fields: Fields) -> dict[str, str]:
    """Return the form that names an assignment."""
    return {"assignmentids[0]": str(fields["id"])}


def _assignments(service: MoodleService, form: Mapping[str, str]) -> Any:
    return service.ask("mod_assign_get_assignments", form)


def _every(answer: Mapping[str, Any]) -> Iterable[Fields]:
    return (one for course in answer.get("courses") or () for one in course["assignments"])


def _method(service: MoodleService, fields: Fields) -> str:
    """Return what an assignment is graded by besides points, "rubric" say; "" where by nothing."""
    form = {"cmids[0]": str(fields["cmid"]), "areaname": "submissions"}
    answer = service.ask_if_there(METHODS, form) or {}
    return next((str(one.get("activemethod") or "") for one in answer.get("areas") or ()), "")


def _is(fields: Fields, name: str) -> bool:
    return bool(int(fields.get(name) or 0))
