"""Random Programs over Tensors ask for what was taught, and hide nothing."""

from collections.abc import Iterator

import pytest

from grader.engines.compare import ORACLES_RELATIVE, compare
from grader.engines.oracles.textbook import Textbook
from grader.engines.program import ArrayData, Keyword, Program
from grader.exercises.random.array_programs import BINARY, UNARY, array_program
from grader.exercises.random.scalar_programs import TaughtOperations, taught_by

FUNCTIONS = (*BINARY, *UNARY, "Pow", "MatMul", "Sum", "Mean")
EVERYTHING = TaughtOperations((), functions=FUNCTIONS, broadcasting=True)


def programs(taught: TaughtOperations = EVERYTHING, count: int = 300) -> Iterator[Program]:
    return (array_program(seed, taught) for seed in range(count))


def functions_in(program: Program) -> set[str]:
    return {step.name for step in program.steps if step.kind == "make"} - {"Tensor"}


def test_the_reference_and_torch_agree_on_a_thousand_programs_of_all_functions() -> None:
    pytorch = pytest.importorskip("grader.engines.oracles.pytorch", reason="torch is not installed")
    reference, torch = Textbook(), pytorch.Torch()

    quarrels = [
        program.fingerprint()
        for program in programs(count=1000)
        if compare(
            program, torch.answer(program), reference.answer(program), relative=ORACLES_RELATIVE
        )
    ]

    assert quarrels == []


def test_a_seed_gives_the_same_program_again_and_another_seed_another() -> None:
    assert array_program(7, EVERYTHING) == array_program(7, EVERYTHING)
    assert len({program.fingerprint() for program in programs()}) == 300


def test_functions_that_were_taught_occur_and_no_others() -> None:
    taught = taught_by(["Add", "MatMul"])

    assert set().union(*map(functions_in, programs(taught))) == {"Add", "MatMul"}
    assert set().union(*map(functions_in, programs())) == set(FUNCTIONS)


def test_what_has_been_taught_is_sorted_by_its_name() -> None:
    assert taught_by(["add", "relu", "numbers", "Mul", "broadcasting"]) == TaughtOperations(
        ("add",), ("relu",), numbers=True, functions=("Mul",), broadcasting=True
    )


def test_every_tensor_leads_to_the_root() -> None:
    for program in programs():
        used = {ref for step in program.steps for ref in step.refs() if step.kind == "call"}
        tensors = {
            index
            for index, step in enumerate(program.steps)
            if step.name in ("Tensor", "forward") and step.kind != "ask"
        }

        assert tensors <= used


def test_shapes_differ_only_where_broadcasting_was_taught() -> None:
    plain = taught_by(["Sub", "Mul"])
    shapes = [
        {len(step.operands[0].items) for step in program.steps if _is_leaf(step.operands)}  # type: ignore[union-attr]
        for program in programs(plain)
    ]

    assert {len(sizes) for sizes in shapes} == {1}


def test_inputs_that_hide_faults_are_among_them() -> None:
    drawn = list(programs())
    operands = [step.operands for program in drawn for step in program.steps]
    entries = [entry for given in operands if _is_leaf(given) for entry in _entries(given[0])]
    forwards = [step for program in drawn for step in program.steps if step.name == "forward"]

    assert 0.0 in entries
    assert any(len(str(entry)) > 7 for entry in entries)
    assert any(step.operands[1:2] == step.operands[2:3] for step in forwards)
    assert any(Keyword("requires_grad", True) not in given for given in operands if _is_leaf(given))
    assert any(Keyword("axis", -1) in given for given in operands)


def _is_leaf(operands: tuple[object, ...]) -> bool:
    return bool(operands) and isinstance(operands[0], ArrayData)


def _entries(rows: object) -> Iterator[float]:
    if isinstance(rows, ArrayData):
        for item in rows.items:
            yield from _entries(item)
    else:
        assert isinstance(rows, float)
        yield rows
