"""Gradescope's export: a folder for each submission, and a file that says whose each is."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from grader.errors import NothingToGrade, install_command
from grader.submissions.intake.bounded_reading import FileContent
from grader.submissions.intake.lms_exports import ExportedFile
from grader.submissions.intake.spool import bytes_of

ABOUT = "submission_metadata.yml"
PLACE = re.compile(rf"(?:assignment_[^/]+_export/)?{re.escape(ABOUT)}")
ANYWHERE = re.compile(rf"(?:[^/]+/)?{re.escape(ABOUT)}")


class UnreadMetadata(NothingToGrade):
    """Gradescope's file about its submissions cannot be read."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"{ABOUT} cannot be read: {reason}", hint="export the submissions once more"
        )


class NoYaml(NothingToGrade):
    """Gradescope's file needs a package that is not installed."""

    def __init__(self) -> None:
        super().__init__(f"{ABOUT} needs PyYAML to be read", hint=install_command("pyyaml"))


def about_in(files: Iterable[FileContent], *, anywhere: bool = False) -> FileContent | None:
    """Return the file that tells of an export of Gradescope's, None where it is none.

    It lies at the top, or in the folder that Gradescope makes: what a student calls so is no such
    thing. With `anywhere`, which people have to say, it may lie in a folder of any name.
    """
    place = ANYWHERE if anywhere else PLACE
    return next((one for one in files if place.fullmatch(one.name)), None)


def pieces(
    files: Iterable[FileContent], about: FileContent
) -> Iterator[tuple[ExportedFile, FileContent | None]]:
    """Yield every file with whose it is, a group's once for each of its members.

    Whoever handed in without a file is there too, without one.

    Raises:
        UnreadMetadata: what tells of them is not of Gradescope's form.
        NoYaml: nothing here can read it.
    """
    root = about.name.removesuffix(ABOUT)
    submissions = _metadata(bytes_of(about.content))
    for folder, submission in submissions.items():
        for member in _members(submission):
            yield _piece(folder, "", submission, member), None
    for one in files:
        folder, _, name = one.name.removeprefix(root).partition("/")
        if one.name.startswith(root) and name:
            submission = submissions.get(folder, {})
            for member in _members(submission):
                yield _piece(folder, name, submission, member), one


def _members(submission: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    submitters = submission.get(":submitters")
    members = submitters if isinstance(submitters, list) else []
    return [one for one in members if isinstance(one, dict)] or [{}]


def _piece(
    folder: str, name: str, submission: Mapping[str, Any], member: Mapping[str, Any]
) -> ExportedFile:
    full_name, number, email = (_text(member.get(key)) for key in (":name", ":sid", ":email"))
    created = submission.get(":created_at")
    moment = created.isoformat() if isinstance(created, datetime) else _text(created)
    return ExportedFile(
        number or email or f"{folder} {full_name}",
        name,
        moment,
        full_name or folder,
        number,
        folder.removeprefix("submission_"),
        moment,
        email=email,
    )


def _metadata(content: bytes) -> dict[str, Mapping[str, Any]]:
    try:
        import yaml
    except ImportError as error:
        raise NoYaml from error
    try:
        table = yaml.safe_load(content)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise UnreadMetadata(str(error).partition("\n")[0]) from error
    if not isinstance(table, dict):
        raise UnreadMetadata("it is no table")
    return {str(key): value if isinstance(value, dict) else {} for key, value in table.items()}


def _text(value: object) -> str:
    """Return a value as text; half a character, which YAML can name, is none."""
    if value is None or isinstance(value, (list, dict)):
        return ""
    return str(value).encode(errors="replace").decode()
