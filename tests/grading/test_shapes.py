"""Engines in the shapes that students hand in: each is right, and gets everything."""

import re
from pathlib import Path

import pytest

from grader.exercises import catalogue
from grader.grading.one_submission import examine
from grader.grading.request import Choice
from grader.submissions.submission import find
from tests.sandbox.conftest import GradeSource
from tests.sandbox.engines import RIGHT, after, before, instead

DERIVATIVE = """
class Scalar:
    def __init__(self, data, requires_grad=False):
        self.data = data
        self.derivative = 0.0
        self.parents = []
        self.local = []

    @property
    def grad(self):
        return self.derivative

    @grad.setter
    def grad(self, value):
        self.derivative = value

    def made_of(self, parents, local):
        self.parents, self.local = parents, local
        return self

    def __add__(self, other):
        return Scalar(self.data + other.data).made_of([self, other], [1, 1])

    def __sub__(self, other):
        return Scalar(self.data - other.data).made_of([self, other], [1, -1])

    def __neg__(self):
        return Scalar(-self.data).made_of([self], [-1])

    def __mul__(self, other):
        return Scalar(self.data * other.data).made_of([self, other], [other.data, self.data])

    def __pow__(self, n):
        slope = 0 if n == 0 else n * self.data ** (n - 1)
        return Scalar(self.data ** n).made_of([self], [slope])

    def backward(self, gradient=1.0):
        self.derivative += gradient
        for parent, slope in zip(self.parents, self.local):
            parent.backward(gradient * slope)
"""
KARPATHY = (
    RIGHT.replace("self._op = _op", "self._op = _op\n        self.label = label").replace(
        "_op=''):", "_op='', label=''):"
    )
    + """
    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __truediv__(self, other):
        return self * other**-1
"""
)
NUMPY = re.sub(r"self\.data = data", "self.data = np.array(data, dtype=float)", RIGHT)
DATACLASS = """
from dataclasses import dataclass, field
from typing import Callable

@dataclass(eq=False)
class Value:
    data: float
    grad: float = 0.0
    _prev: tuple = ()
    _backward: Callable = field(default=lambda: None, repr=False)
""" + RIGHT[RIGHT.index("    def __add__") :].replace(
    "(self, other), '+')", "_prev=(self, other))"
).replace("(self, other), '*')", "_prev=(self, other))").replace(
    "(self,), f'**{n}')", "_prev=(self,))"
)
SHAPES = {
    "the sheet's": RIGHT,
    "karpathy's": KARPATHY,
    "a Scalar with a derivative": DERIVATIVE,
    "a Tensor": RIGHT.replace("Value", "Tensor"),
    "a Variable": RIGHT.replace("Value", "Variable"),
    "a Node": RIGHT.replace("Value", "Node"),
    "children as a tuple": instead("self._prev = set(_children)", "self._prev = _children"),
    "children as a list": instead("self._prev = set(_children)", "self._prev = list(_children)"),
    "children called prev": RIGHT.replace("_prev", "prev"),
    "children called children": RIGHT.replace("_prev", "children"),
    "children called parents": RIGHT.replace("_prev", "parents"),
    "gradient a float": RIGHT.replace("self.grad = 0", "self.grad = 0.0"),
    "with slots": instead(
        "class Value:",
        "class Value:\n    __slots__ = ('data', 'grad', '_backward', '_prev', '_op')\n",
    ),
    "with __eq__ and no __hash__, a list of visited nodes": RIGHT.replace(
        "visited = set()", "visited = []"
    )
    .replace("v not in visited", "id(v) not in visited")
    .replace("visited.add(v)", "visited.append(id(v))")
    .replace("set(_children)", "tuple(_children)")
    + "\n    def __eq__(self, other):\n        return self.data == other.data\n",
    "data as a property": RIGHT.replace("self.data = data", "self._data = data")
    + "\n    @property\n    def data(self):\n        return self._data\n",
    "a label that is required": RIGHT.replace(
        "def __init__(self, data, _children=(), _op=''):",
        "def __init__(self, data, label, _children=(), _op=''):\n        self.label = label",
    )
    .replace(", (self", ", '', (self")
    .replace("Value(-1)", "Value(-1, '')"),
    "children that are required": RIGHT.replace("_children=(), _op=''", "_children, _op").replace(
        "Value(-1)", "Value(-1, (), '')"
    ),
    "a keyword that is required": RIGHT.replace(
        "_children=(), _op=''", "_children=(), _op='', *, label"
    )
    .replace("'+')", "'+', label='')")
    .replace("'*')", "'*', label='')")
    .replace("{n}')", "{n}', label='')")
    .replace("Value(-1)", "Value(-1, label='')"),
    "a dataclass": DATACLASS,
    "children as keywords": RIGHT.replace("(self, other), '", "_children=(self, other), _op='"),
    "__power__, as the sheet says": RIGHT.replace("__pow__", "__power__").replace(
        "self.data ** n,", "pow(self.data, n),"
    ),
    "a base class of its own": RIGHT.replace("class Value:", "class Base:")
    + "\n\nclass Value(Base):\n    pass\n",
    "a second, helping class": after("class Neuron:\n    def __init__(self):\n        self.w = 0"),
    "a class made twice": before("class Value:\n    pass"),
    "a demo guarded by __main__": after(
        "if __name__ == '__main__':\n    a = Value(2)\n    (a * a).backward()\n    print(a.grad)"
    ),
    "plots, with nothing to plot with": before(
        "import matplotlib.pyplot as plt\n"
        "from graphviz import Digraph\n"
        "import seaborn as sns\n"
        "sns.set_theme()\n"
        "fig, axes = plt.subplots(2, 2)\n"
        "axes[0, 1].plot([1, 2], [3, 4])\n"
        "with plt.style.context('ggplot'):\n"
        "    plt.savefig('plot.png')\n"
        "dot = Digraph(format='svg')\n"
        "dot.node(name='a', label='b')\n"
        "dot.edge('a', 'b')\n"
        "dot.render('graph')"
    ),
    "a decorated backward": RIGHT.replace(
        "    def backward", "    @timed\n    def backward"
    ).replace(
        "class Value",
        "import functools, time\n\n"
        "def timed(f):\n"
        "    @functools.wraps(f)\n"
        "    def g(*args, **kwargs):\n"
        "        t = time.time()\n"
        "        result = f(*args, **kwargs)\n"
        "        print(time.time() - t)\n"
        "        return result\n"
        "    return g\n\n"
        "class Value",
    ),
    "type hints of the future": before("from __future__ import annotations").replace(
        "def __add__(self, other)", "def __add__(self: Value, other: Value | float) -> Value"
    ),
    "windows line ends": RIGHT.replace("\n", "\r\n"),
    "tabs": RIGHT.replace("    ", "\t"),
}


