"""The situations that people have met come out right."""

from pathlib import Path

import pytest

from tests.ready_grader import ReadyGrader
from tests.wild.cases import courses, single_files  # noqa: F401  (they register their cases)
from tests.wild.cases.bench import CASES, Bench, Case
from tests.wild.known import KNOWN_CASES

KINDS = 32


def test_there_is_a_case_of_every_kind() -> None:
    assert {one.number for one in CASES} == set(range(1, KINDS + 1))
    assert KNOWN_CASES.keys() <= {one.name for one in CASES}


@pytest.mark.parametrize("case", CASES, ids=[one.name for one in CASES])
def test_a_case_comes_out_right(
    case: Case, tmp_path: Path, ready_grader: ReadyGrader, request: pytest.FixtureRequest
) -> None:
    if why := KNOWN_CASES.get(case.name):
        request.applymarker(pytest.mark.xfail(strict=True, reason=why))

    case.try_on(Bench(tmp_path, ready_grader))
