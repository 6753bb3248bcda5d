"""A person's table says when somebody handed in, where the LMS's export does not."""

from pathlib import Path

import pytest

from grader.cli.main import run
from grader.course.batch.times_file import BadTimes, HandedInTime, read_times, with_times
from grader.submissions.intake.student_submission import Intake, StudentSubmission
from grader.submissions.student import Student

ANT = StudentSubmission(Student("ant_1", "Alice Ant", "1"), (), late=True)
BEE = StudentSubmission(Student("bee_2", "Zoë Bee", "2"), (), "2026-10-10T10:00:00")
INTAKE = Intake("a folder per student", (ANT, BEE), notes=("a note",))


def times(folder: Path, content: bytes) -> Path:
    file = folder / "times.csv"
    file.write_bytes(content)
    return file


@pytest.mark.parametrize(
    "content",
    [
        b"student,time\n1,2026-10-11T12:00\n",
        "\ufeffStudent;Timestamp\r\n1;11.10.2026 12:00\r\n".encode(),
        "STUDENT\tTIME\n1\t11 October 2026, 12:00\n".encode("utf-16"),
    ],
)
def test_it_is_read_as_a_spreadsheet_saves_it(tmp_path: Path, content: bytes) -> None:
    (one,) = read_times(times(tmp_path, content))

    assert (one.line, one.student, one.time) == (2, "1", "2026-10-11T12:00:00")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"who,time\n1,2026-10-11T12:00\n", r"times\.csv: no column 'student'"),
        (b"student,when\n1,2026-10-11T12:00\n", r"times\.csv: no column 'time'"),
        (b"student,time\n1,3/4/2026 10:00\n", r"times\.csv, line 2: '3/4/2026 10:00' is no date"),
        (b"student,time\n1,yesterday\n", r"line 2: 'yesterday' is no date and time"),
    ],
)
def test_what_is_no_table_of_times_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    with pytest.raises(BadTimes, match=says) as raised:
        read_times(times(tmp_path, content))

    assert raised.value.hint == "its first line is student,time"


def test_a_time_takes_the_place_of_the_lms_s_and_what_fits_nobody_is_noted() -> None:
    said = [
        HandedInTime(2, "Zoë Bee", "2026-10-12T10:00:00"),
        HandedInTime(3, "1", "2026-10-11T10:00:00"),
        HandedInTime(4, "nobody", "2026-10-11T10:00:00"),
        HandedInTime(5, "ant_1", "2026-10-11T11:00:00"),
    ]

    found = with_times(INTAKE, said, "times.csv")

    assert [one.timestamp for one in found.handed] == [
        "2026-10-11T11:00:00",
        "2026-10-12T10:00:00",
    ]
    assert found.notes == (
        "a note",
        "times.csv, line 4: 'nobody' fits nobody who handed in, and is not used",
        "times.csv, line 5: 'ant_1' is on line 3 already; line 5 counts",
    )


def test_whoever_has_a_time_is_charged_for_being_late(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("ant", "bee"):
        (tmp_path / "in" / name).mkdir(parents=True)
        (tmp_path / "in" / name / "value.txt").write_text("no script", encoding="utf-8")
    file = times(tmp_path, b"student,time\nant,2026-10-12T10:00\n")
    words = ["batch", "ex9", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--walls", "limits"]

    assert run([*words, "--due", "2026-10-10T10:00", "--times", str(file)]) == 0

    said = capsys.readouterr().out
    assert "when 1 of 2 students handed in is unknown, so nothing is taken off" in said
    scores = (tmp_path / "out" / "scores.csv").read_text(encoding="utf-8")
    assert "2026-10-12T10:00" in scores
