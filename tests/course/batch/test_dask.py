"""On a dask cluster of processes a course comes to the same, also where a worker is killed."""

import os
import shutil
import signal
import subprocess
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.course.batch.executors import NoExecutor, maker_of
from grader.course.batch.grade_course import CourseRequest, grade_course
from grader.course.marks import marks_in
from tests.course.batch.sample import CHOICE, NOTHING, grade, handed, taken

distributed = pytest.importorskip("distributed", reason="distributed is not installed")
dask = pytest.importorskip("dask", reason="dask is not installed")
pytestmark = pytest.mark.xdist_group("dask")
ENDS = ("client", "scheduler", "worker")
SOME = taken([*handed(12), NOTHING])
FEW = taken([*handed(2), NOTHING])


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
    here = CourseRequest(tmp_path / "here", SOME, CHOICE)
    there = here._replace(out=tmp_path / "there", executor=f"dask://{address}", jobs=2)
    grade(here)
    killed: list[int] = []

    def kill_one(done: int, _: int) -> None:
        if done == 5 and not killed:
            killed.append(workers(address)[0])
            os.kill(killed[0], signal.SIGKILL)

    result = grade_course(there, kill_one)

    assert killed
    assert result.ours == 0
    assert marks_in(there.out) == marks_in(here.out)


def test_a_cluster_that_is_not_there_is_said() -> None:
    with pytest.raises(NoExecutor, match=r"no executor at 'dask://127\.0\.0\.1:1'"):
        maker_of("dask://127.0.0.1:1", 1)()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What dask's settings say of a certificate that everyone in a cluster has."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl, which makes certificates, is not installed")
    folder = tmp_path_factory.mktemp("tls")
    words = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=grade -keyout key -out cert"
    )
    subprocess.run(words.split(), cwd=folder, check=True, capture_output=True)
    made = {name: str(folder / name) for name in ("cert", "key")}
    of_each = {f"{who}.{name}": file for who in ENDS for name, file in made.items()}
    return {f"distributed.comm.tls.{name}": file for name, file in of_each.items()} | {
        "distributed.comm.tls.ca-file": made["cert"]
    }


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_is_used_by_tls_and_not_without_its_certificate(
    certificate: dict[str, str], tmp_path: Path
) -> None:
    with dask.config.set(certificate):
        security = distributed.Security(require_encryption=True)
        with distributed.LocalCluster(
            n_workers=1, protocol="tls", security=security, dashboard_address=None
        ) as cluster:
            course = CourseRequest(tmp_path / "out", FEW, CHOICE, cluster.scheduler_address)
            result = grade_course(course, lambda done, of: None)
            with dask.config.set(dict.fromkeys(certificate)), pytest.raises(NoExecutor):
                maker_of(cluster.scheduler_address, 1)()

    assert course.executor.startswith("tls://")
    assert (result.graded, result.ours) == (3, 0)
