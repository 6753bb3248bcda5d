"""On a dask cluster of processes a course comes to the same, also where a worker is killed."""

import os
import signal
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.batch.course import Course, grade_course
from grader.batch.executors import NoExecutor, maker_of
from grader.marks import marks_in
from tests.batch.sample import CHOICE, NOTHING, grade, handed, taken

distributed = pytest.importorskip("distributed", reason="distributed is not installed")
pytestmark = pytest.mark.xdist_group("dask")
SOME = taken([*handed(24), NOTHING])


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with (
        warnings.catch_warnings(action="ignore"),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=2, processes=True, dashboard_address=None
        ) as cluster,
    ):
        yield cluster.scheduler_address.removeprefix("tcp://")


def workers(address: str) -> list[int]:
    """The processes that do jobs."""
    with distributed.Client(f"tcp://{address}") as client:
        return list(client.run(os.getpid).values())


@pytest.mark.filterwarnings("ignore")
def test_a_worker_that_is_killed_loses_nothing(address: str, tmp_path: Path) -> None:
    here = Course(tmp_path / "here", SOME, CHOICE, jobs=2)
    there = here._replace(out=tmp_path / "there", executor=f"dask://{address}")
    grade(here)
    killed: list[int] = []

    def kill_one(done: int, _: int) -> None:
        if done == 5 and not killed:
            killed.append(workers(address)[0])
            os.kill(killed[0], signal.SIGKILL)

    graded = grade_course(there, kill_one)

    assert killed
    assert graded.ours == 0
    assert marks_in(there.out) == marks_in(here.out)


def test_a_cluster_that_is_not_there_is_said() -> None:
    with pytest.raises(NoExecutor, match=r"no executor at 'dask://127\.0\.0\.1:1'"):
        maker_of("dask://127.0.0.1:1", 1)()
