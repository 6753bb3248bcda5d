"""What classes define is read without running any code of theirs."""

from typing import Any

from grader.engines.interpreter.forms.members import contents
from grader.sandbox.child.inspection.classes import accept, classes, is_class, keywords


def student_file(file: str) -> str | None:
    return None


def defined(source: str) -> dict[str, Any]:
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(source, names)
    return names


HOSTILE = """
class Meta(type):
    def __getattribute__(cls, name):
        raise SystemExit(name)
    __mro__ = __dict__ = __name__ = property(lambda cls: 1 / 0)


class Value(metaclass=Meta):
    def __add__(self, other): ...
    def backward(self): ...
"""


def test_a_metaclass_that_raises_everywhere_is_not_asked() -> None:
    names = defined(HOSTILE)

    facts = {fact["name"]: fact for fact in classes(names, student_file)}

    known = {"name": "Value", "backward": True, "arithmetic": True, "bases": []}
    assert facts["Value"] == known


def test_a_class_with_two_names_is_told_by_its_own() -> None:
    names = defined("class Value: ...\nV = Alias = Value\n")

    assert [fact["name"] for fact in classes(names, student_file)] == ["Value"]


def test_classes_of_libraries_are_not_the_student_s() -> None:
    names = defined("from decimal import Decimal\nclass Value: ...\n")

    assert [fact["name"] for fact in classes(names, student_file)] == ["Value"]


def test_inherited_methods_are_found_and_those_of_object_are_not() -> None:
    names = defined("class Base:\n    def backward(self): ...\nclass Value(Base): ...\n")

    assert contents(names["Value"], "backward") is names["Base"].__dict__["backward"]
    assert contents(names["Value"], "__eq__") is None


def test_a_method_under_another_name_is_accepted_and_replaces_none() -> None:
    names = defined(
        "class Value:\n"
        "    def add(self, other): return 'added'\n"
        "    def __mul__(self, other): return 1\n"
        "    def mul(self, other): return 2\n"
    )

    accept(names["Value"], {"__add__": ["plus", "add"], "__mul__": ["mul"]})

    assert names["Value"]() + 1 == "added"
    assert names["Value"]() * 1 == 1


def test_a_constructor_is_given_what_its_names_tell() -> None:
    names = defined(
        "class Value:\n"
        "    def __init__(self, data, label, _op='', *, children, other=0): ...\n"
        "class Plain: ...\n"
    )

    assert keywords(names["Value"]) == {"label": "", "children": ()}
    assert keywords(names["Plain"]) == {}


def test_an_object_that_says_it_is_a_class_is_none() -> None:
    class Liar:
        __class__ = type  # type: ignore[assignment]

    assert is_class(Liar)
    assert not is_class(Liar())
