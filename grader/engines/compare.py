"""Compares two Observations of one Program; every tolerance of the grader lives here."""

import re
from collections.abc import Callable, Mapping
from math import isinf, isnan
from typing import NamedTuple

from grader.engines.observation import (
    ARRAY,
    GRAPH,
    NODES,
    NUMBER,
    ORDER,
    TEXT,
    TRUTH,
    UNKNOWN_NODE,
    WORD,
    Answer,
    Array,
    GraphAnswer,
    Observation,
    PrintedText,
    Traversal,
)
from grader.engines.program import Program

RELATIVE = 1e-6  # a correct engine may sum in another order, and round on the way
ABSOLUTE = 1e-9
ROUGH = 1e-5  # a difference quotient with h = 1e-6 is off by as much
NUMERAL = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?"
MINUSES = dict.fromkeys(map(ord, "\u2212\ufe63\uff0d"), "-")
COMMAS = ((r"(?<=\d),(?=\d)", "."), (r"(?<=\d),(?=\d{3}(?!\d))", ""))
SINGLE_RELATIVE = 1e-5  # 32 bits hold seven digits, and a text may show six of them
ORACLES_RELATIVE = 1e-9  # two oracles in float64 have no reason to differ more


class Mismatch(NamedTuple):
    """The first difference of two Observations.

    Attributes:
        at: the step whose result differs, or which did not come to its end.
        want: the oracle's Answer, None where the step is not one that is looked at.
        got: the Answer of the engine that was asked, None where it gave none.
        observation: the whole of what that engine did.
    """

    at: int
    want: Answer | None
    got: Answer | None
    observation: Observation


def compare(
    program: Program,
    want: Observation,
    got: Observation,
    *,
    relative: float = RELATIVE,
    slack: Mapping[int, float] = {},
) -> Mismatch | None:
    """Return the first difference between what was wanted and what was got, or None.

    Args:
        program: the Program that both were asked.
        want: an oracle's Observation, every step of which ran.
        got: the Observation to compare with it.
        relative: the relative tolerance for numbers.
        slack: the step of a look → how far its number may be off besides.
    """
    for _, index in sorted(program.observed, key=lambda look: look.at):
        if got.ended != "answered" and got.step is not None and got.step <= index:
            break
        expected, answer = want.answers.get(index), got.answers.get(index)
        if expected is None or answer is None:
            return Mismatch(index, expected, answer, got)
        if not (
            same(program, expected, answer, relative)
            or _is_near(expected, answer, slack.get(index, 0.0))
            or _is_composed(program, index, expected, answer)
        ):
            return Mismatch(index, expected, answer, got)
    if got.ended != "answered":
        last = len(program.steps) - 1
        index = got.step if got.step is not None else last
        return Mismatch(index, want.answers.get(index), None, got)
    return None


def _is_near(want: Answer, got: Answer, slack: float) -> bool:
    one, other = want.value, got.value
    if want.kind != NUMBER or got.kind != NUMBER:
        return False
    return isinstance(one, float) and isinstance(other, float) and abs(one - other) <= slack


def _is_composed(program: Program, at: int, want: Answer, got: Answer) -> bool:
    """Return whether a method's result is told to be made by several operations, and not by one."""
    if want.kind != WORD or got.kind != NODES or not isinstance(got.value, tuple):
        return False
    asked_of = program.steps[at].refs()
    made_by_method = bool(asked_of) and program.steps[asked_of[0]].kind == "call"
    return made_by_method and UNKNOWN_NODE in got.value


def same(program: Program, want: Answer, got: Answer, relative: float = RELATIVE) -> bool:
    """Return whether `got` is as good an answer as `want`."""
    if want.kind != got.kind:
        return False
    if want.kind in _COMPARISONS:
        return _COMPARISONS[want.kind](program, want.value, got.value, relative)
    return want.value == got.value


def same_number(want: float, got: float, relative: float = RELATIVE) -> bool:
    """Return whether two numbers agree; nan agrees with nan, inf with inf of its sign."""
    if isnan(want) or isnan(got):
        return isnan(want) and isnan(got)
    if isinf(want) or isinf(got):
        return want == got
    return abs(want - got) <= max(ABSOLUTE, relative * max(abs(want), abs(got)))


def _same_numbers(_: Program, want: object, got: object, relative: float) -> bool:
    assert isinstance(want, float)
    return isinstance(got, float) and same_number(want, got, relative)


def _same_arrays(_: Program, want: object, got: object, relative: float) -> bool:
    """Return whether shapes and entries agree; what would broadcast is another shape."""
    if not isinstance(want, Array) or not isinstance(got, Array) or not want.entries:
        return False
    return want.shape == got.shape and all(
        same_number(one, other, relative)
        for one, other in zip(want.entries, got.entries, strict=True)
    )


