"""What somebody is in a course, of all that an LMS says about them: the most specific counts."""

from collections.abc import Iterable
from typing import Final

from grader.service.database.people import Role

CONTEXT: Final = (
    "http://purl.imsglobal.org/vocab/lis/v2/membership#",
    "http://purl.imsglobal.org/vocab/lis/v2/membership/",
    "urn:lti:role:ims/lis/",
)
TEST: Final = "http://purl.imsglobal.org/vocab/lti/system/person#TestUser"
ASSISTS: Final = frozenset(
    {
        *("TeachingAssistant", "TeachingAssistantGroup", "TeachingAssistantOffering"),
        *("TeachingAssistantSection", "TeachingAssistantSectionAssociation"),
        *("TeachingAssistantTemplate", "Grader"),
    }
)
INSTRUCTS: Final = frozenset({"Instructor", "ContentDeveloper", "Administrator", "Faculty"})
LEARNS: Final = frozenset({"Learner", "Student"})


def role_of(roles: Iterable[str]) -> Role | None:
    """Return the role in a course, None where none of the roles is one.

    A TA is `Instructor` and `Instructor#TeachingAssistant` at once, on Canvas and by the standard.
    What somebody is in the whole LMS, its administrator say, makes nobody anything in a course.
    """
    named = [parts for one in roles if (parts := _parts(one))]
    if any(sub in ASSISTS or (not sub and main in ASSISTS) for main, sub in named):
        leads = any(main == "Instructor" and sub and sub not in ASSISTS for main, sub in named)
        return Role.INSTRUCTOR if leads else Role.TA
    if any(main in INSTRUCTS for main, _ in named):
        return Role.INSTRUCTOR
    return Role.STUDENT if any(main in LEARNS for main, _ in named) else None


def is_test_user(roles: Iterable[str]) -> bool:
    """Return whether this is nobody, but how the LMS lets teachers see what students see."""
    return TEST in roles


def _parts(role: str) -> tuple[str, str] | None:
    """Return a role in a course and the kind of it, "" for none; None for a role elsewhere."""
    for start in CONTEXT:
        if role.startswith(start):
            role = role[len(start) :]
            break
    else:
        if ":" in role or role.startswith("http"):
            return None
    main, _, sub = role.replace("/", "#").partition("#")
    return main, sub
