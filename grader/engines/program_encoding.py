"""Programs as JSON can hold them; floats are hexadecimal text, so that they arrive as they left."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from grader.engines.program import (
    KINDS,
    ArrayData,
    Items,
    Keyword,
    NumpyArray,
    ObservedStep,
    Operand,
    Program,
    Ref,
    Step,
)


def program_to(program: Program) -> list[Any]:
    """Return a Program as JSON can hold it; labels and names stay behind."""
    steps = [
        [step.kind, step.name, [_operand_to(operand) for operand in step.operands]]
        for step in program.steps
    ]
    return [steps, [look.at for look in program.observed], program.layout]


def program_from(plain: list[Any]) -> Program:
    """Return the Program that `program_to` wrote."""
    steps, observed, layout = plain
    return Program(
        tuple([_step_from(*step) for step in steps]),
        tuple([ObservedStep("", index) for index in observed]),
        layout=layout,
    )


def _step_from(kind: str, name: str, operands: list[Any]) -> Step:
    # In place, for it is done for each operand of each Program of each submission.
    read = [_OPERANDS[one[0]](one[1]) if type(one) is list else one for one in operands]
    return Step(KINDS[KINDS.index(kind)], name, tuple(read))


def _operand_to(operand: Operand) -> Any:
    if isinstance(operand, Ref):
        return ["ref", operand.at]
    if isinstance(operand, float):
        return ["float", operand.hex()]
    if isinstance(operand, Keyword):
        return ["keyword", [operand.name, _operand_to(operand.value)]]
    if isinstance(operand, ArrayData):
        return ["rows", [_operand_to(item) for item in operand.items]]
    if isinstance(operand, NumpyArray):
        return ["numpy", _operand_to(operand.rows)]
    if isinstance(operand, Items):
        return [operand.kind, [_operand_to(item) for item in operand.items]]
    return ["axes", list(operand)] if isinstance(operand, tuple) else operand


def _operand_from(plain: Any) -> Operand:
    if not isinstance(plain, list):
        return cast("Operand", plain)
    kind, value = plain
    return _OPERANDS[kind](value)


_OPERANDS: Mapping[str, Callable[[Any], Operand]] = {
    "ref": Ref,
    "float": float.fromhex,
    "keyword": lambda pair: Keyword(pair[0], cast("Any", _operand_from(pair[1]))),
    "rows": lambda items: ArrayData(tuple(cast("Any", _operand_from(item)) for item in items)),
    "axes": tuple,
    "numpy": lambda rows: NumpyArray(cast("ArrayData", _operand_from(rows))),
    "list": lambda items: Items(tuple(map(_operand_from, items))),
    "tuple": lambda items: Items(tuple(map(_operand_from, items)), "tuple"),
}
