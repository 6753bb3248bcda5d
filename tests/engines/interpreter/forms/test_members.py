"""What a class has is read off the language, and no attribute of a student's is asked for."""

from abc import ABC
from typing import Any, NoReturn

from grader.engines.interpreter.engine_state import are_kin
from grader.engines.interpreter.forms.members import (
    attribute_names,
    contents,
    method_names,
    own_dict,
    parameters,
    slots_of,
)


class Base:
    __slots__ = ("held",)

    def below(self) -> None: ...


class Silent(Base, ABC):
    """Answers to every name by raising."""

    def __init__(self) -> None:
        self.held, self.own = 1.0, 2.0

    def __getattr__(self, name: str) -> NoReturn:
        raise SystemExit(name)

    @property
    def read(self) -> NoReturn:
        raise SystemExit

    @staticmethod
    def still() -> None: ...


def test_attributes_slots_and_properties_are_named_and_not_read() -> None:
    assert set(attribute_names(Silent())) == {"own", "held", "read"}
    assert set(own_dict(Silent())) == {"own"}
    assert slots_of(Silent()) == [1.0]


def test_methods_are_those_of_bases_too() -> None:
    assert set(method_names(Silent)) == {"still", "below"}
    assert contents(Silent, "below") is Base.__dict__["below"]


def test_parameters_are_told_without_calling_anything() -> None:
    def function(one: Any, two: Any, three: int = 3, *, four: Any, five: int = 5) -> None: ...

    told = parameters(function, bound=True)

    assert told.names == ("two", "three", "four", "five")
    assert told.required == ("two", "four")
    assert told.defaults == {"three": 3, "five": 5}
    assert parameters(print, bound=False).more


def test_kin_have_a_class_of_somebody_s_own_in_common() -> None:
    class Other(Base): ...

    class Abstract(ABC): ...  # noqa: B024  (nothing but kin of the language's)

    assert are_kin(Silent, Other)
    assert not are_kin(Silent, Abstract)
    assert not are_kin(float, bool)
    assert are_kin(float, float)
