"""The most specific role counts, and none outside a course does."""

import pytest

from grader.service.database.people import Role
from grader.service.lti.roles import is_test_user, role_of
from tests.service.lti.lms import ASSISTANT, INSTRUCTOR, LEARNER, SYSTEM_ADMIN, TEST_USER

INSTITUTION = "http://purl.imsglobal.org/vocab/lis/v2/institution/person#Instructor"
MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership"


@pytest.mark.parametrize(
    ("roles", "role"),
    [
        ([LEARNER], Role.STUDENT),
        ([INSTRUCTOR], Role.INSTRUCTOR),
        ([INSTRUCTOR, ASSISTANT], Role.TA),
        ([ASSISTANT], Role.TA),
        ([INSTRUCTOR, ASSISTANT, f"{MEMBERSHIP}/Instructor#PrimaryInstructor"], Role.INSTRUCTOR),
        ([f"{MEMBERSHIP}/Instructor#Grader"], Role.TA),
        ([f"{MEMBERSHIP}#TeachingAssistant"], Role.TA),
        ([LEARNER, INSTRUCTOR], Role.INSTRUCTOR),
        ([f"{MEMBERSHIP}#Administrator"], Role.INSTRUCTOR),
        ([f"{MEMBERSHIP}#ContentDeveloper"], Role.INSTRUCTOR),
        (["Learner"], Role.STUDENT),
        (["Instructor"], Role.INSTRUCTOR),
        (["Instructor#TeachingAssistant"], Role.TA),
        (["urn:lti:role:ims/lis/TeachingAssistant"], Role.TA),
        ([f"{MEMBERSHIP}/Learner#GuestLearner"], Role.STUDENT),
        ([f"{MEMBERSHIP}#Mentor"], None),
        ([SYSTEM_ADMIN], None),
        ([INSTITUTION], None),
        ([INSTITUTION, LEARNER], Role.STUDENT),
        (["http://evil.example/membership#Instructor"], None),
        (["urn:lti:sysrole:ims/lis/Administrator"], None),
        ([], None),
        ([""], None),
    ],
)
def test_a_role_is_the_most_specific_one(roles: list[str], role: Role | None) -> None:
    assert role_of(roles) is role


def test_a_test_user_is_told_by_a_role_of_its_own() -> None:
    assert is_test_user([LEARNER, TEST_USER])
    assert not is_test_user([LEARNER])
