"""Where mutants go wrong is written down, and read again as it was."""

import json
from pathlib import Path
from typing import Any

import pytest

from grader.engines.oracles.expected import Expected, memoised
from grader.engines.oracles.textbook import Textbook
from grader.errors import BrokenExercise
from grader.exercises import catalogue
from grader.exercises.exercise_programs import programs
from grader.exercises.training import training_program
from grader.feedback.diagnosis.recorded_misconceptions import (
    ANOTHER_PROGRAM,
    RecordedMisconceptions,
    program_key,
    recorded_text,
)
from grader.feedback.shrinking.candidates import key_of
from grader.feedback.shrinking.size import size
from grader.grading.mutants.answers import MutantAnswers
from grader.grading.preparation import FINGERPRINTS, misconceptions_of
from grader.grading.verification.prove import mutants_text

EXERCISE = catalogue.load(catalogue.find("my475/ex9"))
ENTRIES = catalogue.entries()


def asked(seed: int | None = None) -> dict[str, Expected]:
    ask = memoised([Textbook()])
    recorded = programs(EXERCISE) if seed is None else programs(EXERCISE, seed)
    return {key: ask(program) for key, program in recorded.items()}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ex9") / FINGERPRINTS
    path.write_text(mutants_text(EXERCISE), encoding="utf-8")
    return path


def test_what_is_read_is_what_was_found_out_apart_from_needless_random_graphs(file: Path) -> None:
    read = {one.diagnosis: one for one in RecordedMisconceptions(file).misconceptions(asked())}

    for live in MutantAnswers(EXERCISE).misconceptions(asked()):
        fixed = {key: seen for key, seen in live.observations.items() if "#" not in key}
        assert read[live.diagnosis].observations == (fixed or live.observations)


def test_every_mutant_goes_wrong_somewhere(file: Path) -> None:
    for one in RecordedMisconceptions(file).misconceptions(asked()):
        assert one.observations, one.diagnosis.id


def test_another_seed_s_random_graphs_are_not_known(file: Path) -> None:
    known = RecordedMisconceptions(file)

    assert known.cover(asked())
    assert not known.cover(asked(seed=7))


def test_what_is_not_written_down_is_found_out_now() -> None:
    named = {one.diagnosis.id for one in misconceptions_of(EXERCISE)(asked(seed=7))}

    assert named == {mutant.id for mutant in catalogue.mutants(EXERCISE)}


def test_where_a_program_looks_does_not_change_what_stands_for_it() -> None:
    program = asked()["power_values"].program

    assert program_key("a", program) == program_key("a", program._replace(observed=()))
    assert program_key("a", program) != program_key("b", program)


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry.path for entry in ENTRIES])
def test_every_exercise_s_are_those_of_its_mutants_and_checks(
    entry: catalogue.ExerciseEntry,
) -> None:
    exercise = catalogue.load(entry)
    mutants = [(one.id, one.says, one.asks) for one in catalogue.mutants(exercise)]
    names = {program_key(key, program) for key, program in programs(exercise).items()}

    assert RecordedMisconceptions(entry.folder / FINGERPRINTS).are_of(names, mutants)


def test_a_file_that_cannot_be_read_says_how_to_write_it_again(tmp_path: Path) -> None:
    path = tmp_path / "my course" / "demo" / "01_one" / FINGERPRINTS
    path.parent.mkdir(parents=True)
    path.write_text("{", encoding="utf-8")

    with pytest.raises(BrokenExercise, match="cannot be read") as e:
        RecordedMisconceptions(path)

    command = f"grade verify demo/one --record --exercises '{tmp_path / 'my course'}'"
    assert e.value.hint == f"record it again: {command}"


@pytest.mark.parametrize("wrong", [{"ended": "flew"}, 3, None, {}])
def test_what_is_no_observation_is_refused(tmp_path: Path, wrong: Any) -> None:
    question = asked()["power_values"]
    name = program_key("power_values", question.program)
    held = json.loads(recorded_text([name], [], []))
    held["mutants"] = [{"id": "X", "says": "x.", "hint": "x?", "wrong": {name: wrong}}]
    path = tmp_path / FINGERPRINTS
    path.write_text(json.dumps(held), encoding="utf-8")

    with pytest.raises(BrokenExercise):
        list(RecordedMisconceptions(path).misconceptions({"power_values": question}))


def test_a_run_from_elsewhere_is_known_and_fits_nobody() -> None:
    exercise = catalogue.load(catalogue.find("my475/ex12"))
    *_, check = exercise.checks
    assert check.own_run is not None
    assert check.own_run.task is not None
    elsewhere = training_program(check.function, check.own_run.task, {"w": 3.0, "b": -1.0}).program
    told = {check.id: memoised([Textbook()])(elsewhere)}
    known = RecordedMisconceptions(exercise.folder / FINGERPRINTS)

    assert known.cover(told)
    seen = [seen for one in known.misconceptions(told) for seen in one.observations.values()]
    assert seen
    assert all(one == ANOTHER_PROGRAM for one in seen)


def test_a_known_misconception_s_smallest_example_is_not_searched_for(file: Path) -> None:
    """It is read as the search left it; a check that is its own has its own names again later."""
    everything = asked()
    searched = {
        one.id: smallest for one, _, smallest in MutantAnswers(EXERCISE).records(everything)
    }

    for one in RecordedMisconceptions(file).misconceptions(everything):
        found = searched[one.diagnosis.id]
        assert found
        assert one.smallest.keys() == found.keys() <= one.observations.keys()
        for key, program in one.smallest.items():
            assert key_of(program) == key_of(found[key])
            assert size(program) <= size(everything[key].program)


@pytest.mark.parametrize("plain", [3, [], [[[]], 3], [[[["fly", "x", []]], [], 0], []]])
def test_what_is_no_program_is_refused(tmp_path: Path, plain: Any) -> None:
    held = json.loads(recorded_text([], [], []))
    held["mutants"] = [
        {"id": "X", "says": "x.", "hint": "x?", "wrong": {}, "smallest": {"a": plain}}
    ]
    path = tmp_path / FINGERPRINTS
    path.write_text(json.dumps(held), encoding="utf-8")

    with pytest.raises(BrokenExercise):
        list(RecordedMisconceptions(path).misconceptions({}))
