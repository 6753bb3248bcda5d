"""A Program arrives as it left, whatever its operands are."""

import json

from grader.engines.program import (
    ArrayData,
    Items,
    Keyword,
    NumpyArray,
    ObservedStep,
    Program,
    Ref,
    Step,
)
from grader.engines.program_encoding import program_from, program_to

ROWS = ArrayData((ArrayData((1.0, 2)), ArrayData((0.5, -0.0))))
OPERANDS = (
    *(1, 1.0, True, "text", None, (0, 1), ROWS, Ref(0), NumpyArray(ROWS), Items(())),
    Items((Ref(0), Items((Ref(0), 0.1), "tuple"), "text", True, ROWS)),
    *(Keyword("lr", 0.1), Keyword("of", Items((Ref(0),))), Keyword("first", Ref(0))),
)


def test_every_kind_of_operand_arrives_as_it_left() -> None:
    program = Program((Step("make", "Value", (1.0,)), Step("make", "f", OPERANDS)), ())

    arrived = program_from(json.loads(json.dumps(program_to(program))))

    assert arrived == program
    assert repr(arrived) == repr(program)  # 1 and True and 1.0 are equal


def test_names_and_labels_stay_behind() -> None:
    program = Program((Step("make", "Value", (1.0,)),), (ObservedStep("a", 0),), {0: "a"}, 2)

    assert program_from(program_to(program)) == Program(
        program.steps, (ObservedStep("", 0),), {}, 2
    )
