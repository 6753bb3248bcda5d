"""Reads what was uploaded or pasted: bounded, opened if it is an archive, and never run."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from starlette.datastructures import FormData, UploadFile

from grader.service.problems import Problem
from grader.submissions.intake.bounded_reading import FileContent
from grader.submissions.intake.left_out import LeftOut
from grader.submissions.intake.own_files import submitted_files
from grader.submissions.intake.student_submission import SubmittedFile
from grader.submissions.kinds import kind_of

PASTED: Final = "value.py"
MOST_FILES: Final = 64
NO_NAME: Final = "upload.py"


class Upload(NamedTuple):
    """What was uploaded.

    Attributes:
        files: that can be written into a folder.
        note: what was left out, "" where nothing was.
    """

    files: Sequence[SubmittedFile]
    note: str = ""


async def upload_of(form: FormData) -> Upload:
    """Return what came with a form: its files, or else the text that was pasted.

    Raises:
        Problem: there is nothing in it that could be graded.
    """
    given = []
    for one in form.getlist("file"):
        if isinstance(one, UploadFile) and (one.filename or one.size):
            content = await one.read()
            if content or one.filename:
                given.append(FileContent(one.filename or NO_NAME, content))
    pasted = form.get("code")
    if not given and isinstance(pasted, str) and pasted.strip():
        text = pasted.replace("\r\n", "\n").replace("\r", "\n")
        given.append(FileContent(PASTED, text.encode("utf-8", "surrogatepass")))
    if not given:
        raise Problem(422, "Nothing was chosen, and nothing was pasted.", "Choose a file.")
    return checked_upload(given)


def checked_upload(given: Sequence[FileContent]) -> Upload:
    """Return an upload as it can be graded.

    Raises:
        Problem: nothing in it could be.
    """
    left_out = LeftOut()
    files = submitted_files(given, left_out)
    note = "; ".join(left_out.lines())
    if not any(kind_of(one.name) for one in files):
        says = "There is no script and no notebook in it."
        raise Problem(422, says, note or "Hand in a .py, an .ipynb, or a zip with one of them.")
    if not any(one.content for one in files if kind_of(one.name)):
        raise Problem(422, "The file is empty.", "Save it, and choose it again.")
    return Upload(files, note)
