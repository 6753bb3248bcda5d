"""What a submission had used where a limit stopped it, in words."""

import pytest

from grader.engines.observation import Fault, Observation, ResourceUse
from grader.sandbox.limit_messages import (
    explain_exit,
    explain_load,
    is_load_stopped,
    is_stopped,
    of_memory,
    use_of,
)
from grader.sandbox.load_result import LoadResult, Mishap
from grader.sandbox.protocol.limits import WAITING, Limits

LIMITS = Limits(load_s=10.0, program_s=2.0, output_kb=64, memory_mb=512)
USE = ResourceUse(2.5, 2.1, 300, 70)
WAITED = Fault("OutOfTime", WAITING)
SHORT = Fault("numpy.core._exceptions._ArrayMemoryError", "cannot allocate")


def test_cpu_time_is_told_as_such_and_waiting_by_the_clock() -> None:
    assert use_of(2.0, waited=False) == "stopped after 2 s of CPU"
    assert use_of(2.0, waited=True) == "stopped after 6 s, most of which it waited"


PROGRAMS = {
    "its time": (Observation("timed out"), "stopped after 2 s of CPU"),
    "its time, waiting": (
        Observation("timed out", fault=WAITED),
        "stopped after 6 s, most of which it waited",
    ),
    "its output": (Observation("flooded"), "stopped after 64 kB"),
}


@pytest.mark.parametrize("limit", PROGRAMS)
def test_a_program_that_a_limit_stopped_says_which(limit: str) -> None:
    observation, detail = PROGRAMS[limit]

    assert is_stopped(observation)
    assert explain_exit(observation, LIMITS, USE) == observation._replace(detail=detail, use=USE)


def test_a_program_without_memory_says_how_much_there_was() -> None:
    observation = Observation("raised", fault=SHORT)

    explained = explain_exit(observation, LIMITS, USE)

    assert is_stopped(observation)
    assert explained.fault == SHORT._replace(
        message="cannot allocate; used 300 MB of 512 and asked for more"
    )


def test_what_a_program_raises_of_itself_is_no_limit() -> None:
    fault = Fault("ValueError", "no")

    assert not is_stopped(Observation("raised", fault=fault))
    assert of_memory(fault, LIMITS, USE) == fault


def test_a_run_that_raised_or_came_to_its_end_was_stopped_by_no_limit() -> None:
    raised = LoadResult("raised", (Mishap("value.py", Fault("ValueError", "no")),))

    assert not is_load_stopped(LoadResult("ran"))
    assert not is_load_stopped(raised)


def test_a_cell_without_memory_is_told_and_the_run_has_come_to_its_end() -> None:
    loaded = LoadResult("ran", (Mishap("cell 2", Fault("MemoryError", "")),))

    explained = explain_load(loaded, LIMITS, USE)

    assert is_load_stopped(loaded)
    assert explained.mishaps[0].fault.message == "used 300 MB of 512 and asked for more"
    assert (explained.detail, explained.use) == ("", USE)


def test_a_run_that_timed_out_is_told_with_the_time_for_running() -> None:
    explained = explain_load(LoadResult("timed out"), LIMITS, USE)

    assert explained.detail == "stopped after 10 s of CPU"
