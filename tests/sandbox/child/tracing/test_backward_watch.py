"""What is seen of a submission's backward passes, and that nothing of it is changed."""

import builtins
import json
import textwrap
from types import FrameType
from typing import Any

import pytest

from grader.engines.observation import NUMBER, Answer
from grader.grading.mutants.run import trace_of
from grader.sandbox.child.tracing.backward_watch import BackwardWatch
from grader.sandbox.child.tracing.pass_groups import MOST_TRAININGS
from grader.sandbox.trace import Training
from tests.sandbox.orders import RIGHT, with_backward

ENGINE = with_backward(RIGHT)
FILE = "student.py"
LOOP = """
w = Value(0.0)
for _ in range(5):
    loss = (w + Value(-2.0)) * (w + Value(-2.0))
    w.grad = 0.0
    loss.backward()
    w.data -= 0.1 * w.grad
"""


def trainings(code: str, engine: str = ENGINE) -> list[Training]:
    """The trainings of a script: an engine, and code below it."""
    return list(trace_of(engine + "\n\n" + textwrap.dedent(code)).trainings)


def made(code: str, engine: str = ENGINE) -> list[int]:
    """How many passes each training of a script made."""
    return [training.made for training in trainings(code, engine)]


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


SHAPES = {
    "a function": ("def train():\n" + textwrap.indent(LOOP, "    ") + "\ntrain()", [5]),
    "a function called twice": (
        "def train():\n" + textwrap.indent(LOOP, "    ") + "\ntrain()\ntrain()",
        [5, 5],
    ),
    "a function called in a loop, each time with a parameter of its own": (
        "def train():\n" + textwrap.indent(LOOP, "    ") + "\nfor _ in range(2):\n    train()",
        [5, 5],
    ),
    "a function for a step": (
        """
        w = Value(0.0)
        def step():
            loss = w * w + w
            w.grad = 0.0
            loss.backward()
            w.data -= 0.1 * w.grad
        for _ in range(7):
            step()
        """,
        [7],
    ),
    "one function for the steps of two loops": (
        """
        w = Value(0.0)
        def step():
            loss = w * w + w
            w.grad = 0.0
            loss.backward()
            w.data -= 0.1 * w.grad
        def main():
            for _ in range(3):
                step()
            for _ in range(4):
                step()
        main()
        """,
        [3, 4],
    ),
    "a function for an epoch": (
        """
        w = Value(0.0)
        def epoch():
            for x in (1.0, 3.0):
                loss = w * Value(x) + Value(-x)
                w.grad = 0.0
                loss.backward()
                w.data -= 0.1 * w.grad
        for _ in range(4):
            epoch()
        """,
        [8],
    ),
    "a function for an epoch that calls one for a step": (
        """
        w = Value(0.0)
        def step(x):
            loss = w * Value(x) + Value(-x)
            w.grad = 0.0
            loss.backward()
            w.data -= 0.1 * w.grad
        def epoch():
            for x in (1.0, 3.0):
                step(x)
        for _ in range(4):
            epoch()
        """,
        [8],
    ),
    "a list of steps": (
        """
        w = Value(1.0)
        def step():
            loss = w * w
            w.grad = 0.0
            loss.backward()
            w.data -= 0.1 * w.grad
            return loss
        losses = [step() for _ in range(6)]
        """,
        [6],
    ),
    "two lines that call in turns": (
        """
        w = Value(1.0)
        for _ in range(20):
            first = w * w
            w.grad = 0.0
            first.backward()
            w.data -= 0.1 * w.grad
            second = w * w + w
            w.grad = 0.0
            second.backward()
            w.data -= 0.1 * w.grad
        """,
        [40],
    ),
    "a line for every second step": (
        """
        w = Value(1.0)
        for i in range(10):
            loss = w * w
            w.grad = 0.0
            if i % 2:
                loss.backward()
            else:
                loss.backward()
            w.data -= 0.1 * w.grad
        """,
        [10],
    ),
    "one pass before a loop": ("a = Value(2.0)\n(a * a).backward()\n" + LOOP, [1, 5]),
    "two loops": (LOOP + LOOP, [5, 5]),
    "a while loop": (
        "w = Value(1.0)\nwhile w.data > 0.5:\n    w.grad = 0.0\n    (w * w).backward()\n"
        "    w.data -= 0.1 * w.grad",
        [4],
    ),
    "a class with a fit method": (
        """
        class Perceptron:
            def __init__(self):
                self.w = Value(0.5)
            def step(self):
                loss = self.w * self.w
                self.w.grad = 0.0
                loss.backward()
                self.w.data -= 0.1 * self.w.grad
            def fit(self, steps):
                for _ in range(steps):
                    self.step()
        Perceptron().fit(9)
        """,
        [9],
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_training_is_what_one_loop_makes(shape: str) -> None:
    code, passes = SHAPES[shape]

    assert made(code) == passes


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


class Seen:
    """A script watched from outside, so that its names can be looked at afterwards."""

    def __init__(self, source: str) -> None:
        self.names: dict[str, Any] = {"__name__": "__main__"}
        self.looked: list[int] = []
        self.watch = BackwardWatch(lambda file: file if file == FILE else None, self.look)
        self.watch.begin()
        try:
            exec(compile(source, FILE, "exec"), self.names)
        finally:
            self.watch.end()

    def look(self, frame: FrameType) -> None:
        self.looked.append(frame.f_lineno)


def test_a_class_is_afterwards_just_as_it_was_made() -> None:
    seen = Seen("methods = []\n" + ENGINE + "\n    methods.append(backward)\n" + LOOP)

    value = seen.names["Value"]
    assert vars(value)["backward"] is seen.names["methods"][0]
    assert builtins.__build_class__.__name__ == "__build_class__"
    assert len(seen.watch.trainings) == 1


def test_a_method_that_the_submission_replaced_stays_replaced() -> None:
    seen = Seen(ENGINE + "\n\ndef other(self):\n    return 7\n\n\nValue.backward = other\n")

    assert seen.names["Value"](1.0).backward() == 7
    assert vars(seen.names["Value"])["backward"] is seen.names["other"]


def test_a_wrapper_that_was_kept_goes_on_working_and_is_not_watched() -> None:
    seen = Seen(ENGINE + "\n\nkept = Value.backward\n" + LOOP)
    value = seen.names["Value"]
    a = value(3.0)

    seen.names["kept"](a * a)

    assert a.grad == 6.0
    assert [training.count for training in seen.watch.trainings] == [5]


def test_a_method_looks_like_the_student_s_while_it_is_watched() -> None:
    code = """
    told = [Value.backward.__name__, Value.backward.__qualname__, Value.backward.__doc__]
    try:
        Value(1.0).backward(1, 2)
    except TypeError as error:
        told.append(str(error))
    """
    documented = ENGINE.replace(
        "def backward(self):", 'def backward(self):\n        """Go back."""'
    )

    seen = Seen(documented + textwrap.dedent(code))

    assert seen.names["told"] == [
        "backward",
        "Value.backward",
        "Go back.",
        "Value.backward() takes 1 positional argument but 3 were given",
    ]


def test_classes_of_libraries_are_not_watched() -> None:
    source = ENGINE.replace("class Value", "class Theirs")
    library: dict[str, Any] = {"__name__": "library"}
    seen = Seen("import decimal\n\n\nclass Own(decimal.Decimal):\n    pass\n" + ENGINE)

    exec(compile(source, "library.py", "exec"), library)

    assert [kind.__name__ for kind in seen.watch.engines] == ["Own", "Value"]


def test_the_first_pass_of_a_training_is_looked_at_and_no_other() -> None:
    seen = Seen(ENGINE + LOOP + LOOP)

    lines = (ENGINE + LOOP + LOOP).splitlines()
    assert [lines[line - 1].strip() for line in seen.looked] == ["loss.backward()"] * 2


def test_more_trainings_than_can_be_kept_end_with_the_last() -> None:
    code = f"""
    def train(steps):
        w = Value(1.0)
        for _ in range(steps):
            w.grad = 0.0
            (w * w).backward()
            w.data -= 0.1 * w.grad
    for number in range({MOST_TRAININGS + 50}):
        train(2)
    train(3)
    """

    passes = made(code)

    assert len(passes) == MOST_TRAININGS
    assert passes[-1] == 3


def test_a_hundred_thousand_steps_are_counted_in_little_memory() -> None:
    code = """
    def train(steps):
        w = Value(1.0)
        for _ in range(steps):
            w.grad = 0.0
            (w * w).backward()
            w.data -= 1e-6 * w.grad
    """
    seen = Seen(ENGINE + textwrap.dedent(code) + "\n\ntrain(100_000)")

    (training,) = seen.watch.trainings
    assert training.count == 100_000
    assert [number for number, *_ in training.to_json(FILE, 256)[3]] == [
        *range(1, 17),
        *range(99_997, 100_001),
    ]
    assert len(training.losses) <= 4096


def test_leaves_beyond_a_bound_are_not_read() -> None:
    code = "total = Value(0.0)\nfor n in range(900):\n    total = total + Value(1.0 * n)\n"
    loops = "for _ in range(3):\n    total.backward()\n"

    passes = trainings("import sys\nsys.setrecursionlimit(9000)\n" + code + loops)[0].passes

    assert [len(done.leaves) for done in passes] == [256, 256, 256]


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


def test_the_watched_class_may_be_replaced_by_another_engine() -> None:
    source = (
        "class Value:\n    def backward(self):\n        return 7\n\n\nkept = Value().backward()\n"
    )
    watch = BackwardWatch(
        lambda file: file if file == FILE else None,
        lambda _: None,
        {"Value": with_backward("def backward(self):\n    return 9")},
    )
    names: dict[str, Any] = {"__name__": "__main__"}

    watch.begin()
    exec(compile(source.replace("Value()", "Value(1)"), FILE, "exec"), names)
    watch.end()

    assert names["kept"] == 9


def test_many_trainings_of_a_large_network_fit_into_a_reply() -> None:
    code = """
    weights = [Value(0.5 + n) for n in range(300)]
    def total():
        result = Value(0.0)
        for weight in weights:
            result = result + weight * weight
        return result
    """
    loop = """
    for _ in range(20):
        loss = total()
        for weight in weights:
            weight.grad = 0.0
        loss.backward()
        for weight in weights:
            weight.data -= 0.01 * weight.grad
    """
    deep = "import sys\nsys.setrecursionlimit(9000)\n" + ENGINE
    seen = Seen(deep + textwrap.dedent(code) + textwrap.dedent(loop) * 12)

    told = seen.watch.to_json()

    assert len(json.dumps(told)) < 1 << 19
    assert [made for _, _, made, *_ in told] == [20] * 12
    assert min(len(leaves) for *_, passes, _, _, _ in told for *_, leaves in passes) >= 12
