"""A job is plain JSON, and says of a request all that matters elsewhere."""

import json
from pathlib import Path

import pytest

from grader.course.batch.jobs import LARGEST, TOO_LARGE, TooLarge, job_of, request_of, unpack
from grader.grading.request import GradeRequest
from grader.sandbox.protocol.limits import Allowance, Limits

OTHER = GradeRequest(
    "my475/ex9,ex10",
    path="value.py",
    class_name="Node",
    kernel=True,
    oracles="live",
    allowed=Allowance(time_s=2.5, output_kb=7),
    limits=Limits(cpu_s=9),
    walls="full",
    seed=7,
    homes=(Path("mine"), Path("yours")),
    examples_s=9.0,
    repair_steps=9,
    for_staff=True,
    shows_hidden=True,
)
TRAVEL = {"exercise", "class_name", "oracles", "allowed", "walls", "seed", "homes"}
NOT_BY_ITSELF = {
    "path",
    "kernel",
    "limits",
    "examples_s",
    "repair_steps",
    "for_staff",
    "shows_hidden",
}


def test_each_field_of_a_request_travels_or_stays_on_purpose() -> None:
    usual = GradeRequest("ex9")

    job = json.loads(json.dumps(job_of(OTHER, Path("there"))))
    arrived = request_of(job)

    assert set(GradeRequest._fields) == TRAVEL | NOT_BY_ITSELF
    for name in GradeRequest._fields:
        assert getattr(OTHER, name) != getattr(usual, name)
        assert getattr(arrived, name) == getattr(OTHER if name in TRAVEL else usual, name)


def test_a_job_has_the_keys_that_workers_elsewhere_know() -> None:
    job = job_of(OTHER, Path("there"), {"value.py": 1})

    assert json.loads(json.dumps(job)) == {
        "exercise": "my475/ex9,ex10",
        "walls": "full",
        "allowed": [2.5, None, 7],
        "seed": 7,
        "oracles": "live",
        "homes": ["mine", "yours"],
        "class": "Node",
        "folder": "there",
        "order": {"value.py": 1},
    }


def test_the_files_that_travel_arrive_and_the_largest_that_is_no_script_stays(
    tmp_path: Path,
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    (here / "src").mkdir(parents=True)
    (here / "src" / "value.py").write_bytes(b"class Value: ...\n")
    (here / "data.txt").write_bytes(bytes(LARGEST // 2))
    (here / "data.bin").write_bytes(bytes(LARGEST))

    job = json.loads(json.dumps(job_of(OTHER, here, whole=True)))
    unpack(job["files"], there)

    assert sorted(job["files"]) == ["data.txt", "src/value.py"]
    for name in job["files"]:
        assert (there / name).read_bytes() == (here / name).read_bytes()


def test_scripts_that_are_too_large_do_not_travel_which_is_our_fault(tmp_path: Path) -> None:
    (tmp_path / "value.py").write_bytes(b"")
    (tmp_path / "notes.py").write_bytes(b"#" * (LARGEST + 1))

    job = job_of(OTHER, tmp_path, whole=True)

    with pytest.raises(TooLarge, match=TOO_LARGE):
        unpack(job["files"], tmp_path)
