"""Of a class that was made several times the versions are known, and can be bound again."""

import builtins
from typing import Any

import pytest

from grader.sandbox.child.inspection.class_versions import ClassVersions, MadeClass


def run(source: str) -> tuple[list[MadeClass], dict[str, Any]]:
    """The classes that a source makes, as they are made, and its names at the end."""
    made: list[MadeClass] = []
    names: dict[str, Any] = {"__name__": "__main__"}
    original = builtins.__build_class__

    def build(body: Any, name: str, *bases: Any, **keywords: Any) -> Any:
        kind = original(body, name, *bases, **keywords)
        if body.__qualname__ == name:
            made.append(MadeClass(name, kind, "value.py", body.__code__.co_firstlineno))
        return kind

    names["__builtins__"] = {**vars(builtins), "__build_class__": build}
    exec(source, names)
    return made, names


def versions(source: str) -> tuple[ClassVersions, dict[str, Any]]:
    made, names = run(source)
    return ClassVersions(made, names), names


ONE, TWO = "class Value:\n    x = 1\n", "class Value:\n    x = 2\n"


def test_a_class_that_is_made_once_is_nothing_to_tell() -> None:
    assert versions(ONE)[0].facts() == []


def test_versions_are_told_in_their_order_with_what_they_define() -> None:
    second = "class Value:\n    def __init__(self, a):\n        self.data = a\n"

    ((name, gone, told),) = versions(ONE + second)[0].facts()

    assert (name, gone) == ("Value", False)
    assert told == [["value.py", 1, ["x"]], ["value.py", 3, ["__init__", "data"]]]


@pytest.mark.parametrize(
    "end", ["Value = Value()", "del Value", "Value = 3", "for Value in [1]: pass"]
)
def test_a_class_that_is_bound_away_is_put_back(end: str) -> None:
    told, names = versions(ONE + end)

    assert names["Value"].x == 1
    assert told.facts() == [["Value", True, [["value.py", 1, ["x"]]]]]


def test_a_version_that_is_chosen_is_bound_and_the_last_one_otherwise() -> None:
    told, names = versions(ONE + TWO)

    told.bind({"Value": 0})
    assert names["Value"].x == 1
    told.bind({})
    assert names["Value"].x == 2
    told.bind({"Value": 99})
    assert names["Value"].x == 2


def test_what_a_decorator_has_made_of_a_class_takes_its_place() -> None:
    source = "def again(kind):\n    return type('Value', (), {'x': 7, '__module__': '__main__'})\n"

    told, names = versions(f"{source}@again\n{ONE}")

    assert told.facts() == []
    assert names["Value"].x == 7


def test_another_class_under_the_name_is_a_later_version() -> None:
    told, names = versions(ONE + "class Tensor:\n    x = 9\nValue = Tensor\n")

    assert len(told.facts()[0][2]) == 2
    told.bind({"Value": 0})
    assert names["Value"].x == 1


def test_an_earlier_version_that_is_bound_back_is_the_last() -> None:
    told, names = versions(f"{ONE}Old = Value\n{TWO}Value = Old\n")

    told.bind({})

    assert names["Value"].x == 1
