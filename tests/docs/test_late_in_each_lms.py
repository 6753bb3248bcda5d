"""The reference says of each system whether its export tells when something was handed in."""

import re
import zipfile
from pathlib import Path

import pytest

from grader.submissions.intake.ownership import SHAPES, IntakeOptions
from grader.submissions.intake.take_in import take_in
from tests.places import ROOT

PAGE = (ROOT / "docs" / "reference" / "late-in-each-lms.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([A-Za-z]\w*)[^|]* \| ([^|]+) \| ([^|]+) \|$", PAGE, re.MULTILINE)[1:]
WORKS = {system.lower(): does.startswith("work") for system, _, does in ROWS}
METADATA = """\
submission_7:
  :submitters:
  - :name: Alice Ant
    :sid: ant
  :created_at: 2026-10-10 22:10:00.000000000 Z
"""
EXPORTS = {
    "canvas": {"antalice_LATE_4711_99_value.py": ""},
    "moodle": {"Alice Ant_2_assignsubmission_file/value.py": ""},
    "blackboard": {"Exercise 9_ant_attempt_2026-10-10-10-22-00_value.py": ""},
    "brightspace": {"39786-640693 - Alice Ant - Oct 10, 2026 1022 AM/value.py": ""},
    "gradescope": {"submission_metadata.yml": METADATA, "submission_7/value.py": ""},
    "nbgrader": {
        "submitted/ant/ex9/value.py": "",
        "submitted/ant/ex9/timestamp.txt": "2026-10-10 10:22:00.000000 UTC",
    },
    "folder": {"ant.py": ""},
}


def test_every_system_has_its_row() -> None:
    assert sorted(WORKS) == sorted({"a" if name == "folder" else name for name in SHAPES})


@pytest.mark.parametrize("system", EXPORTS)
def test_a_late_policy_works_where_the_export_says_when(system: str, tmp_path: Path) -> None:
    export = tmp_path / "export.zip"
    with zipfile.ZipFile(export, "w") as archive:
        for name, text in EXPORTS[system].items():
            archive.writestr(name, text or "class Value:\n    pass\n")

    (handed,) = take_in(export, IntakeOptions(shape=system)).handed

    has_its_own_row = system != "folder"  # which works with a pattern alone
    assert bool(handed.timestamp) == (has_its_own_row and WORKS[system])
    assert handed.late == (system == "canvas")
