"""Whatever is killed or cut off, nothing is lost: once each here, and often by hand (`kills`)."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.service.kills import Life, kill
from tests.service.running import drop, postgres_url
from tests.service.strikes import IN_MID_JOB, VICTIMS


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="only Linux says what runs below")
def test_nothing_is_lost_or_counted_twice_whatever_is_killed() -> None:
    with TemporaryDirectory() as folder:
        os.chmod(folder, 0o711)  # behind walls, somebody else reads what is below
        life = Life(Path(folder))
        life.service.start()

        faults = [
            f"{victim}: {fault}"
            for victim in (
                "reader",
                "zygote",
                "web in a commit",
            )  # its end is that of all below it, too
            for fault in life.round(VICTIMS[victim], IN_MID_JOB)
        ]

        assert faults + life.end() == []


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="only Linux says what runs below")
def test_nothing_is_lost_or_counted_twice_where_connections_are_cut_off() -> None:
    url = postgres_url()
    if url is None:
        pytest.skip("no PostgreSQL at 127.0.0.1:5432 that lets in postgres without a password")
    drop(url)

    taken, faults = kill(VICTIMS["PostgreSQL cut off"], IN_MID_JOB, 1)

    assert taken > 3
    assert faults == []
