"""Prints a Program as code that a student can paste below the class."""

from collections.abc import Callable, Iterator, Mapping
from itertools import count
from math import isfinite
from string import ascii_lowercase
from typing import NamedTuple, TypeAlias

from grader.engines.program import (
    BINARY,
    UNARY,
    ArrayData,
    Items,
    Keyword,
    NumpyArray,
    Operand,
    Program,
    Ref,
    Step,
)

ADD, MUL, NEG, POW, ATOM = range(5)
PRECEDENCE = {"add": ADD, "sub": ADD, "mul": MUL, "truediv": MUL, "neg": NEG, "pow": POW}

USUAL = {
    "children": "{}._children",
    "order": "topological_order({})",
    "label": "{}.label",
    "operation": "{}._op",
    "updated": "{}.grad_updated",
    "graph": "{}",
    "drawing": "{}",
    "numbers": "[node.data for node in {}]",
}


LineText: TypeAlias = Callable[[str, int], str | None]
"""File or cell, and line number → that line of the submission, or None where there is none."""


class SourceNames(NamedTuple):
    """The names of things in one submission.

    Attributes:
        names: the submission's own name for what a check calls `Value`.
        questions: step index → how that question reads in the submission, `c._prev` say.
        members: a method or attribute → how the submission has it: "{}.value", "relu({})".
    """

    names: Mapping[str, str] = {}
    questions: Mapping[int, str] = {}
    members: Mapping[str, str] = {}


class Text(NamedTuple):
    """An expression, and how tightly it binds: ADD to ATOM."""

    code: str
    binds: int


def source(program: Program, words: SourceNames | None = None) -> str:
    """Return `program` as Python, one statement a line, printing what it looks at."""
    return "\n".join(_Printer(program, words or SourceNames()).lines())


class _Printer:
    def __init__(self, program: Program, words: SourceNames) -> None:
        self.program = program
        self.words = words
        self.users = _users(program.steps)
        self.observed = {look.at for look in program.observed}
        self.texts: dict[int, Text] = {}
        used = set(program.names.values())
        self.fresh = (name for name in _letters() if name not in used)
        self.raised = "raised" if "raised" not in used else next(self.fresh)

    def lines(self) -> Iterator[str]:
        if _uses_numpy(self.program):
            yield "import numpy"
        for index, step in enumerate(self.program.steps):
            text = self.express(index, step)
            name = self.name_for(index, step)
            if (step.kind, step.name) == ("ask", "raises"):
                outcome = Text(name or self.raised, ATOM)
                yield from _attempt(text.code, outcome.code)
                text = outcome
            elif name:
                yield f"{name} = {text.code}"
                text = Text(name, ATOM)
            elif step.kind == "write" or not (self.users[index] or index in self.observed):
                yield text.code
            self.texts[index] = text
            if index in self.observed:
                yield f"print({text.code})"

    def name_for(self, index: int, step: Step) -> str | None:
        if step.kind == "write" or not self.users[index]:
            return None if step.kind == "write" else self.program.names.get(index)
        if index in self.program.names:
            return self.program.names[index]
        return None if self.inlines(index, step) else next(self.fresh)

    def inlines(self, index: int, step: Step) -> bool:
        if len(self.users[index]) != 1 or step.kind == "call" or index in self.observed:
            return False
        user = self.users[index][0]
        between = self.program.steps[index + 1 : user]
        constant = step.kind == "make" and not step.refs()
        return constant or not any(other.has_effect() for other in between)

    def express(self, index: int, step: Step) -> Text:
        operands = [self.operand(operand) for operand in step.operands]
        if step.kind == "operate" and step.name not in self.words.members:
            return _operation(step.name, operands)
        codes = [text.code for text in operands]
        if step.kind == "make":
            return Text(self.made(step, codes), ATOM)
        if step.kind == "ask":
            return Text(self.question(index, step, operands), ATOM)
        how = self.words.members.get(step.name, "{}." + step.name)
        if step.kind == "write":
            how = self.words.members.get("set " + step.name, how)
            return Text(f"{_filled(how, operands[0])} = {codes[1]}", ATOM)
        member = _filled(how, operands[0])
        if step.name == "__call__":
            return Text(f"{codes[0]}({', '.join(codes[1:])})", ATOM)
        if step.kind == "read" or "(" in how:
            return Text(member, ATOM)
        return Text(f"{member}({', '.join(codes[1:])})", ATOM)

    def made(self, step: Step, codes: list[str]) -> str:
        """Return the code that makes a node, as the submission's class has to be called."""
        how = self.words.members.get("make", "")
        operand = step.operands[0] if step.operands else None
        if not how or len(codes) != 1 or not isinstance(operand, int | float):
            return f"{self.words.names.get(step.name, step.name)}({', '.join(codes)})"
        if "float({})" in how:
            return how.replace("float({})", repr(float(operand)))
        return how.replace("{}", codes[0])

    def question(self, index: int, step: Step, operands: list[Text]) -> str:
        about = operands[0]
        if step.name == "is_a":
            name = str(step.operands[1])
            return f"isinstance({about.code}, {self.words.names.get(name, name)})"
        if step.name == "raises":
            return f"{_bracketed(about, ATOM)}.{step.operands[1]}()"
        if step.name == "same":
            return f"{about.code} is {operands[1].code}"
        if step.name == "text":
            return f"repr({about.code})"
        return _filled(self.words.questions.get(index, USUAL[step.name]), about)

    def operand(self, operand: Operand) -> Text:
        if isinstance(operand, Ref):
            return self.texts[operand.at]
        if isinstance(operand, Keyword):
            return Text(f"{operand.name}={self.operand(operand.value).code}", ATOM)
        if isinstance(operand, NumpyArray):
            return Text(f"numpy.array({self.operand(operand.rows).code})", ATOM)
        if isinstance(operand, ArrayData | Items):
            return Text(_listed(operand, [self.operand(item).code for item in operand.items]), ATOM)
        if isinstance(operand, float) and not isfinite(operand):
            return Text(f"float('{operand}')", ATOM)
        negative = isinstance(operand, (int, float)) and str(operand).startswith("-")
        return Text(repr(operand), NEG if negative else ATOM)