@pytest.mark.parametrize("source", SHAPES.values(), ids=list(SHAPES))
def test_a_right_engine_of_any_shape_gets_everything(
    grade_source: GradeSource, source: str
) -> None:
    report = grade_source(source)

    assert report.passed, [check.message for check in report.checks]
    assert report.score == 5


@pytest.mark.parametrize("exercise", ["ex1", "ex2", "ex3", "ex4", "ex5", "ex6", "ex7"])
@pytest.mark.parametrize("shape", ["the sheet's", "karpathy's", "children as a tuple"])
def test_a_right_engine_gets_everything_in_every_exercise(
    grade_source: GradeSource, shape: str, exercise: str
) -> None:
    report = grade_source(SHAPES[shape], exercise)

    assert report.passed, [check.message for check in report.checks]


@pytest.mark.parametrize("exercise", ["ex1", "ex2", "ex3", "ex7", "ex9"])
def test_numbers_of_numpy_are_numbers(grade_source: GradeSource, exercise: str) -> None:
    pytest.importorskip("numpy")

    report = grade_source("import numpy as np\n\n" + NUMPY, exercise)

    assert report.passed, [check.message for check in report.checks]


def test_numbers_of_torch_are_numbers_where_an_exercise_allows_torch(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    torch = re.sub(
        r"self\.data = data", "self.data = torch.as_tensor(data, dtype=torch.float64)", RIGHT
    )

    (tmp_path / "value.py").write_text("import torch\n\n" + torch)
    ex9 = catalogue.load(catalogue.find("ex9"))
    submission = find(str(tmp_path / "value.py"), "ex9")

    (report,) = examine([ex9._replace(forbids=())], submission, Choice("ex9"))

    assert report.passed, [check.message for check in report.checks]


@pytest.mark.parametrize(
    "line",
    [
        "from engine import Value",
        "from engine import *",
        "from .engine import Value",
        "from . import engine\nValue = engine.Value",
        "import engine\n\nclass Value(engine.Value):\n    pass",
    ],
)
def test_an_engine_may_lie_in_a_file_beside_it(
    grade_source: GradeSource, tmp_path: Path, line: str
) -> None:
    (tmp_path / "engine.py").write_text(RIGHT, encoding="utf-8")

    report = grade_source(line)

    assert report.passed, [check.message for check in report.checks]


def test_an_engine_may_lie_in_a_package_beside_it(
    grade_source: GradeSource, tmp_path: Path
) -> None:
    (tmp_path / "micrograd").mkdir()
    (tmp_path / "micrograd" / "__init__.py").touch()
    (tmp_path / "micrograd" / "engine.py").write_text(RIGHT, encoding="utf-8")

    report = grade_source("from micrograd.engine import Value")

    assert report.passed, [check.message for check in report.checks]


def test_a_fault_in_a_file_beside_it_is_shown_there(
    grade_source: GradeSource, tmp_path: Path
) -> None:
    (tmp_path / "engine.py").write_text(RIGHT.replace("n * self.data", "m * self.data"))

    report = grade_source("from engine import Value")

    message = next(check.message for check in report.checks if check.id == "power_gradients")
    assert message == (
        "`square.backward()` raises NameError: name 'm' is not defined (engine.py, line 37)"
    )


@pytest.mark.parametrize("name", ["größe.py", "мой файл.py", "微分.py", "a b'c.py", "emoji 🙂.py"])
def test_a_file_may_be_called_anything(grade_source: GradeSource, name: str) -> None:
    report = grade_source(after("raise ValueError('größer')"), name=name)

    assert report.passed
    assert report.notes[0].startswith(f"{name} raises ValueError: größer (line ")


def test_a_folder_may_be_called_anything(grade_source: GradeSource, tmp_path: Path) -> None:
    folder = tmp_path / "Übung 9 – 微分"
    folder.mkdir()
    (folder / "engine.py").write_text(RIGHT, encoding="utf-8")

    report = grade_source("from engine import Value", name=f"{folder.name}/value.py")

    assert report.passed
