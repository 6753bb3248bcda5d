"""What each system exports is recognised, and of each student what counts is taken."""

import io
import os
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from grader.submissions.intake.archive import files_in
from grader.submissions.intake.bounded_reading import Bounds
from grader.submissions.intake.left_out import LeftOut
from grader.submissions.intake.lms.gradescope import UnreadMetadata
from grader.submissions.intake.ownership import BadPattern, IntakeOptions
from grader.submissions.intake.spool import bytes_of
from grader.submissions.intake.student_submission import Intake, StudentSubmission, SubmittedFile
from grader.submissions.intake.take_in import NobodyHandedIn, take_in
from grader.submissions.student import Student


def course(folder: Path, *names: str, **contents: str) -> Path:
    """A zip with files of these names; what is in one is its name, if nothing else is said."""
    path = folder / "course.zip"
    with zipfile.ZipFile(path, "w") as file:
        for name in names:
            file.writestr(name, contents.get(name.rpartition("/")[2], name))
    return path


def laid_out(folder: Path, *names: str) -> Path:
    """A folder with files of these names."""
    for name in names:
        (folder / "course" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "course" / name).write_text(name, encoding="utf-8")
    return folder / "course"


def names(one: StudentSubmission) -> list[str]:
    return [file.name for file in one.files]


def test_canvas_with_late_ones_and_several_files(tmp_path: Path) -> None:
    taken = take_in(
        course(
            tmp_path,
            "antalice_4711_99_value.py",
            "antalice_4711_100_notes.txt",
            "müllerjörg_LATE_12_101_my_value.py",
            "LATE_anon_77_102_value.ipynb",
        )
    )

    assert taken.shape == "Canvas's submissions: 3 students, 4 files"
    of = {one.student.student_id: one for one in taken.handed}
    ant, late = of["4711"], of["12"]
    assert (ant.student.name, names(ant), ant.late) == (
        *("antalice", ["notes.txt", "value.py"], False),
    )
    assert (late.student.name, names(late), late.late) == ("müllerjörg", ["my_value.py"], True)
    assert of["77"].late


def test_canvas_s_file_that_was_handed_in_again_counts(tmp_path: Path) -> None:
    (ant,) = take_in(
        course(tmp_path, "ant_4711_99_value.py", "ant_4711_100_value-1.py", "ant_4711_9_lab-2.py")
    ).handed

    assert names(ant) == ["lab-2.py", "value-1.py"]
    assert ant.note == "value.py was handed in again as value-1.py, which counts"


def test_of_canvas_s_attachments_the_one_that_was_uploaded_later_is_newer(tmp_path: Path) -> None:
    (ant,) = take_in(course(tmp_path, "ant_1_100_old.py", "ant_1_99_oldest.py", "ant_1_101_a.py"))[
        1
    ]

    assert {file.name: file.order for file in ant.files} == {"oldest.py": 0, "old.py": 1, "a.py": 2}


def test_of_an_archive_s_files_a_minute_makes_one_newer_and_a_second_does_not(
    tmp_path: Path,
) -> None:
    with zipfile.ZipFile(tmp_path / "course.zip", "w") as file:
        for name, second in (("b.py", 4), ("a.py", 2), ("c.py", 58)):
            file.writestr(zipfile.ZipInfo(f"ant/{name}", (2026, 10, 10, 9, 59, second)), name)
        file.writestr(zipfile.ZipInfo("ant/d.py", (2026, 10, 10, 10, 1, 0)), "d")
        file.writestr("bee/value.py", "b")

    ant, _ = take_in(tmp_path / "course.zip").handed

    assert [file.order for file in ant.files] == [0, 0, 0, 1]


def test_moodle_s_folders_before_and_after_4_1(tmp_path: Path) -> None:
    taken = take_in(
        course(
            tmp_path,
            "Alice Ant_2_assignsubmission_file/src/value.py",
            "Group A-Bob Bee_31_assignsubmission_file_/value.py",
            "Bob Bee_31_assignsubmission_onlinetext/onlinetext.html",
        )
    )

    assert taken.shape == "Moodle's submissions: 2 students, 2 files"
    ant, bee = taken.handed
    assert ant.student == Student("Alice_Ant_2", "Alice Ant", file_id="2")
    assert names(ant) == ["value.py"]
    assert bee.student.file_id == "31"
    assert taken.refused == ()


