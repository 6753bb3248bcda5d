"""A dataclass is recorded as any class is: frozen or not, with defaults, factories and slots."""

import dataclasses
import math

import pytest

from grader.sandbox.child.recording.dataclass_stand_ins import NAME
from tests.sandbox.recording.recorded import Recorded

FIELDS = """
    data: float
    grad: float = 0.0
    _prev: tuple = ()
    _backward: object = field(default=None, repr=False, compare=False)
"""
FACTORIES = """
    data: float
    grad: float = field(default=0.0, init=False)
    _prev: list = field(default_factory=list)
    _backward: object = field(default=lambda: None, repr=False, compare=False)
"""
POST_INIT = """
    data: float
    _prev: tuple = ()

    def __post_init__(self):
        self.data = float(self.data)
        self.grad = 0.0
        self._backward = lambda: None
"""
RULES = """
    def __mul__(self, other):
        return Value(self.data * other.data, _prev=(self, other))

    def sin(self):
        out = Value(math.sin(self.data), _prev=(self,))
        def _backward():
            slope = math.cos(self.data) * out.grad
            object.__setattr__(self, "grad", self.grad + slope)
        object.__setattr__(out, "_backward", _backward)
        return out

    def backward(self):
        pass
"""
MADE = {
    "as it is": ("@dataclass", FIELDS),
    "called": ("@dataclass()", FIELDS),
    "by its module": ("@dataclasses.dataclass", FIELDS),
    "frozen": ("@dataclass(frozen=True)", FIELDS),
    "ordered": ("@dataclass(order=True, unsafe_hash=True)", FIELDS),
    "with slots": ("@dataclass(slots=True)", FIELDS),
    "with weak references": ("@dataclass(slots=True, weakref_slot=True)", FIELDS),
    "without equality": ("@dataclass(eq=False)", FIELDS),
    "with factories": ("@dataclass", FACTORIES),
    "with a __post_init__": ("@dataclass", POST_INIT),
    "below another decorator": ("@(lambda kind: kind)\n@dataclass", FIELDS),
}
HEAD = "import dataclasses\nimport math\nfrom dataclasses import dataclass, field\n\n"


def engine(name: str) -> str:
    decorator, fields = MADE[name]
    return f"{HEAD}{decorator}\nclass Value:{fields}{RULES}"


@pytest.mark.parametrize("name", MADE)
def test_values_and_gradients_are_those_of_the_usual_class(name: str) -> None:
    code = (
        "a = Value(2.0)\nb = a * a.sin()\nb.backward()\nseen = b.data, a.grad, a._prev == b._prev"
    )

    data, grad, alike = Recorded(code, engine(name)).names["seen"]

    assert data == pytest.approx(2 * math.sin(2))
    assert grad == pytest.approx(math.sin(2) + 2 * math.cos(2))
    assert not alike


@pytest.mark.parametrize(("name", "equal"), [("as it is", True), ("without equality", False)])
def test_nodes_are_equal_as_the_dataclass_has_it(name: str, *, equal: bool) -> None:
    code = "seen = Value(1.0) == Value(1.0), Value(1.0) == Value(2.0)"

    assert Recorded(code, engine(name)).names["seen"] == (equal, False)


def test_a_frozen_node_refuses_to_be_set_as_it_does_otherwise() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'data'"):
        Recorded("Value(1.0).data = 2.0", engine("frozen"))


def test_a_node_can_be_replaced() -> None:
    code = (
        "w = Value(1.0, grad=3.0)\nv = dataclasses.replace(w, data=w.data - w.grad)\nseen = v.data"
    )

    assert Recorded(code, engine("as it is")).names["seen"] == -2.0


def test_a_dataclass_that_is_no_engine_is_left_alone() -> None:
    code = "@dataclass\nclass Point:\n    x: float = 1.0\n\n\nseen = repr(Point(2.0))"

    assert Recorded(code, engine("as it is")).names["seen"] == "Point(x=2.0)"


def test_what_makes_dataclasses_is_as_before_when_the_run_has_ended() -> None:
    before = getattr(dataclasses, NAME)

    Recorded("a = Value(1.0)", engine("as it is"))

    assert getattr(dataclasses, NAME) is before
