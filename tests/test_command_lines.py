"""Tests run in whatever order a command line names them."""

import subprocess
import sys

from tests.places import ROOT

NAMED = (
    "tests/service/test_settings.py",
    "tests/test_mirror.py",
    "tests/service/database/test_migration.py::test_every_step_can_be_made_alone",
)


def test_a_folder_may_be_named_again_after_another_one() -> None:
    command = [sys.executable, "-m", "pytest", "--setup-plan", "-q", "-p", "no:cacheprovider"]

    done = subprocess.run([*command, *NAMED], cwd=ROOT, capture_output=True, text=True, check=False)

    assert "test_every_step_can_be_made_alone[sqlite]" in done.stdout
    assert done.returncode == 0, done.stdout