def test_blackboard_s_newest_attempt_counts(tmp_path: Path) -> None:
    (ant,) = take_in(
        course(
            tmp_path,
            "Exercise 9_ant_attempt_2026-10-10-10-22-00_value.py",
            "Exercise 9_ant_attempt_2026-10-10-10-22-00.txt",
            "Exercise 9_ant_Versuch_2026-10-11-09-00-00_value.py",
        )
    ).handed

    assert ant.student.student_id == "ant"
    assert bytes_of(ant.files[0].content).startswith(b"Exercise 9_ant_Versuch")
    assert ant.timestamp == "2026-10-11T09:00:00"
    assert ant.note == "the newest of 2 attempts counts"


def test_brightspace_s_newest_attempt_counts(tmp_path: Path) -> None:
    (ant,) = take_in(
        course(
            tmp_path,
            "Ex 9/39786-640693 - Alice Ant - Oct 9, 2026 922 AM/value.py",
            "Ex 9/39786-640694 - Alice Ant - Oct 10, 2026 1022 PM/value.py",
        )
    ).handed

    assert (ant.student.name, ant.student.student_id) == ("Alice Ant", "39786")
    assert ant.timestamp == "2026-10-10T22:22:00"


def test_nbgrader_s_tree_with_its_timestamp(tmp_path: Path) -> None:
    path = course(
        tmp_path,
        "submitted/ant/ex9/ex9.ipynb",
        "submitted/ant/ex9/timestamp.txt",
        "submitted/bee/ex9/ex9.ipynb",
        **{"timestamp.txt": "2026-10-10 10:22:00.000000 UTC"},
    )

    taken = take_in(path)

    assert taken.shape == "nbgrader's tree of submissions: 2 students, 2 files"
    assert [(one.student.key, one.timestamp) for one in taken.handed] == [
        ("ant", "2026-10-10T10:22:00+00:00"),
        ("bee", ""),
    ]


GRADESCOPE = """
submission_123:
  :submitters:
  - :name: Alice Ant
    :sid: '4711'
    :email: alice@example.org
  - :name: Bob Bee
    :sid: '4712'
  :created_at: 2026-10-10 10:22:00.000000000 -07:00
submission_124:
  :submitters: []
"""


def test_gradescope_s_groups_have_a_row_for_each_member(tmp_path: Path) -> None:
    pytest.importorskip("yaml", reason="PyYAML is not installed")
    top = "assignment_9_export"

    taken = take_in(
        course(
            tmp_path,
            f"{top}/submission_metadata.yml",
            f"{top}/submission_123/value.py",
            f"{top}/submission_124/value.py",
            **{"submission_metadata.yml": GRADESCOPE},
        )
    )

    assert taken.shape == "Gradescope's export: 3 students, 3 files"
    assert [(one.student.name, one.student.email) for one in taken.handed] == [
        ("Alice Ant", "alice@example.org"),
        ("Bob Bee", ""),
        ("submission_124", ""),
    ]
    assert taken.handed[0].timestamp.startswith("2026-10-10T10:22:00-07:00")


def test_gradescope_s_file_that_is_no_table_is_said(tmp_path: Path) -> None:
    pytest.importorskip("yaml", reason="PyYAML is not installed")
    path = course(
        tmp_path, "a/submission_metadata.yml", **{"submission_metadata.yml": "!!python/object:x {}"}
    )

    with pytest.raises(UnreadMetadata, match="cannot be read"):
        take_in(path, IntakeOptions("gradescope"))


@pytest.mark.parametrize("top", ["", "submissions/"])
def test_a_file_or_a_folder_per_student(tmp_path: Path, top: str) -> None:
    taken = take_in(course(tmp_path, f"{top}ant.py", f"{top}bee/value.py", f"{top}bee/data/a.csv"))

    assert taken.shape == "a file or folder per student: 2 students, 3 files"
    assert [(one.student.key, names(one)) for one in taken.handed] == [
        ("ant", ["ant.py"]),
        ("bee", ["data/a.csv", "value.py"]),
    ]


