import pytest

from grader.engines.compare import ORACLES_RELATIVE, compare
from grader.engines.observation import NUMBER
from grader.engines.oracles.textbook import Engine
from grader.engines.program import Program
from grader.exercises.random.scalar_programs import EVERYTHING, Taught, generate

RANDOM_PROGRAMS = 1000
LARGEST_GRADIENT = 1e6


def test_the_reference_engine_and_torch_agree_on_a_thousand_random_programs() -> None:
    pytorch = pytest.importorskip("grader.engines.oracles.pytorch", reason="torch is not installed")
    reference, torch = Engine(), pytorch.Torch()

    quarrels = [
        seed
        for seed in range(RANDOM_PROGRAMS)
        if compare(
            program := generate(seed),
            torch.answer(program),
            reference.answer(program),
            relative=ORACLES_RELATIVE,
        )
    ]

    assert quarrels == []


def test_random_programs_are_answered_with_numbers_of_a_size_that_can_be_compared() -> None:
    reference = Engine()

    for seed in range(RANDOM_PROGRAMS):
        observation = reference.answer(generate(seed))

        assert observation.ended == "answered"
        for answer in observation.answers.values():
            assert answer.kind == NUMBER
            assert isinstance(answer.value, float)
            assert abs(answer.value) <= LARGEST_GRADIENT


def test_a_seed_gives_the_same_program_again() -> None:
    assert generate(12345) == generate(12345)


def test_different_seeds_give_different_programs() -> None:
    assert len({generate(seed).fingerprint() for seed in range(200)}) == 200


def test_a_random_program_uses_only_what_was_taught() -> None:
    taught = Taught(operators=("add", "mul"))

    used = {name for seed in range(200) for name in _operations(generate(seed, taught))}

    assert used == {"add", "mul"}


def test_everything_that_was_taught_occurs() -> None:
    used = {name for seed in range(300) for name in _operations(generate(seed))}

    assert used == {*EVERYTHING.operators, *EVERYTHING.methods}


def test_inputs_that_hide_faults_are_among_them() -> None:
    inputs = [
        [step.operands[0] for step in generate(seed).steps if step.kind == "make"]
        for seed in range(300)
    ]

    assert any(0.0 in drawn for drawn in inputs)
    assert any(len(set(drawn)) < len(drawn) for drawn in inputs)
    assert any(isinstance(value, int) for drawn in inputs for value in drawn)
    assert any(len(str(value)) > 7 for drawn in inputs for value in drawn)


def _operations(program: Program) -> set[str]:
    return {
        step.name
        for step in program.steps
        if step.kind == "operate" or (step.kind == "call" and step.name != "backward")
    }
