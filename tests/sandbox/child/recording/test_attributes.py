"""What a class does with its attributes by itself is still done, and nothing of ours is lost."""

import pytest

from tests.sandbox.recording.recorded import Recorded

HOOKS = {
    "converts": "if name in ('data', 'grad'): value = float(value)\n"
    "        object.__setattr__(self, name, value)",
    "stores by itself": "self.__dict__[name] = value",
    "refuses others": "assert name in ('data', 'grad', '_prev', '_backward'), name\n"
    "        super().__setattr__(name, value)",
}
METHODS = """
    def __mul__(self, other):
        return Value(self.data * other.data, (self, other))

    def backward(self):
        pass
"""
INIT = """
class Value:
    def __init__(self, data, _prev=()):
        self.data, self.grad, self._prev = data, 0.0, _prev
        self._backward = lambda: None
"""
SETTER = INIT + "\n    def __setattr__(self, name, value):\n        {}\n" + METHODS
CODE = (
    "a = Value(2)\nb = a * a\nb.backward()\nseen = [b.data, a.grad]\na.grad = 0\nseen += [a.grad]"
)


@pytest.mark.parametrize("hook", HOOKS)
def test_a_class_that_sets_its_attributes_itself_is_recorded(hook: str) -> None:
    assert Recorded(CODE, SETTER.format(HOOKS[hook])).names["seen"] == [4.0, 4.0, 0.0]


def test_what_a_class_refuses_is_refused() -> None:
    with pytest.raises(AssertionError, match="colour"):
        Recorded("Value(1.0).colour = 'red'", SETTER.format(HOOKS["refuses others"]))


def test_a_class_that_knows_every_name_is_recorded() -> None:
    engine = f"{INIT}\n    def __getattr__(self, name):\n        return 7.0\n{METHODS}"

    names = Recorded(f"{CODE}\nother = b.anything", engine).names

    assert (names["seen"], names["other"]) == ([4.0, 4.0, 0.0], 7.0)


def test_a_class_that_fills_its_dictionary_is_recorded() -> None:
    engine = """
class Value:
    def __init__(self, data, _prev=()):
        self.__dict__.update(data=data, grad=0.0, _prev=_prev, _backward=lambda: None)
"""

    assert Recorded(CODE, engine + METHODS).names["seen"] == [4.0, 4.0, 0.0]