def test_a_student_s_only_archive_is_opened(tmp_path: Path) -> None:
    inner = course(tmp_path, "work/value.py", "work/notes/a.txt").read_bytes()
    folder = tmp_path / "where"
    folder.mkdir()
    (folder / "ant.zip").write_bytes(inner)

    (ant,) = take_in(folder).handed

    assert (ant.student.key, names(ant)) == ("ant", ["notes/a.txt", "value.py"])


def test_names_of_one_s_own_are_read_by_a_pattern(tmp_path: Path) -> None:
    path = course(tmp_path, "ex9+Ant+Alice+4711.py", "README")
    pattern = r"ex9\+(?P<last_name>\w+)\+(?P<first_name>\w+)\+(?P<student_id>\d+)"

    taken = take_in(path, IntakeOptions(pattern=pattern))

    (ant,) = taken.handed
    assert ant == StudentSubmission(
        Student("Alice_Ant_4711", "Alice Ant", "4711", "", "Alice", "Ant"),
        (SubmittedFile("ex9+Ant+Alice+4711.py", b"ex9+Ant+Alice+4711.py"),),
    )
    assert taken.refused == ("README: its name does not say whose it is",)


@pytest.mark.parametrize(
    ("pattern", "reason"), [("(", "missing"), (r"(?P<grade>\d)", "no group of it says who")]
)
def test_a_pattern_that_is_none_is_said(tmp_path: Path, pattern: str, reason: str) -> None:
    with pytest.raises(BadPattern, match=reason):
        take_in(course(tmp_path, "a.py"), IntakeOptions(pattern=pattern))


def test_what_it_is_can_be_said(tmp_path: Path) -> None:
    path = course(tmp_path, "ant_1_2_value.py", "ant_1_3_value2.py")

    assert len(take_in(path, IntakeOptions("folder")).handed) == 2
    assert len(take_in(path).handed) == 1


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(NobodyHandedIn, match="holds no submissions"):
        take_in(tmp_path)


def test_canvas_s_number_is_taken_off_where_another_file_imports_the_name(tmp_path: Path) -> None:
    uses = "from value import Value\n"
    (cat,) = take_in(
        course(
            tmp_path,
            *("cat_1_9_value.py", "cat_1_10_value-1.py", "cat_1_11_main-1.py", "cat_1_12_lab-2.py"),
            **{"cat_1_11_main-1.py": uses},
        )
    ).handed

    assert names(cat) == ["lab-2.py", "main-1.py", "value.py"]
    assert bytes_of(cat.files[2].content) == b"cat_1_10_value-1.py"
    assert cat.note == "value.py was handed in again as value-1.py, which counts"


def test_a_time_that_a_student_has_written_is_no_time_of_handing_in(tmp_path: Path) -> None:
    stamp = "2020-01-01 00:00"
    path = course(
        tmp_path,
        "antalice_LATE_4711_99_value.py",
        "antalice_LATE_4711_100_timestamp.txt",
        "bee_4712_101_value.py",
        **{"antalice_LATE_4711_100_timestamp.txt": stamp},
    )

    ant, _ = take_in(path).handed

    assert (ant.timestamp, ant.late) == ("", True)
    assert [file.name for file in ant.files] == ["timestamp.txt", "value.py"]


def test_an_endless_time_is_cut_and_shown_as_it_is(tmp_path: Path) -> None:
    path = course(
        tmp_path,
        "submitted/ant/ex9/value.py",
        "submitted/ant/ex9/timestamp.txt",
        "submitted/bee/ex9/value.py",
        **{"timestamp.txt": "soon\x1b" + "x" * 100_000},
    )

    ant, _ = take_in(path).handed

    assert ant.timestamp.startswith("soon")
    assert len(ant.timestamp) < 200
    assert ant.timestamp.isprintable()


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="nobody is kept out of a folder here")
def test_a_folder_that_may_not_be_read_is_said_and_everyone_else_is_taken() -> None:
    with TemporaryDirectory() as folder:  # not pytest's, which is its own user's alone
        Path(folder).chmod(0o755)
        path = laid_out(Path(folder), "ant/value.py", "bee/value.py", "shut/a.py", "cat/in/b.py")
        modes = {path / "shut": 0o000, path / "cat" / "in": 0o444}
        for shut, mode in modes.items():
            shut.chmod(mode)
        with not_as_root():
            taken = take_in(path)
        for shut in modes:
            shut.chmod(0o755)

    assert [one.student.key for one in taken.handed] == ["ant", "bee", "cat", "shut"]
    assert "shut: it cannot be read: Permission denied" in taken.refused
    assert "cat/in/b.py: it cannot be read: Permission denied" in taken.refused


