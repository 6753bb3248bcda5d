"""One student's folder is one student, whatever and however much lies in it."""

from pathlib import Path

import pytest

from grader.submissions.intake.ownership import IntakeOptions
from grader.submissions.intake.take_in import take_in
from tests.submissions.intake.test_ownership import folder, zipped
from tests.submissions.intake.test_take_in import course, names

USES = "from value import Value\n"
ONES = [
    ("main.py", "value.py"),
    ("value.py", "training.ipynb"),
    ("src/value.py", "tests/test_value.py"),
    ("micrograd/engine.py", "main.py", "README.md"),
    ("ex8.py", "ex9.py"),
    ("value.py", "wobble.py"),
]


def keys(where: Path, options: IntakeOptions = IntakeOptions()) -> list[str]:  # noqa: B008
    return [one.student.key for one in take_in(where, options).handed]


@pytest.mark.parametrize("files", ONES)
def test_a_folder_in_a_folder(tmp_path: Path, files: tuple[str, ...]) -> None:
    where = folder(tmp_path, *(f"Ann/{name}" for name in files))
    if "wobble.py" in files:
        (where / "Ann" / "wobble.py").write_text(USES, encoding="utf-8")

    assert keys(where) == ["Ann"]


@pytest.mark.parametrize("files", ONES)
def test_a_folder_in_a_zip(tmp_path: Path, files: tuple[str, ...]) -> None:
    where = course(tmp_path, *(f"Ann/{name}" for name in files), **{"wobble.py": USES})

    assert keys(where) == ["Ann"]


@pytest.mark.parametrize("files", ONES)
def test_the_folder_itself(tmp_path: Path, files: tuple[str, ...]) -> None:
    where = folder(tmp_path, *files).rename(tmp_path / "Ann")
    if "wobble.py" in files:
        (where / "wobble.py").write_text(USES, encoding="utf-8")

    (ann,) = take_in(where).handed

    assert ann.student.key == "Ann"
    assert names(ann) == sorted(files)


@pytest.mark.parametrize("top", ["", "submissions/"])
def test_scripts_that_are_called_as_students_are_are_a_student_s_each(
    tmp_path: Path, top: str
) -> None:
    assert keys(course(tmp_path, f"{top}ann.py", f"{top}bob.py", f"{top}cy.ipynb")) == [
        *("ann", "bob", "cy")
    ]


def test_who_copies_from_another_does_not_become_one_with_them(tmp_path: Path) -> None:
    taken = course(tmp_path, "ann.py", "bob.py", **{"bob.py": "from ann import Value\n"})

    assert keys(taken) == ["ann", "bob"]


def test_who_says_that_it_is_a_folder_of_students_is_believed(tmp_path: Path) -> None:
    where = folder(tmp_path, "main.py", "value.py")

    assert keys(where, IntakeOptions("folder")) == ["main", "value"]


@pytest.mark.parametrize("files", [("Ann/value.py", "Bob/value.py"), ("ann.py", "bob.py")])
def test_a_course_in_a_zip_in_a_zip_is_opened(tmp_path: Path, files: tuple[str, ...]) -> None:
    where = tmp_path / "download.zip"
    (tmp_path / "inner").write_bytes(zipped(*files))
    import zipfile

    with zipfile.ZipFile(where, "w") as file:
        file.write(tmp_path / "inner", "submissions.zip")
        file.writestr("README.md", "")

    assert [key.casefold() for key in keys(where)] == ["ann", "bob"]
    assert keys(where, IntakeOptions("folder")) == ["submissions"]


def test_one_student_s_zip_in_a_folder_is_theirs(tmp_path: Path) -> None:
    where = folder(tmp_path)
    where.mkdir()
    (where / "ann.zip").write_bytes(zipped("foo.py", "bar.py", "src/baz.py"))

    (ann,) = take_in(where).handed

    assert (ann.student.key, names(ann)) == ("ann", ["bar.py", "foo.py", "src/baz.py"])


def test_a_zip_beside_a_note_and_a_zip_in_it_are_opened_and_a_third_is_not(tmp_path: Path) -> None:
    third = zipped("value.py")
    files = {"ann/notes.txt": b"", "bob/value.py": b"", "bob/data.zip": third}
    for _ in range(3):
        third = packed("hw.zip", third)
    files |= {"ann/hw.zip": packed("hw.zip", zipped("value.py")), "eve/a.zip": third}

    where = folder(tmp_path)
    for name, content in files.items():
        (where / name).parent.mkdir(parents=True, exist_ok=True)
        (where / name).write_bytes(content)

    assert [names(one) for one in take_in(where).handed] == [
        *(["notes.txt", "value.py"], ["data.zip", "value.py"], ["hw.zip"])
    ]


def packed(name: str, content: bytes) -> bytes:
    import io
    import zipfile

    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        file.writestr(name, content)
    return held.getvalue()
