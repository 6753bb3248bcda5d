"""`grade admin …`: what an admin of the service does from the command line."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.cli.commands.service.admin_options import admin_command, settings_at_address
from grader.cli.commands.service.platforms import platform
from grader.cli.commands.service.serve import require_packages, settings_of
from grader.cli.errors import SUCCESS

if TYPE_CHECKING:
    from grader.service.administration import Administration

ROLES = ("student", "ta", "instructor")
SCOPES = ("submit", "read", "grade", "admin")
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
A_FILE = click.Path(dir_okay=False, exists=True, path_type=Path)


@click.group
def admin() -> None:
    """Run the service: courses, people, tokens, backups, and what is kept for how long."""


admin.add_command(platform)


_command = partial(admin_command, admin)


def _administration(options: dict[str, Any]) -> "Administration":
    settings = settings_at_address(options)
    from grader.service.administration import Administration

    return Administration(settings)


@_command
@click.argument("name")
@click.argument("exercises", nargs=-1, required=True)
@click.option("--title", default="", help="As people read it [NAME].")
@click.option("--best", is_flag=True, help="The best submission counts, and not the newest.")
def course(name: str, exercises: tuple[str, ...], title: str, best: bool, **options: Any) -> int:
    """Make a course NAME of EXERCISES: their names, or those of tracks."""
    service = _administration(options)
    from grader.service.database.courses import CourseRecord

    made = CourseRecord(name, title or name, "best" if best else "newest")
    paths = service.make_course(made, exercises)
    click.echo(f"{name}: {len(paths)} exercises")
    click.echo(service.invite(name, _role("instructor"), 1))
    return SUCCESS


@_command
def courses(**options: Any) -> int:
    """List the courses."""
    for one in _administration(options).courses():
        click.echo(f"{one.id}  {one.title}{'  (closed)' if one.closed_at else ''}")
    return SUCCESS


@_command
@click.argument("course")
@click.option("--role", type=click.Choice(ROLES), default="student", show_default=True)
@click.option("--uses", type=click.IntRange(1, 2000), default=1, show_default=True)
def invite(course: str, role: str, uses: int, **options: Any) -> int:
    """Print a link that lets people into a COURSE."""
    click.echo(_administration(options).invite(course, _role(role), uses))
    return SUCCESS


@_command
@click.argument("person")
@click.option("--admin", "is_admin", is_flag=True, help="Make them, as who runs the service.")
def link(person: str, is_admin: bool, **options: Any) -> int:
    """Print a link that lets in one PERSON: an email, a number or an id."""
    click.echo(_administration(options).let_in(person, is_admin=is_admin))
    return SUCCESS


@_command
@click.argument("course")
@click.argument("file", type=A_FILE)
def people(course: str, file: Path, **options: Any) -> int:
    """Add the people of a CSV FILE to a COURSE: name,email,student_number,role."""
    service = _administration(options)
    from grader.service.roster import people_in

    click.echo(f"{service.enrol(course, people_in(file))} people are in {course}")
    return SUCCESS


@_command
@click.argument("person")
@click.option("--label", required=True, help="What it is for.")
@click.option("--scope", "scopes", multiple=True, required=True, type=click.Choice(SCOPES))
def token(person: str, label: str, scopes: tuple[str, ...], **options: Any) -> int:
    """Print a new token of a PERSON's, which can never do more than they."""
    click.echo(_administration(options).token(person, label, scopes))
    return SUCCESS


@_command
@click.argument("file", type=NEW_FILE)
def backup(file: Path, **options: Any) -> int:
    """Write all that the service knows into a new FILE, while it runs."""
    _administration(options).back_up(file)
    click.echo(f"{file}, {file.stat().st_size >> 10} KB")
    return SUCCESS


@_command
@click.argument("file", type=A_FILE)
def restore(file: Path, **options: Any) -> int:
    """Write a backup into an empty database, of the same kind or the other."""
    _administration(options).restore(file)
    click.echo(f"{file} is restored")
    return SUCCESS


@_command
@click.argument("person")
@click.argument("file", type=NEW_FILE)
def export(person: str, file: Path, **options: Any) -> int:
    """Write all that is known of a PERSON into a FILE, as JSON."""
    _administration(options).export(person, file)
    click.echo(str(file))
    return SUCCESS


@_command
@click.argument("person")
@click.confirmation_option(prompt="Remove them with all of their work?")
def forget(person: str, **options: Any) -> int:
    """Remove a PERSON with all of their work."""
    click.echo(f"{_administration(options).forget(person)} submissions are removed")
    return SUCCESS


@_command
@click.option("--days", type=click.IntRange(1), required=True, help="What is older goes.")
def retain(days: int, **options: Any) -> int:
    """Remove files and reports that are older than so many days; marks stay."""
    click.echo(f"{_administration(options).remove_old(days)} submissions have no files any more")
    return SUCCESS


@_command
def migrate(**options: Any) -> int:
    """Bring the database forward to this version, after a backup."""
    require_packages()
    from grader.service.database.migration import migrate as bring_forward
    from grader.service.server import lock, make_data_folder

    settings = settings_of(options)
    make_data_folder(settings.data)
    with lock(settings.data):
        saved = bring_forward(settings.database, settings.backups)
    click.echo(f"the database is of this version{f'; before: {saved}' if saved else ''}")
    return SUCCESS


def _role(word: str) -> Any:
    from grader.service.database.people import Role

    return Role(word)
