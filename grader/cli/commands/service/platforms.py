"""`grade admin platform …`: the LMSs that may open the service."""

import asyncio
import json
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from grader.cli.commands.service.admin_options import admin_command, settings_at_address
from grader.cli.commands.service.serve import settings_of
from grader.cli.errors import SUCCESS, TO_FIX

if TYPE_CHECKING:
    from grader.service.lti.registration.administration import (
        InvitationAdministration,
        PlatformAdministration,
    )

KINDS = ("canvas", "moodle", "blackboard", "brightspace")


@click.group
def platform() -> None:
    """Let an LMS open exercises by LTI 1.3, and send it marks."""


_command = partial(admin_command, platform)


def _administration(options: dict[str, Any]) -> "PlatformAdministration":
    settings = settings_at_address(options)
    from grader.service.lti.registration.administration import PlatformAdministration

    return PlatformAdministration(settings)


def _invitations(options: dict[str, Any]) -> "InvitationAdministration":
    settings = settings_at_address(options)
    from grader.service.lti.registration.administration import InvitationAdministration

    return InvitationAdministration(settings)


def _addresses(function: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option("--frames", default="", help="Further origins of its pages, with spaces."),
        click.option("--audience", default="", help="Of requests for access, if it wants another."),
        click.option("--keys-url", default="", help="Where its keys are: its JWKS."),
        click.option("--token-url", default="", help="Where access is asked for."),
        click.option("--login-url", default="", help="Where browsers are sent: its OIDC address."),
        click.option("--issuer", default="", help="By which the LMS signs."),
        click.option("--at", "host", default="", help="The school's LMS: https://HOST."),
        click.option("--kind", type=click.Choice(KINDS), help="Fills in the addresses of these."),
    ):
        function = option(function)
    return function


@_command
@click.argument("name")
@_addresses
@click.option("--client-id", required=True, help="By which the LMS knows the service.")
@click.option("--deployment", "deployments", multiple=True, help="From where in the LMS.")
def add(
    name: str, kind: str | None, host: str, deployments: tuple[str, ...], **options: Any
) -> int:
    """Register an LMS as NAME: small letters, for yourself."""
    service = _administration(options)
    from grader.service.lti.registration.kinds import platform_of

    told = platform_of(kind or "", host, {"name": name, **options})
    made = service.add_platform(told, deployments)
    click.echo(f"{made.name}: {made.issuer}, client {made.client_id}")
    if not deployments:
        click.echo(f"its deployment is missing: grade admin platform deploy {name} ID", err=True)
    return SUCCESS


@_command
@click.argument("name")
@_addresses
@click.option("--client-id", default="", help="By which the LMS knows the service.")
def change(name: str, kind: str | None, host: str, **options: Any) -> int:
    """Change what is named of the LMS NAME; its courses and people stay with it."""
    service = _administration(options)
    told = ("client_id", "issuer", "login_url", "token_url", "keys_url", "audience", "frames")
    service.change_platform(name, kind or "", host, {one: options[one] for one in told})
    made = service.platform(name)
    click.echo(f"{made.name}: {made.issuer}, client {made.client_id}")
    return SUCCESS


@_command
@click.argument("name")
@click.option("--yes", "is_meant", is_flag=True, help="Even if it has opened courses.")
def remove(name: str, is_meant: bool, **options: Any) -> int:
    """Let the LMS NAME open nothing more; courses, people and marks stay here."""
    courses = _administration(options).remove_platform(name, is_meant=is_meant)
    click.echo(f"{name} is registered no more; its courses stay, with people and marks: {courses}")
    return SUCCESS


@_command
@click.argument("name")
@click.argument("deployment")
@click.option("--end", "ends", is_flag=True, help="No more from there.")
def deploy(name: str, deployment: str, ends: bool, **options: Any) -> int:
    """Let the LMS NAME open the service from its DEPLOYMENT, an id that it shows."""
    done = _administration(options).deploy(name, deployment, ends=ends)
    now = "" if not ends else " no more" if done else " was not there"
    click.echo(f"{name}: {deployment}{now}")
    return SUCCESS


@_command
def list_(**options: Any) -> int:
    """List the LMSs that may open the service."""
    for one, deployments in _administration(options).platforms():
        places = ", ".join(deployments) or "none"
        click.echo(f"{one.name}  {one.issuer}  client {one.client_id}  deployments: {places}")
    for guest in _invitations(options).invitations():
        came = guest.platform
        says = f"{came.issuer}  waits: grade admin platform confirm {guest.name}" if came else ""
        click.echo(f"{guest.name}  {says or 'is invited'}")
    return SUCCESS


@_command
@click.argument("name")
def invite(name: str, **options: Any) -> int:
    """Print an address by which an LMS registers as NAME, once, within a week; --url is needed."""
    click.echo(_invitations(options).invite_lms(name))
    return SUCCESS


@_command
@click.argument("name")
def confirm(name: str, **options: Any) -> int:
    """Let the LMS that has registered as NAME open exercises."""
    made = _invitations(options).confirm(name)
    click.echo(f"{made.name}: {made.issuer}, client {made.client_id}")
    return SUCCESS


@_command
@click.argument("name")
def refuse(name: str, **options: Any) -> int:
    """Forget the invitation of NAME, and the LMS that has come by it."""
    done = _invitations(options).refuse(name)
    click.echo(f"{name} is invited no more" if done else f"{name} was not invited")
    return SUCCESS


@_command
@click.argument("name")
def courses(name: str, **options: Any) -> int:
    """List the courses that the LMS NAME has opened, and which of ours each of them is."""
    for one in _administration(options).courses_opened(name):
        click.echo(f"{one.lms_id}  {one.title}  is {one.course_id}")
    return SUCCESS


@_command
@click.argument("name")
@click.argument("lms_course")
@click.argument("course")
def bind(name: str, lms_course: str, course: str, **options: Any) -> int:
    """Have LMS_COURSE, an id or name in the LMS NAME, be COURSE here, until work is handed in."""
    made = _administration(options).bind(name, lms_course, course)
    click.echo(f"{made.title or made.lms_id} is {made.course_id}")
    return SUCCESS


@_command
@click.argument("name")
def test(name: str, **options: Any) -> int:
    """Ask the LMS NAME for its keys and for access; 1 if it gives none."""
    service = _administration(options)
    from grader.service.lti.tool import lti_tool

    data = settings_of(options).data
    findings = asyncio.run(service.test_platform(name, lambda: lti_tool(data)))
    for one in findings:
        click.echo(f"{'ok ' if one.is_well else 'NO '} {one.what:<7} {one.says}")
    return SUCCESS if all(one.is_well for one in findings) else TO_FIX


@_command
def canvas(**options: Any) -> int:
    """Print the JSON for a developer key of Canvas's."""
    _administration(options)
    from grader.service.lti.registration.kinds import canvas_key
    from grader.service.settings import own_address

    click.echo(json.dumps(canvas_key(own_address(options["url"])), indent=2))
    return SUCCESS


@_command
def rotate(**options: Any) -> int:
    """Make a new key to sign with, which takes over after a day."""
    click.echo(_administration(options).rotate_key())
    return SUCCESS
