"""What a class uses is followed without running it, to the first thing of a forbidden package."""

import textwrap
from typing import Any

import pytest

from grader.engines.observation import BorrowedPackage, Place
from grader.sandbox.child.inspection.dependencies import Dependencies
from grader.sandbox.child.inspection.provenance import ForbiddenPackages

FILE = "value.py"


def student_file(file: str) -> str | None:
    return file if file == FILE else None


def dependencies() -> Dependencies:
    return Dependencies(ForbiddenPackages(("decimal",), "/nowhere", student_file))


def defined(source: str) -> dict[str, Any]:
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(compile(textwrap.dedent(source), FILE, "exec"), names)
    return names


BORROWS = {
    "a global of a method": (
        "import decimal\nclass Value:\n    def add(self):\n        return decimal.Decimal(1)\n",
        Place(FILE, 4, "add"),
    ),
    "an import inside a method": (
        "class Value:\n    def add(self):\n        import decimal.context\n",
        Place(FILE, 3, "add"),
    ),
    "a function that a method calls": (
        "from decimal import Decimal\ndef one():\n    return Decimal(1)\n"
        "class Value:\n    def add(self):\n        return one()\n",
        Place(FILE, 3, "one"),
    ),
    "a default": (
        "from decimal import Decimal\nclass Value:\n    def add(self, one=Decimal(1)): ...\n",
        Place(FILE, 3, "add"),
    ),
    "a closure": (
        "from decimal import Decimal\ndef made(kind):\n    def add(self):\n        return kind(1)\n"
        "    return add\nclass Value:\n    add = made(Decimal)\n",
        Place(FILE, 3, "add"),
    ),
    "a base": ("from decimal import Decimal\nclass Value(Decimal): ...\n", None),
}


@pytest.mark.parametrize("way", BORROWS)
def test_what_a_class_borrows_is_found_with_its_line(way: str) -> None:
    source, place = BORROWS[way]

    found = dependencies().of("Value", defined(source)["Value"])

    assert found == BorrowedPackage("Value", "decimal", place)


def test_what_the_script_uses_elsewhere_is_not_the_class_s() -> None:
    names = defined("""
        import decimal
        class Value:
            def add(self):
                return other(1)
        def other(number):
            return number
        def compare():
            return decimal.Decimal(1)
    """)

    assert dependencies().of("Value", names["Value"]) is None


def test_what_an_object_holds_is_found_by_its_class() -> None:
    names = defined("""
        from decimal import Decimal
        class Value:
            def __init__(self, data):
                self.data = data
        held = Value([Decimal(1)])
        free = Value([1.0])
    """)

    assert dependencies().held([names["free"]]) is None
    assert dependencies().held([names["held"]]) == BorrowedPackage(
        "Value", "decimal", held_class="Decimal"
    )


def test_circles_and_crowds_come_to_an_end() -> None:
    names = defined("""
        class Value: ...
        Value.itself = Value
        Value.crowd = [[] for _ in range(9000)]
    """)

    assert dependencies().of("Value", names["Value"]) is None