def _uses_numpy(program: Program) -> bool:
    operands = (operand for step in program.steps for operand in step.operands)
    values = (one.value if isinstance(one, Keyword) else one for one in operands)
    return any(isinstance(value, NumpyArray) for value in values)


def _listed(operand: ArrayData | Items, codes: list[str]) -> str:
    inside = ", ".join(codes)
    if isinstance(operand, Items) and operand.kind == "tuple":
        return f"({inside},)" if len(codes) == 1 else f"({inside})"
    return f"[{inside}]"


def _filled(how: str, about: Text) -> str:
    return how.replace("{}.", f"{_bracketed(about, ATOM)}.").replace("{}", about.code)


def _attempt(call: str, raised: str) -> Iterator[str]:
    """Return the lines that make a call, and keep whether it raises."""
    yield from ("try:", f"    {call}", f"    {raised} = False")
    yield from ("except Exception:", f"    {raised} = True")


def _operation(name: str, operands: list[Text]) -> Text:
    if name in UNARY:
        inner = operands[0].code if name == "abs" else _bracketed(operands[0], NEG)
        return Text(UNARY[name].format(inner), PRECEDENCE.get(name, ATOM))
    left, right = operands
    if name == "getitem":
        return Text(f"{_bracketed(left, ATOM)}[{right.code}]", ATOM)
    binds = PRECEDENCE[name]
    first = _bracketed(left, binds + 1 if name == "pow" else binds)
    second = _bracketed(right, NEG if name == "pow" else binds + 1)
    return Text(f"{first} {BINARY[name]} {second}", binds)


def _bracketed(text: Text, at_least: int) -> str:
    return text.code if text.binds >= at_least else f"({text.code})"


def _users(steps: tuple[Step, ...]) -> dict[int, list[int]]:
    users: dict[int, list[int]] = {index: [] for index in range(len(steps))}
    for index, step in enumerate(steps):
        for ref in step.refs():
            users[ref].append(index)
    return users


def _letters() -> Iterator[str]:
    yield from ascii_lowercase
    yield from (f"v{number}" for number in count(1))
