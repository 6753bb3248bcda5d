"""Who may ask for what: a right each, of which every route names one."""

from enum import StrEnum
from typing import NamedTuple

from starlette.requests import Request

from grader.service.database.courses import CourseExercise, CourseRecord, HiddenFor
from grader.service.database.credentials import ApiToken
from grader.service.database.lti.keyed import KeyedSession
from grader.service.database.people import STAFF, Person, Role
from grader.service.database.submissions import SubmissionRecord
from grader.service.problems import Problem, nothing_here
from grader.service.service import Service


class Right(StrEnum):
    """The right that a route asks for."""

    ANYONE = "anyone"
    LMS = "whoever an LMS has sent, from its site, with what it has signed"
    PERSON = "whoever is known"
    MEMBER = "whoever is in the course"
    OWNER = "whose submission it is, or who teaches the course"
    SELF = "whom it is about, or who runs the service"
    STAFF = "who teaches the course"
    INSTRUCTOR = "the course's instructor"
    ADMIN = "who runs the service"


class Visit(NamedTuple):
    """A request, by whom, and what it is about.

    Attributes:
        service: that is asked.
        request: of HTTP.
        person: who asks; None where nobody is known.
        token: with which, where a program asks.
        role: what the person is in the course, None where they are not in it.
        course: what the address names.
        exercise: of that course, as well.
        submission: as well; the course is then its own.
        keyed: the session, where its key is in the address: an LMS has opened it.
    """

    service: Service
    request: Request
    person: Person | None = None
    token: ApiToken | None = None
    role: Role | None = None
    course: CourseRecord | None = None
    exercise: CourseExercise | None = None
    submission: SubmissionRecord | None = None
    keyed: KeyedSession | None = None

    @property
    def who(self) -> Person:
        """Who asks, on a route for people who are known."""
        if self.person is None:
            raise Problem(401, "You have to come in first.")
        return self.person

    @property
    def where(self) -> CourseRecord:
        """The course, on a route that has one."""
        if self.course is None:
            raise nothing_here()
        return self.course

    @property
    def which(self) -> CourseExercise:
        """The exercise, on a route that has one."""
        if self.exercise is None:
            raise nothing_here()
        return self.exercise

    @property
    def handed(self) -> SubmissionRecord:
        """The submission, on a route that has one."""
        if self.submission is None:
            raise nothing_here()
        return self.submission

    @property
    def teaches(self) -> bool:
        """Whether the person sees everyone's work in the course."""
        return self.role in STAFF or self.runs

    @property
    def instructs(self) -> bool:
        """Whether the person may change the course."""
        return self.role is Role.INSTRUCTOR or self.runs

    @property
    def sees_hidden(self) -> bool:
        """Whether the person sees what the course's hidden checks ask."""
        if self.where.hidden_for is HiddenFor.STAFF:
            return self.teaches
        return self.where.hidden_for is HiddenFor.INSTRUCTOR and self.instructs

    @property
    def runs(self) -> bool:
        """Whether the person runs the service."""
        return self.person is not None and self.person.is_admin


def is_allowed(right: Right, visit: Visit) -> bool:
    """Return whether a visit has a right."""
    if right in (Right.ANYONE, Right.LMS):
        return True
    if visit.person is None:
        return False
    if right is Right.PERSON:
        return True
    if right is Right.MEMBER:
        return visit.role is not None or visit.runs
    if right is Right.OWNER:
        submission = visit.submission
        own = submission is not None and submission.person_id == visit.person.id
        return visit.teaches or (own and visit.role is not None)
    if right is Right.SELF:
        return visit.request.path_params["whom"] == visit.person.id or visit.runs
    if right is Right.STAFF:
        return visit.teaches
    return visit.instructs if right is Right.INSTRUCTOR else visit.runs
