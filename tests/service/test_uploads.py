"""Archives in an upload are bounded: what unpacks to more than a submission is left out."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from grader.service.problems import Problem
from grader.service.uploads import checked_upload
from grader.submissions.intake.bounded_reading import FileContent


def archive(files: dict[str, bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return packed.getvalue()


def test_a_bomb_is_left_out_and_the_rest_is_taken() -> None:
    bomb = archive({"value.py": b"x = 1\n", "zeros.bin": bytes(64 << 20)})

    upload = checked_upload([FileContent("mine.zip", bomb)])

    assert [file.name for file in upload.files] == ["value.py"]
    assert "zeros.bin" in upload.note


def test_ten_thousand_files_are_not_taken() -> None:
    many = archive({f"f{number}.py": b"x\n" for number in range(2000)})

    upload = checked_upload([FileContent("mine.zip", many)])

    assert len(upload.files) <= 64
    assert upload.note


@pytest.mark.parametrize("name", ["../up.py", "/etc/cron.d/x.py", "a\x00b.py", "C:\\x.py"])
def test_a_name_that_leads_elsewhere_is_left_out(name: str) -> None:
    with pytest.raises(Problem, match="There is no script and no notebook in it"):
        checked_upload([FileContent(name, b"x = 1")])


def test_a_name_in_an_archive_leads_nowhere_else() -> None:
    packed = archive({"../../up.py": b"x = 1", "value.py": b"x = 1"})

    upload = checked_upload([FileContent("mine.zip", packed)])

    assert [file.name for file in upload.files] == ["value.py"]


def test_the_folder_around_a_submission_is_taken_off() -> None:
    packed = archive({"mine/value.py": b"import engine", "mine/engine.py": b"x = 1"})

    upload = checked_upload([FileContent("mine.zip", packed)])

    assert [file.name for file in upload.files] == ["engine.py", "value.py"]
