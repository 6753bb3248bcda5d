"""How objects are built is read off one that is made."""

from typing import Any

from grader.sandbox.child.recording.node_names import node_names


class Usual:
    def __init__(self, data: float, _children: Any = (), label: str = "") -> None:
        self.data, self.grad, self.label = data, 0.0, label
        self._prev = set(_children)
        self._backward = lambda: None


class Slotted:
    __slots__ = ("g", "parents", "v")

    def __init__(self, v: float, parents: Any = ()) -> None:
        self.v, self.g, self.parents = v, None, parents


class Demanding:
    def __init__(self) -> None:
        raise OSError


def test_the_usual_names_are_found() -> None:
    names = node_names(Usual)

    assert (names.data, names.grad, names.links) == (("data",), ("grad",), ("_prev",))
    assert (names.rules, names.container) == (("_backward",), set)
    assert names.extras == {"label": ""}


def test_other_names_are_found_in_slots_too() -> None:
    names = node_names(Slotted)

    assert (names.data, names.grad, names.links, names.rules) == (("v",), ("g",), ("parents",), ())


def test_a_class_of_which_none_can_be_made_is_taken_for_a_usual_one() -> None:
    assert node_names(Demanding).data == ("data",)
