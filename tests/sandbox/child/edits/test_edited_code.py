"""Edits are compiled part by part, and what comes of it is what a compiler makes of the whole."""

from collections.abc import Mapping
from random import Random
from types import FunctionType
from typing import Any

import pytest

from grader.feedback.repair.candidates import Suspicion, candidates
from grader.feedback.repair.edit import edited
from grader.sandbox.child.edits.edited_code import MOST_NEW, EditedCode
from tests.feedback.repair.engine import ENGINE

FILE = "value.py"
UNTOLD = ("__builtins__", "__dict__", "__weakref__", "__static_attributes__")
"""The last one is Python 3.13's: what methods set, which nobody reads."""
IMPORTED = "import math\n"
ANOTHER = "\n\nclass Doubled(Value):\n    def half(self):\n        return self.data / 2\n"
AWKWARD = {
    "a cell around a method": (
        "class A:\n    def f(self):\n        return 1\n"
        "class B(A):\n    def f(self):\n        return super().f() + 1\n"
        "    def g(self):\n        return 3\n"
    ),
    "decorators": (
        "class A:\n    @staticmethod\n    def f():\n        return 1\n"
        "    @property\n    def g(self):\n        return 2\n"
    ),
    "a signature in two lines": (
        "class A:\n    def f(self, a=(1,\n            2)):\n        return a\n"
    ),
    "a signature that seems to end": (
        "class A:\n    def f(self, a={(1):\n        2}):\n        return a\n"
    ),
    "a comment at the left": (
        "class A:\n    def f(self):\n     a = 1\n    # left\n# more\n     return a + 1\n"
        "    def g(self):\n        return 2\n"
    ),
    "a text with code in it": (
        'class A:\n    """A text.\n\n    def f(self):\n        return 1\n    """\n'
        "    def g(self):\n        return 2\n"
    ),
    "a text at the left": (
        'class A:\n    def f(self):\n        return """a\nb = 1\n    def g(self):\n        """\n'
        "    def h(self):\n        return 2\n"
    ),
    "a text below": 'a = 1\n"""A text."""\n',
    "a text above": '"""A text."""\na = 1\n',
    "two methods of one name": (
        "class A:\n    def f(self):\n        return 1\n    def f(self):\n        return 2\n"
    ),
    "a private name": (
        "class A:\n    __b = 2\n    def f(self):\n        return self.__b\n    c = __b + 1\n"
    ),
    "a member that shifts": "class A:\n\n\n    def f(self):\n        return [a for a in (1, 2)]\n",
    "one line": "class A:\n    def f(self): return 1\n    def g(self): return 2\n",
    "a branch": "if 1:\n    a = 1\nelse:\n    a = 2\n",
    "closed at the left": "a = [\n    1,\n]\nb = (\n    2\n)\n",
    "a line that goes on": "a = 1 + \\\n2\nb = 3\n",
    "lines that end otherwise": "class A:\r\n    def f(self):\r\n        return 1\r\na = 1\r\n",
    "a feature for all": "from __future__ import annotations\ndef f(a: b) -> c:\n    return a\n",
    "annotations": (
        "class A:\n    b: int = 2\n    def f(self, c: int) -> int:\n        return c\na = 1\n"
    ),
}


def defined(codes: Any) -> dict[str, Any]:
    names: dict[str, Any] = {"__name__": "value"}
    for code in codes:
        exec(code, names)
    return names


def told(names: Mapping[str, Any]) -> dict[str, object]:
    """Return what is defined, as far as it is told apart; of a function its code, and its cells."""
    return {key: _told(value) for key, value in names.items() if key not in UNTOLD}


def _told(value: Any) -> object:
    if isinstance(value, type):
        return told(vars(value))
    if isinstance(value, property):
        return _told(value.fget)
    function = getattr(value, "__func__", value)
    if not isinstance(function, FunctionType):
        return repr(value)
    return function.__code__, len(function.__closure__ or ())


def as_a_whole(source: str) -> dict[str, Any]:
    return defined([compile(source, FILE, "exec", dont_inherit=True)])


@pytest.mark.parametrize("name", AWKWARD)
def test_whatever_a_source_is_it_does_the_same(name: str) -> None:
    source = AWKWARD[name]
    by_parts = EditedCode(FILE)

    for one in (source, f"{source}z = 1\n", f"\n{source}", source):
        assert told(defined(by_parts.of(one))) == told(as_a_whole(one))


def test_whatever_an_edit_is_it_does_the_same() -> None:
    """The compiler finds members of what is imported in another way, where it sees the import."""
    source = ENGINE.removeprefix(IMPORTED) + ANOTHER
    edits = [edited((source,), one.edits)[0] for one in candidates((source,), Suspicion())]
    by_parts = EditedCode(FILE)

    some = Random(5).sample(edits, 250)
    wrong = [one for one in some if told(defined(by_parts.of(one))) != told(as_a_whole(one))]

    assert wrong == []


def test_what_an_edit_leaves_alone_is_compiled_once() -> None:
    by_parts = EditedCode(FILE)
    edits = [ENGINE.replace("self.data + other.data", f"{at}") for at in range(2 * MOST_NEW)]

    first, *others = [defined(by_parts.of(one))["Value"] for one in edits]

    for other in others:
        assert other.__mul__.__code__ is first.__mul__.__code__
        assert other.__add__.__code__ != first.__add__.__code__


def test_no_more_is_kept_than_is_asked_for() -> None:
    by_parts = EditedCode(FILE)

    for at in range(5 * MOST_NEW):
        by_parts.of(f"a = {at}")

    assert len(by_parts._new) + len(by_parts._old) <= 2 * MOST_NEW


@pytest.mark.parametrize(
    "wrong",
    [
        "class A:\n    def f(self):\n        return (1\n\na = 1\n",
        "def f():\nreturn 1\n",
        "return 1",
    ],
)
def test_what_cannot_be_compiled_is_told_of_as_ever(wrong: str) -> None:
    with pytest.raises(SyntaxError) as whole:
        compile(wrong, FILE, "exec", dont_inherit=True)

    with pytest.raises(SyntaxError) as by_parts:
        EditedCode(FILE).of(wrong)

    assert by_parts.value.args == whole.value.args
