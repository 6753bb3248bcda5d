"""Whatever is killed in mid-job, nothing is lost: once each here, and often by hand (`kills`)."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.service.kills import Life
from tests.service.strikes import IN_MID_JOB, VICTIMS


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="only Linux says what runs below")
def test_nothing_is_lost_or_counted_twice_whatever_is_killed() -> None:
    with TemporaryDirectory() as folder:
        os.chmod(folder, 0o711)  # behind walls, somebody else reads what is below
        life = Life(Path(folder))
        life.service.start()

        faults = [
            f"{victim}: {fault}"
            for victim in ("reader", "zygote", "web")  # whose end is the end of the others, too
            for fault in life.round(VICTIMS[victim], IN_MID_JOB)
        ]

        assert faults + life.end() == []
