"""Moodle's zip says by its entries' dates when somebody handed in, unless it was packed anew."""

import zipfile
from pathlib import Path

import pytest

from grader.submissions.intake.entry_times import are_of_handing_in, entry_time
from grader.submissions.intake.ownership import IntakeOptions
from grader.submissions.intake.take_in import take_in

EARLY, LATE = (2026, 10, 10, 12, 0, 0), (2026, 11, 28, 9, 30, 2)


def packed(folder: Path, *entries: tuple[str, tuple[int, int, int, int, int, int]]) -> Path:
    file = folder / "submissions.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for name, date in entries:
            archive.writestr(zipfile.ZipInfo(name, date), "a = 1\n")
    return file


def test_moodle_s_entries_say_when_somebody_handed_in(tmp_path: Path) -> None:
    file = packed(
        tmp_path,
        ("Zoë Bee_3_assignsubmission_file/value.py", LATE),
        ("Alice Ant_2_assignsubmission_file/value.py", EARLY),
        ("Alice Ant_2_assignsubmission_file/old.py", (2026, 10, 1, 8, 0, 0)),
    )

    handed = take_in(file, IntakeOptions()).handed

    assert {one.student.name: one.timestamp for one in handed} == {
        "Alice Ant": "2026-10-10T12:00:00",
        "Zoë Bee": "2026-11-28T09:30:02",
    }


@pytest.mark.parametrize(
    "names",
    [
        ("Alice Ant_2_assignsubmission_file/value.py", "Zoë Bee_3_assignsubmission_file/value.py"),
        ("antalice_4711_99_value.py", "beezoë_4712_98_value.py"),
    ],
)
def test_what_was_packed_anew_or_is_another_s_says_nothing(
    tmp_path: Path, names: tuple[str, str]
) -> None:
    moodle = "assignsubmission" in names[0]
    dates = (EARLY, (*EARLY[:5], 40)) if moodle else (EARLY, LATE)

    handed = take_in(packed(tmp_path, *zip(names, dates, strict=True)), IntakeOptions()).handed

    assert {one.timestamp for one in handed} == {""}


def test_a_date_that_is_none_says_nothing() -> None:
    assert entry_time((2026, 0, 0, 0, 0, 0)) == ""
    assert not are_of_handing_in(["", ""])
    assert are_of_handing_in(["2026-10-10T12:00:00", ""])
