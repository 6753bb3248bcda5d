"""The oracles and the misconceptions of an exercise, made ready once for all submissions."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from grader.engines.oracles.recorded_answers import RecordedOracle
from grader.engines.oracles.textbook import Textbook
from grader.exercises import catalogue
from grader.grading.preparation import (
    FINGERPRINTS,
    misconceptions_of,
    oracles,
    prepare,
    two_mutants_of,
)
from grader.grading.request import GradeRequest

EX9 = catalogue.load(catalogue.find("ex9"))


def test_torch_is_asked_as_it_was_recorded_unless_it_is_asked_live() -> None:
    textbook, torch = oracles(EX9, "recorded")

    assert isinstance(textbook, Textbook)
    assert isinstance(torch, RecordedOracle)


def test_a_request_s_class_and_time_for_examples_become_options() -> None:
    request = GradeRequest("ex9", class_name="Scalar", seed=3, examples_s=0.25)

    prepared, options = prepare(EX9, request)

    assert (prepared.seed, prepared.oracles[0]) == (3, "reference")
    assert (options.class_name, options.examples_s) == ("Scalar", 0.25)


def test_recorded_misconceptions_are_read_and_not_asked_anew(tmp_path: Path) -> None:
    shutil.copy(EX9.folder / FINGERPRINTS, tmp_path)
    recorded_alone = EX9._replace(folder=tmp_path)  # there are no mutants to be asked
    questions = {
        key: one
        for key, one in prepare(EX9, GradeRequest("ex9"))[0].expected.items()
        if key in {check.id for check in EX9.checks}
    }

    names = {one.diagnosis.id for one in misconceptions_of(recorded_alone)(questions)}

    assert names == {mutant.id for mutant in catalogue.mutants(EX9)}


def test_mutants_that_are_unknown_make_no_engine() -> None:
    assert two_mutants_of(EX9)("S1", "Z9") is None


def test_torch_without_numpy_says_nothing(tmp_path: Path) -> None:
    """Torch warns of a numpy that is missing, and nobody who proves an exercise needs one."""
    pytest.importorskip("torch", reason="torch is not installed")
    script = (
        "import sys; sys.modules['numpy'] = None\n"
        "from grader.grading.preparation import live_torch\n"
        "print(live_torch().label.partition(' ')[0])\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=tmp_path
    )

    assert (done.stdout, done.stderr) == ("torch\n", "")
