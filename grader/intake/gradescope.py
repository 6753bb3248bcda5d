"""Gradescope's export: a folder for each submission, and a file that says whose each is."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from grader.errors import NothingToGrade
from grader.intake.archive import Found
from grader.intake.shapes import Piece
from grader.intake.stored import bytes_of

ABOUT = "submission_metadata.yml"


class Unread(NothingToGrade):
    """What Gradescope says of its submissions cannot be read."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"{ABOUT} cannot be read: {reason}", hint="export the submissions once more"
        )


class NoYaml(NothingToGrade):
    """Gradescope's file needs a package that is not installed."""

    def __init__(self) -> None:
        super().__init__(
            f"{ABOUT} needs PyYAML to be read", hint='pip install "autograd-grader[gradescope]"'
        )


def about_in(found: Iterable[Found]) -> Found | None:
    """Return the file that tells of an export of Gradescope's, None where it is none."""
    return next((one for one in found if one.name.rpartition("/")[2] == ABOUT), None)


def pieces(found: Iterable[Found], about: Found) -> Iterator[tuple[Piece, Found]]:
    """Yield every file with whose it is, a group's once for each of its members.

    Raises:
        Unread: what tells of them is not of Gradescope's form.
        NoYaml: nothing here can read it.
    """
    root = about.name.removesuffix(ABOUT)
    told = _told(bytes_of(about.content))
    for one in found:
        folder, _, name = one.name.removeprefix(root).partition("/")
        if not one.name.startswith(root) or not name:
            continue
        held = told.get(folder)
        members = held.get(":submitters") if isinstance(held, dict) else None
        for member in members or [{}]:
            yield _piece(folder, name, held or {}, member), one


def _piece(folder: str, name: str, held: Mapping[str, Any], member: Mapping[str, Any]) -> Piece:
    full_name, number, email = (_text(member.get(key)) for key in (":name", ":sid", ":email"))
    created = held.get(":created_at")
    moment = created.isoformat() if isinstance(created, datetime) else _text(created)
    return Piece(
        number or email or full_name or folder,
        name,
        moment,
        full_name or folder,
        number,
        folder.removeprefix("submission_"),
        moment,
        email=email,
    )


def _told(content: bytes) -> dict[str, Any]:
    try:
        import yaml
    except ImportError as error:
        raise NoYaml from error
    try:
        told = yaml.safe_load(content)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise Unread(str(error).partition("\n")[0]) from error
    if not isinstance(told, dict):
        raise Unread("it is no table")
    return {str(key): value for key, value in told.items()}


def _text(value: object) -> str:
    return "" if value is None else str(value)