@contextmanager
def not_as_root() -> Iterator[None]:
    """Give up root's rights meanwhile, whom no folder keeps out."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_folder_of_ever_more_files_is_looked_at_scripts_first(tmp_path: Path) -> None:
    path = laid_out(tmp_path, "ant/value.py", "bee/value.py", *(f"eve/{n}.txt" for n in range(30)))
    (path / "eve" / "value.py").write_text("x", encoding="utf-8")
    refused = LeftOut()

    found = files_in(path, refused, Bounds(entries=10)).files

    assert len([one for one in found if one.name.startswith("eve/")]) == 10
    assert "eve/value.py" in [one.name for one in found]
    assert refused.lines() == ("eve: the rest: only 10 files of a folder are looked at",)


def test_a_student_s_archive_is_unpacked_elsewhere_and_its_lines_are_few(tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        file.writestr("value.py", "x")
        for number in range(60):
            file.writestr(f"../{number}.py", "x")
    path = laid_out(tmp_path, "ant/value.py", "eve/work.zip")
    (path / "eve" / "work.zip").write_bytes(held.getvalue())

    taken = take_in(path)

    assert [file.name for one in taken.handed for file in one.files] == ["value.py", "value.py"]
    assert len(taken.refused) == 6
    assert taken.refused[-1] == "eve: and 55 more"


def notes_of(taken: Intake) -> dict[str, tuple[list[str], str]]:
    return {one.student.key: (names(one), one.note) for one in taken.handed}


PASTED = "<p>class Value:<br>\n&nbsp; &nbsp; x = 3</p>"


def test_moodle_s_long_names_do_not_count_against_what_a_student_calls_a_file(
    tmp_path: Path,
) -> None:
    thai = "พิมพ์พิชชา ศรีสุวรรณวัฒนากุลชัยวงศ์"
    where = course(
        tmp_path,
        f"{thai}_7_assignsubmission_file/value.py",
        f"{'я' * 110}_8_assignsubmission_file/{'ж' * 100}.py",
        f"Bob_9_assignsubmission_file/{'ж' * 130}.py",
        "Con_10_assignsubmission_file/value.py",
    )

    of = {one.student.file_id: one for one in take_in(where).handed}

    assert (of["7"].student.name, names(of["7"])) == (thai, ["value.py"])
    assert names(of["8"]) == [f"{'ж' * 100}.py"]
    assert (names(of["9"]), of["9"].left_out) == ([], (f"{'ж' * 130}.py: its name is too long",))
    assert names(of["10"]) == ["value.py"]


def test_whoever_is_in_no_group_of_moodle_s_has_a_row(tmp_path: Path) -> None:
    folders = course(
        tmp_path,
        "Default group_assignsubmission_file/value.py",
        "Team Ä 1_1_assignsubmission_file/value.py",
    )

    assert [(one.student.name, one.student.file_id) for one in take_in(folders).handed] == [
        ("Default group", ""),
        ("Team Ä 1", "1"),
    ]


def test_what_was_typed_in_place_of_a_file_is_graded_if_it_is_a_script(tmp_path: Path) -> None:
    text = {"onlinetext.html": PASTED}
    where = course(
        tmp_path,
        *("Ann_1_assignsubmission_onlinetext/onlinetext.html",),
        *("Bob_2_assignsubmission_onlinetext/onlinetext.html",),
        *("Bob_2_assignsubmission_file/value.py",),
        *("Cat_3_assignsubmission_onlinetext/onlinetext.html",),
        *("Cat_3_assignsubmission_file/report.pdf",),
        **text,
    )

    taken = take_in(where)

    graded = "the text that was handed in is graded as text.py"
    assert notes_of(taken) == {
        "Ann_1": (["text.py"], graded),
        "Bob_2": (["value.py"], ""),
        "Cat_3": (["report.pdf", "text.py"], graded),
    }
    assert bytes_of(taken.handed[0].files[0].content) == b"class Value:\n    x = 3\n"


def test_what_was_typed_without_a_file_s_folder_or_by_nobody_known_is_read_too(
    tmp_path: Path,
) -> None:
    moodle = course(
        tmp_path,
        "Ann_1_assignsubmission_onlinetext_onlinetext.html",
        "Bob_2_assignsubmission_file_value.py",
        **{"Ann_1_assignsubmission_onlinetext_onlinetext.html": PASTED},
    )
    assert [names(one) for one in take_in(moodle).handed] == [["text.py"], ["value.py"]]

    canvas = course(
        tmp_path,
        *("anon_acJ4Q_99_value.py", "anon_cc4Qz_text.html", "LATE_anon_dd4Qz_link.html"),
        **{
            "LATE_anon_dd4Qz_link.html": '<a href="https://example.org/x">',
            "anon_cc4Qz_text.html": "",
        },
    )
    taken = take_in(canvas)
    assert taken.shape == "Canvas's submissions: 3 students, 1 file"
    assert notes_of(taken) == {
        "acJ4Q": (["value.py"], ""),
        "cc4Qz": ([], "a text was handed in, and no file"),
        "dd4Qz": ([], "a link was handed in, and no file: https://example.org/x"),
    }
    assert taken.handed[2].late


def test_blackboard_s_texts_say_who_it_is_and_what_was_typed(tmp_path: Path) -> None:
    ant, bee = (f"Exercise 9_{who}_attempt_2026-10-10-10-22-00" for who in ("ant", "bee"))
    where = course(
        tmp_path,
        *(f"{ant}.txt", f"{ant}_value.py", f"{bee}.txt"),
        **{
            f"{ant}.txt": "Name: Alice Ant (ant)\n\nSubmission Field:\nThere is no student "
            "submission text data for this assignment.\n\nComments:\nnone\n",
            f"{bee}.txt": f"Nombre: Bob Bee (bee)\n\nSubmission Field:\n{PASTED}\n\nComments:\n",
        },
    )

    taken = take_in(where).handed

    assert [(one.student.name, one.student.student_id, names(one)) for one in taken] == [
        ("Alice Ant", "ant", ["value.py"]),
        ("Bob Bee", "bee", ["text.py"]),
    ]


def coded(folder: Path, page: str, *entries: str) -> Path:
    """A zip with names in a code page, as Windows writes them, of which it says nothing."""
    path = folder / "course.zip"
    with zipfile.ZipFile(path, "w") as file:
        for name in entries:
            file.writestr(name.encode(page).hex(), "x")
    content = path.read_bytes()
    for name in entries:
        raw = name.encode(page)
        content = content.replace(raw.hex().encode(), raw + b"\0" * len(raw))
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("page", "names_in", "student"),
    [
        ("cp1252", "", "Jürgen"),
        ("cp437", "", "Jürgen"),
        ("utf-8", "", "Jürgen"),
        ("utf-8", "", "Ju\u0308rgen"),
        ("cp932", "cp932", "表ソ"),
        ("gbk", "gbk", "王小明"),
        ("utf-8", "gbk", "王小明"),
    ],
)
def test_names_in_any_code_page_are_read(
    tmp_path: Path, page: str, names_in: str, student: str
) -> None:
    where = coded(tmp_path, page, f"{student}/value.py", "Ann/value.py")

    taken = take_in(where, IntakeOptions(names_in=names_in))

    found = {one.student.name: names(one) for one in taken.handed}
    assert found == {unicodedata.normalize("NFC", student): ["value.py"], "Ann": ["value.py"]}
    assert (taken.notes == ()) == (page == "utf-8" or names_in != "")


def test_names_that_may_be_in_several_code_pages_are_said(tmp_path: Path) -> None:
    taken = take_in(coded(tmp_path, "cp932", "田中太郎/value.py", "Ann/value.py"))

    (note,) = taken.notes
    assert "'田中太郎/value.py' in cp932" in note
    assert note.endswith(": --names-in says which")


def test_folders_of_windows_are_folders(tmp_path: Path) -> None:
    taken = take_in(course(tmp_path, "Ann\\value.py", "Bob\\", "Bob\\value.py"))

    assert {one.student.key: names(one) for one in taken.handed} == {
        "Ann": ["value.py"],
        "Bob": ["value.py"],
    }
