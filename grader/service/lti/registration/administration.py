"""LMSs are registered from the command line, changed and removed there."""

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import Connection

from grader.errors import Misused
from grader.service.administration import Administration
from grader.service.check import Finding
from grader.service.database.lti.binding import bind_course, lms_course_called
from grader.service.database.lti.invitations import (
    LmsInvitation,
    confirm_lms,
    end_invitation,
    invitations,
    invite_lms,
)
from grader.service.database.lti.places import LmsCourse, lms_courses
from grader.service.database.lti.platforms import (
    LtiPlatform,
    NoSuchPlatform,
    add_deployment,
    add_platform,
    all_platforms,
    change_platform,
    courses_of,
    deployments_of,
    platform_called,
    remove_deployment,
    remove_platform,
)
from grader.service.lti.own_keys import OwnKeys
from grader.service.lti.registration.dynamic import registration_url
from grader.service.lti.registration.findings import platform_findings
from grader.service.lti.registration.kinds import (
    MissingAddress,
    checked_name,
    checked_platform,
    platform_of,
)
from grader.service.lti.tool import LtiTool


class CoursesLeft(Misused):
    """An LMS has courses, whose links would open nothing more."""

    def __init__(self, name: str, courses: int) -> None:
        super().__init__(
            f"courses that {name} has opened: {courses}; their links would open nothing more, no"
            " mark would go to it, and if it comes again, it makes new ones",
            hint=f"if that is meant: grade admin platform remove {name} --yes",
        )


class PlatformAdministration(Administration):
    """The LMSs of a service, changed by whoever has the machine."""

    def add_platform(self, platform: LtiPlatform, deployments: Sequence[str]) -> LtiPlatform:
        """Register an LMS, and return it.

        Raises:
            BadPlatformName: it cannot be called so.
            BadLmsAddress: one of its addresses cannot be used.
            PlatformTaken: it is registered already.
        """
        checked_platform(platform)
        return self._change(
            "add platform", lambda one: add_platform(one, platform, deployments, self._now())
        )

    def change_platform(self, name: str, kind: str, host: str, told: Mapping[str, str]) -> None:
        """Change what is told of an LMS; with a kind, all of its addresses are filled in anew.

        Raises:
            NoSuchPlatform: there is none.
            MissingAddress: an address of the school's is told without the kind, or the other way.
            BadLmsAddress, PlatformTaken, PeopleElsewhere: it cannot be changed so.
        """
        known = self.platform(name)
        if host and not kind:
            raise MissingAddress("--kind", "--at fills in the addresses of a kind of LMS")
        fields = {one: value for one, value in told.items() if value}
        if kind:
            filled = {"name": name, "client_id": known.client_id, **fields}
            changed = platform_of(kind, host, filled)._replace(id=known.id)
        else:
            client = fields.get("client_id", known.client_id)  # Blackboard's keys are by client
            keys = known.keys_url.replace(f"/{known.client_id}/", f"/{client}/")
            changed = known._replace(**{"keys_url": keys, **fields})
        checked_platform(changed)
        self._change("change platform", lambda one: change_platform(one, changed))

    def remove_platform(self, name: str, *, is_meant: bool) -> int:
        """Forget an LMS, and return how many courses it has opened, which stay.

        Raises:
            NoSuchPlatform: there is none.
            CoursesLeft: it has some, and it was not said that this is meant.
        """
        known = self.platform(name)
        courses = self._change("", lambda one: courses_of(one, known.id))
        if courses and not is_meant:
            raise CoursesLeft(name, courses)
        self._change("remove platform", lambda one: remove_platform(one, known.id))
        return courses

    def platforms(self) -> list[tuple[LtiPlatform, list[str]]]:
        """Return every LMS, with its deployments."""
        return self._change(
            "", lambda one: [(each, deployments_of(one, each.id)) for each in all_platforms(one)]
        )

    def platform(self, name: str) -> LtiPlatform:
        """Return an LMS by its name.

        Raises:
            NoSuchPlatform: there is none.
        """
        found = self._change("", lambda one: platform_called(one, name))
        if found is None:
            raise NoSuchPlatform(name)
        return found

    def deploy(self, name: str, deployment: str, *, ends: bool) -> bool:
        """Let an LMS open the service from a place of its own, or no more."""
        known = self.platform(name)
        if ends:
            return self._change(
                "end deployment", lambda one: remove_deployment(one, known.id, deployment)
            )
        self._change("deployment", lambda one: add_deployment(one, known.id, deployment))
        return True

    def courses_opened(self, name: str) -> list[LmsCourse]:
        """Return the courses of an LMS that have been opened."""
        known = self.platform(name)
        return [one for one in self._change("", lms_courses) if one.platform_id == known.id]

    def bind(self, name: str, word: str, course: str) -> LmsCourse:
        """Have a course of an LMS belong to another one of ours, and return it.

        Raises:
            NoSuchPlatform, NoSuchLmsCourse, NoSuchCourse: there is none.
            WorkThere: work was handed in where it belongs now.
        """
        known = self.platform(name)

        def bound(connection: Connection) -> LmsCourse:
            place = lms_course_called(connection, known.id, word)
            return bind_course(connection, place.id, course, self._now())

        return self._change("bind course", bound)

    def rotate_key(self) -> str:
        """Make a new key of ours, and return its name."""
        return OwnKeys(self._settings.data).rotate(self._now())

    async def test_platform(self, name: str, make_tool: Callable[[], LtiTool]) -> list[Finding]:
        """Return whether an LMS shows its keys, and gives us access."""
        platform, tool = self.platform(name), make_tool()
        try:
            return await platform_findings(platform, tool, self._now())
        finally:
            await tool.web.close()


class InvitationAdministration(Administration):
    """The invitations of LMSs, and whoever has come by one, from the command line."""

    def invite_lms(self, name: str) -> str:
        """Invite an LMS, and return the address that its admin enters there.

        Raises:
            BadPlatformName: it cannot be called so.
            PlatformTaken: one is called so.
        """
        checked_name(name)
        secret = self._change("invite LMS", lambda one: invite_lms(one, name, self._now()))
        return registration_url(self._settings.url, secret)

    def invitations(self) -> list[LmsInvitation]:
        """Return the invitations that are open, or by which an LMS has come."""
        return self._change("", lambda one: invitations(one, self._now()))

    def confirm(self, name: str) -> LtiPlatform:
        """Register the LMS that has come by an invitation, and return it.

        Raises:
            NoSuchInvitation: none has.
            PlatformTaken: it is registered already.
        """
        return self._change("add platform", lambda one: confirm_lms(one, name, self._now()))

    def refuse(self, name: str) -> bool:
        """Forget an invitation, and whoever has come by it; return whether there was one."""
        return self._change("refuse LMS", lambda one: end_invitation(one, name))
