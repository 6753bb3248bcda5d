"""How a class is made of a number is found by trying, whatever its constructor wants."""

from typing import Any

import pytest

from grader.engines.interpreter.forms.constructions import (
    constructor,
    find_construction,
    takes_other_first,
    wants_gradient,
)

BODY = """
        self.data = {number}
    def __add__(self, other): return make(self.data + other.data)
"""
MAKE = "\ndef make(x):\n    n = Node.__new__(Node)\n    n.data = x\n    return n\n"
FORMS = {
    "self, data": ("Node({})", "data"),
    "self, data, children": ("Node({}, children=())", "data"),
    "self, data, requires_grad=False": ("Node({}, requires_grad=True)", "data"),
    "self, data, requires_grad": ("Node({}, requires_grad=True)", "data"),
    "self, label, data=0.0": ('Node(data={}, label="")', "data"),
    "self, data, grad, op": ('Node({}, grad=0.0, op="")', "data"),
    "self, *, number": ("Node(number={})", "number"),
    "self, data, whatever": ("Node({}, whatever=())", "data"),
}


def defined(source: str) -> dict[str, Any]:
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(source, names)
    return names


@pytest.mark.parametrize("parameters", FORMS)
def test_a_constructor_is_called_as_it_wants_to_be(parameters: str) -> None:
    how, number = FORMS[parameters]
    source = f"class Node:\n    def __init__({parameters}):{BODY.format(number=number)}"
    names = defined(
        f"{source}\ndef make(x):\n    n = Node.__new__(Node)\n    n.data = x\n    return n"
    )

    found = find_construction(names["Node"], "Node", {})

    assert found is not None
    assert found.construction.how == how
    assert found.construction(2.5).data == 2.5


def test_a_class_that_takes_floats_only_is_given_floats() -> None:
    names = defined(
        "class Node:\n    def __init__(self, data):\n"
        "        assert type(data) is float\n        self.data = data\n"
    )

    found = find_construction(names["Node"], "Node", names)

    assert found is not None
    assert found.construction.how == "Node(float({}))"
    assert found.construction(3).data == 3.0


def test_a_function_may_make_what_the_class_does_not() -> None:
    names = defined(
        "class Node:\n    def __init__(self, kind, made):\n"
        "        if type(made) is not dict or kind != 'leaf': raise ValueError\n"
        "        self.value = made['x']\n"
        "def leaf(x): return Node('leaf', {'x': x})\n"
    )

    found = find_construction(names["Node"], "Node", names)

    assert found is not None
    assert found.construction.how == "leaf({})"
    assert found.data.name == "value"


def test_what_is_filled_in_is_made_anew_for_each_node() -> None:
    names = defined(
        "class Node:\n    def __init__(self, data, parts):\n"
        "        parts.append(self)\n        self.data, self.parts = data, parts\n"
    )

    found = find_construction(names["Node"], "Node", names)

    assert found is not None
    assert found.construction(1.0).parts is not found.construction(1.0).parts


def test_where_a_number_is_kept_that_does_not_calculate_another_place_is_looked_for() -> None:
    names = defined(
        "class Node:\n    def __init__(self, kind, value=0.0):\n"
        "        self.kind, self.value = kind, value\n"
        "    def __add__(self, other): return Node('+', self.value + other.value)\n"
    )

    found = find_construction(names["Node"], "Node", names)

    assert found is not None
    assert (found.construction.how, found.data.name) == ("Node(value={}, kind=())", "value")


def test_a_class_of_no_number_is_made_in_no_way() -> None:
    names = defined("class Node:\n    def __init__(self, data): pass\n")

    assert find_construction(names["Node"], "Node", names) is None


def test_signs_are_read_off_the_names_of_parameters() -> None:
    names = defined(
        "class A:\n    def __init__(self, data, requires_grad=False): pass\n"
        "class B:\n    def __init__(self, data, requires_grad=True): pass\n"
        "class C:\n    def __init__(self, label, data): pass\n"
    )
    a, b, c = (constructor(names[name]) for name in "ABC")

    assert [wants_gradient(one) for one in (a, b, c)] == ["requires_grad", "", ""]
    assert [takes_other_first(one) for one in (a, b, c)] == [False, False, True]


CHANGED = {
    "int(data)": "an engine that cuts",
    "round(data)": "one that rounds",
    "round(data, 1)": "one that keeps one digit",
    "abs(data)": "one that loses the sign",
    "-data": "one that turns the sign",
    "data / 2": "one that halves",
}


@pytest.mark.parametrize("number", CHANGED)
def test_a_number_that_is_changed_on_its_way_in_is_found_all_the_same(number: str) -> None:
    names = defined(
        f"class Node:\n    def __init__(self, data, parents=()):\n        self.data = {number}\n"
    )

    found = find_construction(names["Node"], "Node", {})

    assert found is not None
    assert found.construction.how == "Node({})"
    assert found.data.how == "{}.data"


def test_whole_numbers_are_found_under_any_name() -> None:
    names = defined(
        "class Node:\n    def __init__(self, wert):\n"
        "        self.size = 1\n        self.wert = int(wert)\n"
    )

    found = find_construction(names["Node"], "Node", {})

    assert found is not None
    assert found.data.how == "{}.wert"


def test_nodes_that_hold_no_number_at_all_are_not_found() -> None:
    names = defined("class Node:\n    def __init__(self, data):\n        self.data = str(data)\n")

    assert find_construction(names["Node"], "Node", {}) is None
