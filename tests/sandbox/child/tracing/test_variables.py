"""What variables held is read within bounds, whatever they are, and nothing of it is printed."""

import json
import textwrap
from typing import Any

import pytest

from grader.engines.observation import NUMBER, OTHER, Answer
from grader.grading.mutants.run import trace_of
from grader.sandbox.child.tracing.variables import (
    DEEPEST,
    MOST_ITEMS,
    MOST_MOMENTS,
    MOST_NAMES,
    VariableMoments,
)
from grader.sandbox.trace import HeldNode, HeldTree, Trace, trace_from
from tests.grading_fixtures import GradeSource
from tests.sandbox.engines import SHORT

HALF = 1 << 19  # of what a reply holds; the trainings have the other


class Plain:
    """Not a node."""


def read(names: dict[str, Any], *engines: type) -> dict[str, HeldTree]:
    """What one look at these variables gives."""
    moments = VariableMoments(list(engines), lambda: "")
    moments.look("line 1", 0, names)
    (moment,) = told(moments).moments
    return dict(moment.variables)


def told(moments: VariableMoments) -> Trace:
    """What the grader makes of it, by way of JSON."""
    return trace_from([json.loads(json.dumps(moments.to_json())), []])


def number(value: float) -> Answer:
    return Answer(NUMBER, value)


def test_numbers_texts_lists_and_dicts_are_read() -> None:
    seen = read({"n": 3, "t": "text", "l": [1, (2.0, None)], "d": {"h": 4.0, 1: True}})

    assert seen == {
        "n": number(3.0),
        "t": Answer(OTHER, "the string 'text'"),
        "l": (number(1.0), (number(2.0), Answer("nothing", None))),
        "d": {"h": number(4.0), "1": Answer("truth", value=True)},
    }


def test_modules_classes_functions_and_private_names_are_not_read() -> None:
    names: dict[Any, Any] = {"json": json, "Plain": Plain, "told": told, "_x": 1, "In": [], 7: 8}

    assert read(names) == {}


def test_of_anything_else_only_what_it_is_is_read() -> None:
    assert read({"p": Plain(), "s": {1, 2}, "z": 1j}) == {
        "p": Answer(OTHER, "a Plain"),
        "s": Answer(OTHER, "a set of 2"),
        "z": Answer(OTHER, "the complex number 1j"),
    }


def test_a_thousand_names_are_too_many() -> None:
    assert len(read({f"v{n}": n for n in range(1000)})) == MOST_NAMES


def test_a_huge_list_and_a_huge_dict_are_cut() -> None:
    seen = read({"l": list(range(10**6)), "d": dict.fromkeys(range(10**5), 0)})

    assert [len(held) for held in seen.values() if isinstance(held, (tuple, dict))] == [
        MOST_ITEMS,
        MOST_ITEMS,
    ]


def test_a_deep_list_is_read_as_deep_as_agreed() -> None:
    deep: Any = 1.0
    for _ in range(5000):
        deep = [deep]
    expected: HeldTree = ()
    for _ in range(DEEPEST - 1):
        expected = (expected,)

    assert read({"deep": deep}) == {"deep": expected}


def test_a_list_within_itself_comes_to_an_end() -> None:
    held: list[Any] = [1.0]
    held.append(held)
    mapping: dict[str, Any] = {"a": 1.0}
    mapping["self"] = mapping

    seen = read({"held": held, "mapping": mapping})

    one = number(1.0)
    assert seen == {
        "held": (one, (one, (one,))),
        "mapping": {"a": one, "self": {"a": one, "self": {"a": one}}},
    }


def test_keys_that_are_no_text_or_number_are_passed_over() -> None:
    odd = {None: 1, (1, 2): 2, Plain(): 3, "a\n": 4, 1.5: 5, "x" * 900: 6}

    (held,) = read({"odd": odd}).values()

    assert isinstance(held, dict)
    assert list(held) == ["a ", "1.5", "x" * 200 + "…"]


def test_a_list_of_thousands_of_lists_is_cut_to_what_a_reply_may_hold() -> None:
    wide = [[[list(range(100))] * 100] * 100] * 100
    moments = VariableMoments([], lambda: "")

    moments.look("line 1", 0, {f"wide{n}": wide for n in range(20)})

    assert len(json.dumps(moments.to_json())) < HALF


class Value:
    """A node."""

    def __init__(self, data: object, *children: "Value") -> None:
        self.data = data
        self.grad: object = 0.0
        self._prev = set(children)
        self.label = "a\x00b"

    def __repr__(self) -> str:
        raise AssertionError("nothing is represented")

    __str__ = __repr__


