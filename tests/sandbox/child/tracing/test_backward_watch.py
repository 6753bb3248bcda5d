"""What is seen of a submission's backward passes, and that nothing of it is changed."""

import textwrap

import pytest

from grader.engines.observation import NUMBER, Answer
from tests.sandbox.child.tracing.scripts import ENGINE, LOOP, Seen, made, trainings
from tests.sandbox.orders import RIGHT, with_backward


def number(value: float) -> Answer:
    return Answer(NUMBER, value)


def test_a_loop_is_one_training_with_the_leaf_that_moves() -> None:
    (training,) = trainings(LOOP)

    moving = [
        [leaf for leaf in done.leaves if leaf.data != number(-2.0)] for done in training.passes
    ]
    assert [done.number for done in training.passes] == [1, 2, 3, 4, 5]
    assert [leaf.data.value for (leaf,) in moving] == pytest.approx([0, 0.4, 0.72, 0.976, 1.1808])
    assert [leaf.before.value for (leaf,) in moving] == [0.0] * 5
    assert [leaf.after.value for (leaf,) in moving] == pytest.approx(
        [-4, -3.2, -2.56, -2.048, -1.6384]
    )
    assert training.losses == pytest.approx([4, 2.56, 1.6384, 1.048576, 0.67108864])
    assert training.end[moving[0][0].id][0].value == pytest.approx(1.34464)


ENGINES = {
    "children in a set": ENGINE,
    "children in a tuple": ENGINE.replace("set(_children)", "tuple(_children)"),
    "children in a list": ENGINE.replace("set(_children)", "list(_children)"),
    "backprop": ENGINE.replace("def backward", "def backprop") + "    backward = backprop\n",
    "ints": ENGINE.replace("self.grad = 0.0", "self.grad = 0").replace("grad = 1.0", "grad = 1"),
    "numpy": "import numpy as np\n\n\n"
    + ENGINE.replace("self.data = data", "self.data = np.float64(data)"),
    "a 0-d array": "import numpy as np\n\n\n"
    + ENGINE.replace("self.data = data", "self.data = np.array(float(data))"),
    "grad as a property": ENGINE
    + """
    @property
    def grad(self):
        return self.__dict__["held"]

    @grad.setter
    def grad(self, value):
        self.__dict__["held"] = value
""",
    "slots": ENGINE.replace(
        "class Value:", 'class Value:\n    __slots__ = ("_backward", "_prev", "data", "grad")\n'
    ),
    "inherited": ENGINE.replace("class Value", "class Engine")
    + "\n\nclass Value(Engine):\n    pass\n",
    "a mixin": "class Arithmetic:\n"
    + ENGINE.partition("    def __repr__")[2].join(["    def __repr__", ""])
    + "\n\n"
    + ENGINE.partition("    def __repr__")[0].replace("class Value", "class Value(Arithmetic)"),
    "backward with an argument": ENGINE.replace("def backward(self)", "def backward(self, seed=1)"),
    "backward given to the class later": with_backward("pass")
    + "\n\n"
    + textwrap.dedent(RIGHT)
    + "\n\nValue.backward = backward\n",
    "backward replaced by one around it": ENGINE
    + "\n\nplain = Value.backward\n\n\n"
    + "def loud(self):\n    plain(self)\n    return self\n\n\nValue.backward = loud\n",
}


@pytest.mark.parametrize("engine", ENGINES)
def test_every_kind_of_engine_is_watched(engine: str) -> None:
    (training,) = trainings(LOOP, ENGINES[engine])

    assert training.made == 5
    assert training.losses == pytest.approx([4, 2.56, 1.6384, 1.048576, 0.67108864])
    held = [leaf.data.value for done in training.passes for leaf in done.leaves]
    assert [value for value in held if value != -2] == pytest.approx([0, 0.4, 0.72, 0.976, 1.1808])


def test_a_backward_that_calls_that_of_its_children_is_one_pass() -> None:
    recursive = with_backward("""
    def backward(self, start=True):
        if start:
            self.grad = 1.0
        self._backward()
        for child in self._prev:
            child.backward(False)
    """)

    assert made(LOOP, recursive) == [5]


def test_an_exception_inside_backward_is_the_student_s_and_no_pass() -> None:
    code = """
    w = Value(1.0)
    for i in range(6):
        loss = w * w
        if i == 2:
            loss._backward = None
        try:
            loss.backward()
        except TypeError:
            raised = i
    """

    (training,) = trainings(code)

    assert training.made == 5


def test_the_first_pass_of_a_training_is_looked_at_and_no_other() -> None:
    seen = Seen(ENGINE + LOOP + LOOP)

    lines = (ENGINE + LOOP + LOOP).splitlines()
    assert [lines[line - 1].strip() for line in seen.looked] == ["loss.backward()"] * 2


MISCHIEF = {
    "a property that raises": "@property\n    def data(self):\n        raise OSError\n",
    "children that raise": "@property\n    def _prev(self):\n        raise OSError\n",
    "a __getattr__ that raises": "def __getattr__(self, name):\n        raise OSError(name)\n",
    "a __bool__ that raises": "def __bool__(self):\n        raise OSError\n",
    "an __eq__ that raises": "def __eq__(self, other):\n        raise OSError\n",
}


@pytest.mark.parametrize("mischief", MISCHIEF)
def test_what_looking_raises_is_not_seen_by_the_submission(mischief: str) -> None:
    source = f"""
class Value:
    {MISCHIEF[mischief]}
    def __add__(self, other):
        return self

    def backward(self):
        self.__dict__["gone"] = self.__dict__.get("gone", 0) + 1


a = Value()
for _ in range(9):
    a.backward()
done = True
"""

    seen = Seen(source)

    assert seen.names["done"]
    assert vars(seen.names["a"])["gone"] == 9
