"""Everyone who handed in has a row of their own, whatever they or others handed in."""

import io
import zipfile
from pathlib import Path

import pytest

from grader.submissions.intake.ownership import IntakeOptions, WhichAssignment
from grader.submissions.intake.spool import bytes_of
from grader.submissions.intake.take_in import take_in
from tests.submissions.intake.test_take_in import course, names

MOODLE = "_assignsubmission_file/"


def zipped(*files: str) -> bytes:
    """An archive of a student's; in each file is its name."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        for name in files:
            file.writestr(name, name)
    return held.getvalue()


def folder(root: Path, *files: str) -> Path:
    """A folder with files; in each is its name, and a name with a slash at its end is a folder."""
    for name in files:
        path = root / "where" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith("/"):
            path.mkdir(exist_ok=True)
        else:
            path.write_text(name, encoding="utf-8")
    return root / "where"


def files_of(where: Path, choice: IntakeOptions = IntakeOptions()) -> dict[str, list[str]]:  # noqa: B008
    return {one.student.key: names(one) for one in take_in(where, choice).handed}


@pytest.mark.parametrize("about", ["submission_1:\n  ':submitters': [{':name': Alice}]", ": : ["])
def test_nobody_makes_an_export_of_gradescope_s_out_of_a_course(tmp_path: Path, about: str) -> None:
    taken = take_in(
        course(
            tmp_path,
            f"Alice Ant_1{MOODLE}value.py",
            f"Bob Bee_2{MOODLE}value.py",
            f"Eve_3{MOODLE}submission_metadata.yml",
            f"Eve_3{MOODLE}submission_1/value.py",
            **{"submission_metadata.yml": about},
        )
    )

    assert taken.shape == "Moodle's submissions: 3 students, 4 files"


def test_nobody_makes_a_tree_of_nbgrader_s_out_of_a_course(tmp_path: Path) -> None:
    many = (f"eve/submitted/ann/ex9/f{number}.txt" for number in range(9))

    found = files_of(folder(tmp_path, "ann/value.py", "bob/value.py", "eve/value.py", *many))

    assert list(found) == ["ann", "bob", "eve"]
    assert found["ann"] == ["value.py"]


def test_a_file_and_a_folder_of_one_name_are_apart(tmp_path: Path) -> None:
    (tmp_path / "eve").write_bytes(zipped("x", "x/y.py", "z.py"))
    with zipfile.ZipFile(tmp_path / "course.zip", "w") as file:
        file.write(tmp_path / "eve", "eve_2_11_a.zip")
        file.writestr("ann_1_10_value.py", "a")

    taken = take_in(tmp_path / "course.zip")

    assert [names(one) for one in taken.handed] == [["value.py"], ["x/y.py", "z.py"]]
    assert taken.refused == ("eve_2: x: a folder has the same name",)


def test_what_is_left_out_of_a_student_s_archive_is_told_with_the_student(tmp_path: Path) -> None:
    (tmp_path / "eve").write_bytes(zipped("../evil.py", "value.py"))
    with zipfile.ZipFile(tmp_path / "course.zip", "w") as file:
        file.write(tmp_path / "eve", "eve_2_11_a.zip")

    assert take_in(tmp_path / "course.zip").refused == (
        "eve_2: ../evil.py: its name leads out of its folder",
    )


def test_an_archive_in_which_something_is_called_like_itself_is_opened(tmp_path: Path) -> None:
    (tmp_path / "eve").write_bytes(zipped("a.zip", "b.py"))
    with zipfile.ZipFile(tmp_path / "course.zip", "w") as file:
        file.write(tmp_path / "eve", "eve_2_11_a.zip")

    (eve,) = take_in(tmp_path / "course.zip").handed

    assert names(eve) == ["a.zip", "b.py"]


def test_whoever_has_nothing_that_can_be_taken_has_a_row(tmp_path: Path) -> None:
    where = folder(tmp_path, "ann/value.py", "bob/", f"cat/{'x' * 245}.py", "eve/con.py")
    (where / "dan").mkdir()
    (where / "dan" / "value.py").symlink_to("/etc/passwd")

    taken = take_in(where)

    assert {one.student.key: names(one) for one in taken.handed} == {
        **{"ann": ["value.py"], "bob": [], "cat": [], "dan": [], "eve": []}
    }
    assert len(taken.refused) == 3


def test_whoever_typed_in_canvas_has_a_row(tmp_path: Path) -> None:
    taken = take_in(
        course(
            tmp_path,
            *("ant_1_10_value.py", "cat_2_text.html", "dog_LATE_3_link.html", "eel_4_11_text.html"),
        )
    )

    assert {one.student.key: (names(one), one.note) for one in taken.handed} == {
        "ant_1": (["value.py"], ""),
        "cat_2": ([], "a text was handed in, and no file"),
        "dog_3": ([], "a link was handed in, and no file"),
        "eel_4": (["text.html"], ""),
    }
    assert taken.handed[2].late


def test_whoever_typed_in_moodle_has_a_row(tmp_path: Path) -> None:
    typed = "Bob_2_assignsubmission_onlinetext/onlinetext.html"
    taken = take_in(course(tmp_path, f"Ant_1{MOODLE}value.py", typed, f"Cat_3{MOODLE}"))

    assert [(one.student.key, len(one.files), one.note) for one in taken.handed] == [
        ("Ant_1", 1, ""),
        ("Bob_2", 0, "a text was handed in, and no file"),
        ("Cat_3", 0, ""),
    ]


def test_whoever_handed_in_nothing_in_gradescope_has_a_row(tmp_path: Path) -> None:
    pytest.importorskip("yaml", reason="PyYAML is not installed")
    about = "\n".join(
        f"submission_{number}:\n  ':submitters': [{{':name': Max Müller}}]" for number in (1, 2, 3)
    )
    path = course(
        tmp_path,
        "submission_metadata.yml",
        *("submission_1/value.py", "submission_2/value.py"),
        **{"submission_metadata.yml": about},
    )

    taken = take_in(path)

    assert [(one.student.name, len(one.files), one.note) for one in taken.handed] == [
        *(("Max Müller", 1, ""), ("Max Müller", 1, ""), ("Max Müller", 0, ""))
    ]


TREE = (
    *("submitted/ant/ex9/value.py", "submitted/ant/zz/value.py", "submitted/bee/zz/value.py"),
    "submitted/cat/ex9/",
)


@pytest.mark.parametrize(
    "choice", [IntakeOptions(assignment="ex9"), IntakeOptions(exercises=("ex9", "my475"))]
)
def test_of_nbgrader_s_tree_one_assignment_is_taken(tmp_path: Path, choice: IntakeOptions) -> None:
    taken = take_in(course(tmp_path, *TREE), choice)

    assert [
        (one.student.key, [bytes_of(file.content) for file in one.files]) for one in taken[1]
    ] == [
        ("ant", [b"submitted/ant/ex9/value.py"]),
        ("cat", []),
    ]


@pytest.mark.parametrize(
    "choice", [IntakeOptions(), IntakeOptions(assignment="ex8"), IntakeOptions(exercises=("x",))]
)
def test_of_nbgrader_s_tree_the_assignment_has_to_be_known(
    tmp_path: Path, choice: IntakeOptions
) -> None:
    with pytest.raises(WhichAssignment, match="The tree holds ex9, zz") as raised:
        take_in(course(tmp_path, *TREE), choice)

    assert raised.value.hint == "--assignment NAME says it"


@pytest.mark.parametrize("top", ["", "course101/"])
def test_nbgrader_s_only_assignment_is_taken_whatever_it_is_called(
    tmp_path: Path, top: str
) -> None:
    taken = take_in(
        course(tmp_path, f"{top}submitted/ant/ps1/value.py"), IntakeOptions(exercises=("x",))
    )

    assert taken.shape == "nbgrader's tree of submissions: 1 student, 1 file"


def test_nbgrader_s_folder_itself_may_be_named_with_one_student_in_it(tmp_path: Path) -> None:
    where = folder(tmp_path, "ant/ex9/value.py", "ant/zz/value.py").rename(tmp_path / "submitted")
    choice = IntakeOptions(exercises=("ex9",))

    assert files_of(where, choice) == {"ant": ["value.py"]}
    assert files_of(where, choice._replace(shape="nbgrader")) == {"ant": ["value.py"]}


def test_nbgrader_s_folder_itself_may_be_named(tmp_path: Path) -> None:
    stamp = "2026-10-10 10:22:00.000000 UTC"
    where = folder(tmp_path, "ant/ex9/value.py", "bee/ex9/value.py").rename(tmp_path / "submitted")
    (where / "ant" / "ex9" / "timestamp.txt").write_text(stamp, encoding="utf-8")

    taken = take_in(where)
    elsewhere = take_in(where.rename(tmp_path / "handed-in"), IntakeOptions("nbgrader"))

    assert taken == elsewhere
    assert taken.shape.startswith("nbgrader's tree")
    assert taken.handed[0].timestamp == "2026-10-10T10:22:00+00:00"


def test_whoever_has_too_many_files_takes_nobody_s_place(tmp_path: Path) -> None:
    many = (f"ann/data/{number}.txt" for number in range(10_050))

    taken = take_in(course(tmp_path, "ann/value.py", *many, "bob/value.py", "zoe/value.py"))

    assert [one.student.key for one in taken.handed] == ["ann", "bob", "zoe"]
    assert names(taken.handed[0])[-1] == "value.py"
    assert taken.refused == (
        "ann/data: the rest: only the first 10,000 entries are looked at",
        "ann: only 64 of 10001 files are taken",
    )


def test_an_environment_is_nobody_s_work(tmp_path: Path) -> None:
    where = folder(tmp_path, "ann/value.py", "ann/env/pyvenv.cfg", "ann/env/lib/a.py", "bob/b.py")

    assert files_of(where)["ann"] == ["value.py"]


def test_blackboard_s_accounts_may_hold_underscores(tmp_path: Path) -> None:
    when = "attempt_2026-10-10-10-22-00_value.py"
    taken = take_in(
        course(tmp_path, *(f"my_ex_9_{who}_{when}" for who in ("m_mueller", "k_mueller", "ant")))
    )

    assert [one.student.student_id for one in taken.handed] == ["ant", "k_mueller", "m_mueller"]


def test_a_date_that_is_none_ends_nothing(tmp_path: Path) -> None:
    taken = take_in(
        course(
            tmp_path,
            "ex9_ant_attempt_2026-13-40-10-22-00_value.py",
            "ex9_bee_attempt_2026-10-10-10-22-00_value.py",
        )
    )

    assert [one.timestamp for one in taken.handed] == ["2026-13-40-10-22-00", "2026-10-10T10:22:00"]


@pytest.mark.parametrize(
    ("older", "newer"),
    [("2026-9-5", "2026-10-1"), ("2026-10-10T10:00:00+00:00", "2026-10-10T09:00:00-07:00")],
)
def test_attempts_are_compared_as_dates(tmp_path: Path, older: str, newer: str) -> None:
    path = course(tmp_path, f"ann@{newer}@v.py", f"ann@{older}@v.py")

    (ann,) = take_in(
        path, IntakeOptions(pattern="(?P<student_id>\\w+)@(?P<timestamp>[^@]+)@")
    ).handed

    assert ann.timestamp == newer
    assert ann.note == "the newest of 2 attempts counts"


def test_where_a_date_is_not_known_the_newest_is_not_sure(tmp_path: Path) -> None:
    (bob,) = take_in(
        course(
            tmp_path,
            "ex9/7-1 - Bob - Foo 9, 2026 1022 AM/value.py",
            "ex9/7-2 - Bob - Foo 10, 2026 1022 AM/value.py",
        )
    ).handed

    assert bob.timestamp == "Foo 10, 2026 1022 AM"
    assert "which is the newest is not sure, as 'Foo 10, 2026 1022 AM' is no date" in bob.note


def test_only_canvas_calls_a_later_file_like_the_one_before(tmp_path: Path) -> None:
    files = files_of(folder(tmp_path, "ann/data.txt", "ann/data-2.txt", "ann/value.py", "bob/v.py"))

    assert files["ann"] == ["data-2.txt", "data.txt", "value.py"]


def test_files_of_one_name_in_several_folders_stay_by_a_pattern(tmp_path: Path) -> None:
    path = course(tmp_path, "ann/a/value.py", "ann/b/value.py")

    (ann,) = take_in(path, IntakeOptions(pattern="(?P<student_id>\\w+)/")).handed

    assert names(ann) == ["a/value.py", "b/value.py"]


@pytest.mark.parametrize("files", [("value.py", "notes.txt"), ("src/value.py",), ("v.py", "w.py")])
def test_a_folder_with_one_student_in_it(tmp_path: Path, files: tuple[str, ...]) -> None:
    where = folder(tmp_path, *(f"ann/{name}" for name in files))

    assert list(files_of(where, IntakeOptions("folder"))) == ["ann"]


@pytest.mark.parametrize("files", [("value.py", "notes.txt"), ("src/value.py",)])
def test_a_folder_with_one_student_is_seen_by_what_lies_there(
    tmp_path: Path, files: tuple[str, ...]
) -> None:
    assert list(files_of(folder(tmp_path, *(f"ann/{name}" for name in files)))) == ["ann"]


def test_the_folder_around_an_archive_is_no_student(tmp_path: Path) -> None:
    assert list(files_of(course(tmp_path, "course/ann/value.py"))) == ["ann"]
    assert list(
        files_of(course(tmp_path, "course/README.md", "course/a/v.py", "course/b/v.py"))
    ) == ["a", "b"]


def test_a_shape_that_is_named_is_looked_for_inside_of_the_folder_around(tmp_path: Path) -> None:
    path = course(tmp_path, "download/ant_1_10_value.py", "download/README.md", "download/b.txt")

    assert list(files_of(path, IntakeOptions("canvas"))) == ["ant_1"]
