"""What an LMS signs about a launch: whose it is, where, and what it wants."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from grader.engines.text import visible

LTI: Final = "https://purl.imsglobal.org/spec/lti/claim/"
ADVANTAGE: Final = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
ROSTER: Final = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
PICKING: Final = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings"
FOR_USER: Final = LTI + "for_user"

RESOURCE: Final = "LtiResourceLinkRequest"
DEEP_LINKING: Final = "LtiDeepLinkingRequest"
REVIEW: Final = "LtiSubmissionReviewRequest"
PRIVACY: Final = "LtiDataPrivacyLaunchRequest"
MESSAGES: Final = (RESOURCE, DEEP_LINKING, REVIEW, PRIVACY)
LONGEST: Final = 255
LONGEST_TITLE: Final = 200


class LaunchPlace(NamedTuple):
    """A course of an LMS.

    Attributes:
        deployment: where in the LMS.
        id: of the course there.
        label: its short name.
        title: its name.
    """

    deployment: str
    id: str
    label: str
    title: str


class Launch(NamedTuple):
    """A launch that was checked, as plain values; "" stands for what was not said.

    Attributes:
        message: of MESSAGES.
        sub: who, as the LMS knows them; "" where it tells nobody.
        name: theirs.
        email: theirs.
        roles: as the LMS says them.
        place: the course; None where there is none.
        link: the id of the link that was opened.
        exercise: that the link names.
        lineitem: where the marks of this link go.
        lineitems: where line items of the course are.
        scopes: what may be done with these.
        members: where the roster is.
        frame: the address to which the LMS wants people back, whose page frames ours.
        picking: what is to be picked.
        for_sub: whose submission is to be shown.
    """

    message: str
    sub: str
    name: str
    email: str
    roles: tuple[str, ...]
    place: LaunchPlace | None
    link: str
    exercise: str
    lineitem: str
    lineitems: str
    scopes: tuple[str, ...]
    members: str
    frame: str
    picking: Mapping[str, Any]
    for_sub: str


def launch_in(claims: Mapping[str, Any]) -> Launch:
    """Return the launch that checked claims tell of."""
    grades, roster = _object(claims, ADVANTAGE), _object(claims, ROSTER)
    return Launch(
        message=_text(claims, LTI + "message_type"),
        sub=_text(claims, "sub"),
        name=_shown(claims, "name") or _both_names(claims),
        email=_shown(claims, "email"),
        roles=_texts(claims, LTI + "roles"),
        place=_place(claims),
        link=_text(_object(claims, LTI + "resource_link"), "id"),
        exercise=_custom(claims, "exercise"),
        lineitem=_text(grades, "lineitem", 2000),
        lineitems=_text(grades, "lineitems", 2000),
        scopes=_texts(grades, "scope"),
        members=_text(roster, "context_memberships_url", 2000),
        frame=_text(_object(claims, LTI + "launch_presentation"), "return_url", 2000),
        picking=_object(claims, PICKING),
        for_sub=_text(_object(claims, FOR_USER), "user_id"),
    )


def _place(claims: Mapping[str, Any]) -> LaunchPlace | None:
    context = _object(claims, LTI + "context")
    course, deployment = _text(context, "id"), _text(claims, LTI + "deployment_id")
    if not course:
        return None
    label, title = _shown(context, "label"), _shown(context, "title")
    return LaunchPlace(deployment, course, label, title or label)


def _custom(claims: Mapping[str, Any], name: str) -> str:
    """Return a value of the link's own; one that the LMS has left as it was says nothing."""
    value = _text(_object(claims, LTI + "custom"), name)
    return "" if value.startswith("$") else value.strip()


def _both_names(claims: Mapping[str, Any]) -> str:
    return " ".join(filter(None, (_shown(claims, "given_name"), _shown(claims, "family_name"))))


def _object(claims: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = claims.get(name)
    return found if isinstance(found, Mapping) else {}


def _text(claims: Mapping[str, Any], name: str, longest: int = LONGEST) -> str:
    found = claims.get(name)
    return found if isinstance(found, str) and len(found) <= longest else ""


def _texts(claims: Mapping[str, Any], name: str) -> tuple[str, ...]:
    found = claims.get(name)
    if not isinstance(found, list):
        return ()
    return tuple(one for one in found if isinstance(one, str))


def _shown(claims: Mapping[str, Any], name: str) -> str:
    found = claims.get(name)
    return visible(found, LONGEST_TITLE).strip() if isinstance(found, str) else ""