def test_a_node_is_read_with_its_children() -> None:
    a, b = Value(1), Value(2.5)
    c = Value(3.5, a, b)

    seen = read({"a": a, "c": c, "both": [a, b]}, Value)

    ids = tuple(sorted((id(a), id(b))))
    assert seen["c"] == HeldNode(id(c), number(3.5), number(0.0), "a b", "", ids)
    assert seen["both"] == (
        HeldNode(id(a), number(1.0), number(0.0), "a b", "", ()),
        HeldNode(id(b), number(2.5), number(0.0), "a b", "", ()),
    )


def test_a_node_with_thousands_of_children_is_cut() -> None:
    (node,) = read({"n": Value(0, *(Value(n) for n in range(5000)))}, Value).values()

    assert isinstance(node, HeldNode)
    assert node.children is not None
    assert len(node.children) == 64


def test_of_two_looks_the_second_says_what_has_changed() -> None:
    moments = VariableMoments([], iter(["1\n", "2\n"]).__next__)

    moments.look("line 1", 0, {"a": 1.0, "b": 2.0})
    moments.look("line 2", 0, {"b": 2.0, "c": 3.0})

    first, second = told(moments).moments
    assert first.variables == {"a": number(1.0), "b": number(2.0)}
    assert second.variables == {"b": number(2.0), "c": number(3.0)}
    assert [first.printed, second.printed] == ["1\n", "2\n"]
    assert [name for name, _ in moments.to_json()[1][4]] == ["c"]


def test_two_thousand_cells_end_with_the_last() -> None:
    moments = VariableMoments([], lambda: "x")

    for cell in range(1, 2001):
        moments.look(f"cell {cell}", cell, {"n": cell, f"v{cell % 7}": 1.0})

    trace = told(moments)
    assert len(trace.moments) == MOST_MOMENTS
    last = trace.moments[-1]
    assert (last.where, last.variables["n"], last.variables["v5"]) == (
        "cell 2000",
        number(2000.0),
        number(1.0),
    )
    assert len(last.printed) == 2000 - MOST_MOMENTS + 1


def test_texts_of_any_script_are_bounded_by_their_bytes() -> None:
    moments = VariableMoments([], lambda: "\N{SNOWMAN}" * 2000)

    for cell in range(1, 300):
        text = str(cell) + "\N{SNOWMAN}" * 190
        moments.look(f"cell {cell}", cell, dict.fromkeys("abcdefghi", text))

    assert len(json.dumps(moments.to_json())) < HALF


def test_many_large_moments_are_bounded_together() -> None:
    moments = VariableMoments([], lambda: "")

    for cell in range(1, 300):
        moments.look(f"cell {cell}", cell, {f"v{n}": n + cell for n in range(250)})

    assert len(json.dumps(moments.to_json())) < HALF
    last = told(moments).moments[-1]
    assert (last.where, last.variables["v7"]) == ("cell 299", number(306.0))


MISCHIEF = {
    "data that raises": "@property\ndef data(self):\n    raise OSError",
    "children that raise": "@property\ndef _prev(self):\n    raise OSError",
    "a label that raises": "@property\ndef label(self):\n    raise OSError",
    "a __getattr__ that raises": "def __getattr__(self, name):\n    raise OSError(name)",
    "a __getattribute__ that raises": "def __getattribute__(self, name):\n    raise OSError(name)",
    "an __eq__ that raises": "def __eq__(self, other):\n    raise OSError",
    "a __repr__ that raises": "def __repr__(self):\n    raise OSError",
    "a __class__ that lies": "__class__ = property(lambda self: 1 / 0)",
}


@pytest.mark.parametrize("mischief", MISCHIEF)
def test_a_node_that_misbehaves_does_not_stop_the_submission(mischief: str) -> None:
    source = (
        "class Value:\n"
        + textwrap.indent(MISCHIEF[mischief], "    ")
        + "\n\n    def __add__(self, other):\n        return self\n\n\n"
        + "a = Value()\nb = [a]\nc = 4.0\n"
    )

    trace = trace_of(source)

    assert trace.moments[-1].variables["c"] == number(4.0)


ENDLESS = {
    "data": "    @property\n    def data(self):\n        while True:\n            pass\n",
    "__getattr__": "    def __getattr__(self, name):\n        while True:\n            pass\n",
}


@pytest.mark.parametrize("attribute", ENDLESS)
def test_a_node_that_never_answers_ends_with_the_deadline(
    grade_source: GradeSource, attribute: str
) -> None:
    addition = "    def __add__(self, other):\n        pass\n\n\n"
    source = f"class Value:\n{ENDLESS[attribute]}{addition}x = Value()\n"

    report = grade_source(source, "ex8", limits=SHORT)

    assert report.score == 0
    assert "did not come to an end: stopped after 0.2 s of CPU" in " ".join(
        (*report.notes, *(check.message for check in report.checks))
    )
