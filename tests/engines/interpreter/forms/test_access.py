"""A number is found where it can be read again, and set where setting it changes what is read."""

import numpy
import pytest

from grader.engines.interpreter.forms.access import (
    Access,
    find_data,
    named_data,
    number_of,
    numbers_held,
    single,
)
from grader.engines.observation import ARRAY, NUMBER, Answer, Array


class Plain:
    def __init__(self, number: float) -> None:
        self.amount = number
        self.count = 1.0


class ByMethod:
    def __init__(self, number: float) -> None:
        self._hidden = number

    def item(self) -> float:
        return self._hidden


class ReadOnly:
    def __init__(self, number: float) -> None:
        self._data = number

    @property
    def data(self) -> float:
        return self._data


class Slotted:
    __slots__ = ("number",)

    def __init__(self, number: float) -> None:
        self.number = number


class AsFloat:
    def __init__(self, number: float) -> None:
        self.held = (number,)

    def __float__(self) -> float:
        return self.held[0]


@pytest.mark.parametrize(
    ("kind", "access", "how"),
    [
        (Plain, Access("amount"), "{}.amount"),
        (ByMethod, Access("item", called=True, sets="_hidden"), "{}.item()"),
        (ReadOnly, Access("data", sets="_data"), "{}.data"),
        (Slotted, Access("number"), "{}.number"),
        (AsFloat, Access("__float__", called=True), "float({})"),
    ],
)
def test_a_number_is_found_by_its_value(kind: type, access: Access, how: str) -> None:
    found = find_data([(kind(1.5), 1.5), (kind(-2.25), -2.25)])

    assert found == access
    assert access.how == how


def test_what_holds_another_number_is_not_found() -> None:
    assert find_data([(Plain(1.5), 2.0), (Plain(-2.25), 3.0)]) is None


def test_a_number_that_is_another_is_found_under_a_usual_name_alone() -> None:
    assert named_data([Slotted(2.0), Slotted(3.0)]) == Access("number")
    assert named_data([Plain(2.0), Plain(3.0)]) is None


def test_a_method_without_an_attribute_behind_it_cannot_be_set() -> None:
    with pytest.raises(AttributeError, match=r"^item\(\) cannot be set$"):
        Access("item", called=True).write(ByMethod(1.0), 2.0)


def test_what_is_set_is_read_again() -> None:
    node = ReadOnly(1.5)

    Access("data", sets="_data").write(node, 4.0)

    assert node.data == 4.0


@pytest.mark.parametrize("value", [2.0, 2, numpy.float32(2), numpy.array([2.0]), numpy.array(2)])
def test_a_number_of_any_type_is_that_number(value: object) -> None:
    assert number_of(value) == 2.0


@pytest.mark.parametrize("value", [None, "2", [2.0], numpy.array([1.0, 2.0]), True])
def test_what_is_no_single_number_is_none(value: object) -> None:
    assert number_of(value) is None


def test_a_node_that_is_a_gradient_is_the_number_in_it() -> None:
    assert number_of(Plain(3.0), Access("amount")) == 3.0


def test_an_array_of_one_entry_is_a_number_and_one_of_two_is_not() -> None:
    two = Answer(ARRAY, Array((2,), (1.0, 2.0)))

    assert single(Answer(ARRAY, Array((1, 1), (7.0,)))) == Answer(NUMBER, 7.0)
    assert single(two) == two


def test_the_numbers_beside_its_own_may_be_gradients() -> None:
    assert numbers_held(Plain(2.0), Access("amount")) == {Access("count"): 1.0}