def _same_nodes(_: Program, want: object, got: object, __: float) -> bool:
    return isinstance(want, tuple) and isinstance(got, tuple) and set(want) == set(got)


def _same_words(_: Program, want: object, got: object, __: float) -> bool:
    assert isinstance(want, str)
    return isinstance(got, str) and want.strip().casefold() == got.strip().casefold()


def _same_graphs(_: Program, want: object, got: object, __: float) -> bool:
    assert isinstance(want, GraphAnswer)
    return isinstance(got, GraphAnswer) and all(
        set(one) == set(other) for one, other in zip(want, got, strict=True)
    )


def _shows_numbers(_: Program, want: object, got: object, relative: float) -> bool:
    """Return whether `got` shows every number that `want` shows, and printed nothing.

    Where `want` shows none, nan say, `got` has to be the same text.
    """
    assert isinstance(want, PrintedText)
    if not isinstance(got, PrintedText) or got.printed:
        return False
    numbers, numbers_there = _numbers_in(want.text), _numbers_in(got.text)
    if not numbers:
        return want.text == got.text
    return all(
        any(same_number(number, other, relative) for other in numbers_there) for number in numbers
    )


def numbers_shown(answer: Answer) -> tuple[list[float], bool]:
    """Return the numbers in a TEXT answer, and whether anything was printed."""
    assert isinstance(answer.value, PrintedText)
    return _numbers_in(answer.value.text), answer.value.printed


def missing_numbers(
    numbers: Mapping[str, float], text: str, *, rough: bool = False, rounded: bool = False
) -> list[str]:
    """Return the labels of the numbers that `text` does not show; each shows once.

    A minus may be that of typography, and a comma may stand for the point, or between thousands.

    Args:
        numbers: label → number.
        text: what was printed.
        rough: whether the numbers were found by difference quotients.
        rounded: whether a number with decimals stands for all that are rounded to it.
    """
    text = text.translate(MINUSES)
    decimal, thousands = (re.sub(pattern, sign, text) for pattern, sign in COMMAS)
    readings = (text, *(one for one in (decimal, thousands) if one != text))
    slack = ROUGH if rough else 0.0
    return min((_missing(numbers, one, slack, rounded=rounded) for one in readings), key=len)


def numerals_in(text: str) -> list[str]:
    """Return the numbers in a text as they are written, apart from names: d1 shows no 1."""
    return re.findall(NUMERAL, re.sub(r"[^\W\d]\w*", _without_digits, text))


def _missing(numbers: Mapping[str, float], text: str, slack: float, *, rounded: bool) -> list[str]:
    numerals, missing = numerals_in(text), []
    for label, number in numbers.items():
        near = [
            numeral
            for numeral in numerals
            if _is_shown(number, numeral, slack + rounded * _half_a_digit(numeral))
        ]
        if near:
            numerals.remove(near[0])
        else:
            missing.append(label)
    return missing


def _is_shown(number: float, numeral: str, slack: float) -> bool:
    other = float(numeral)
    return same_number(number, other) or abs(number - other) <= slack


def _half_a_digit(numeral: str) -> float:
    """Return what a number may be off by that was rounded to these decimals; 0 without any."""
    digits, _, exponent = numeral.partition("e")
    decimals = digits.partition(".")[2]
    return 0.5 * 10.0 ** (int(exponent or 0) - len(decimals)) if decimals else 0.0


def _numbers_in(text: str) -> list[float]:
    return [float(numeral) for numeral in re.findall(NUMERAL, text)]


def _without_digits(name: re.Match[str]) -> str:
    return name[0] if re.fullmatch(r"e\d*", name[0]) else "_" * len(name[0])


def _is_good_order(program: Program, want: object, got: object, relative: float) -> bool:
    assert isinstance(want, Traversal)
    if not isinstance(got, Traversal):
        return False
    if got.order is None:
        expected, gradients = dict(want.gradients), dict(got.gradients)
        return bool(expected) and all(
            index in gradients and same_number(gradient, gradients[index], relative)
            for index, gradient in expected.items()
        )
    if not want.order or sorted(got.order) != sorted(want.order):
        return False
    return _children_first(program, got.order) or (
        got.reversible and _children_first(program, got.order[::-1])
    )


def _children_first(program: Program, order: tuple[int, ...]) -> bool:
    position = {index: place for place, index in enumerate(order)}
    return all(
        position[child] < position[index]
        for index in position.keys() - {UNKNOWN_NODE}
        for child in program.steps[index].refs()
        if child in position
    )


_COMPARISONS: dict[str, Callable[[Program, object, object, float], bool]] = {
    NUMBER: _same_numbers,
    ARRAY: _same_arrays,
    NODES: _same_nodes,
    TEXT: _shows_numbers,
    ORDER: _is_good_order,
    WORD: _same_words,
    GRAPH: _same_graphs,
    TRUTH: lambda _, want, got, __: want == got,
}
