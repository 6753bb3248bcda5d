"""Folders that were handed in whole: which files lie where, with engines of the bank in them.

A line `{right/slots}` in a file stands for that engine's source.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Folder(NamedTuple):
    """A folder that one student handed in.

    Attributes:
        name: what it is, in few words.
        asks: the exercises that it is asked.
        files: relative path → text.
        wrong: the checks that it fails, each "exercise.check".
        says: a piece of what the report says of it.
    """

    name: str
    asks: str
    files: Mapping[str, str]
    wrong: str = ""
    says: str = ""


TRAINING = """
w, b = {new}(0.0), {new}(0.0)
for epoch in range(100):
    for x, y in [(1.0, 2.0), (3.0, 6.0)]:
        loss = ({new}(x) * w + b - {new}(y)) ** 2
        w.grad = b.grad = 0.0
        loss.backward()
        w.data -= 0.1 * w.grad
        b.data -= 0.1 * b.grad
print(w.data, b.data)
"""
TRAIN = TRAINING.replace("{new}", "Value")
UP_AND_DOWN = """
import os, sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "src"))
from engine import Value
"""
OPERATIONS = """
from . import node


def plus(a, b):
    return node.Value(a.data + b.data, [(a, 1.0), (b, 1.0)])


def times(a, b):
    return node.Value(a.data * b.data, [(a, b.data), (b, a.data)])


def power(a, n):
    return node.Value(a.data**n, [(a, n * a.data ** (n - 1))])
"""
NODE = """
from .operations import plus, power, times


class Value:
    def __init__(self, data, parents=()):
        self.data, self.parents, self.grad = data, parents, 0.0

    __add__ = plus
    __mul__ = times
    __pow__ = power

    def __neg__(self):
        return self * Value(-1.0)

    def __sub__(self, other):
        return self + (-other)

    def backward(self):
        order = []

        def visit(v):
            if v not in order:
                for p, _ in v.parents:
                    visit(p)
                order.append(v)

        visit(self)
        self.grad = 1.0
        for v in reversed(order):
            for p, d in v.parents:
                p.grad += d * v.grad
"""

FOLDERS = (
    Folder(
        "right_main_beside_the_engine",
        "my475/ex12, my475/ex9",
        {"value.py": "{right/slots}", "main.py": "from value import Value\n" + TRAIN},
    ),
    Folder(
        "right_training_imports_all",
        "my475/ex12",
        {
            "autograd.py": "{right/dict_of_children}\n",
            "train.py": "from autograd import *\n"
            + TRAINING.replace("{new}", "Scalar")
            .replace(".data", ".val")
            .replace(".grad", ".derivative"),
        },
    ),
    Folder(
        "right_own_package_called_micrograd",
        "my475/ex9, my475/ex12",
        {
            "micrograd/__init__.py": "",
            "micrograd/engine.py": "{right/twice_in_one_file}",
            "main.py": "from micrograd.engine import Value\n" + TRAIN,
        },
    ),
    Folder(
        "right_own_package_called_tinygrad",
        "my475/ex9",
        {
            "tinygrad/__init__.py": "from .tensor import Value\n",
            "tinygrad/tensor.py": "{right/graph_object}",
            "homework.py": "from tinygrad import Value\nprint((Value(2.0) ** 2).data)\n",
        },
    ),
    Folder(
        "right_source_beside_tests",
        "my475/ex9, my475/ex7",
        {
            "src/value.py": "{right/eq_without_hash}",
            "tests/test_value.py": "from value import Value\n\n\ndef test_sum():\n"
            "    assert (Value(1) + Value(2)).data == 3\n",
            "README.md": "# Homework 3\n",
            "requirements.txt": "numpy\ntorch\n",
        },
    ),
    Folder(
        "right_upper_case_ending",
        "my475/ex9",
        {"EX9.PY": "{right/property_around_data}"},
    ),
    Folder(
        "right_doubled_ending",
        "my475/ex9",
        {"value.py.py": "{right/waits_for_all_users}"},
    ),
    Folder(
        "right_copied_by_a_browser",
        "my475/ex9",
        {"value (1).py": "{right/grad_is_second}"},
    ),
    Folder(
        "right_in_a_folder_of_its_own",
        "my475/ex9",
        {"hw3/final/value.py": "{right/mixins}", "hw3/notes.txt": "done\n"},
    ),
    Folder(
        "right_relative_imports",
        "my475/ex9, my475/ex12",
        {
            "engine/__init__.py": "from .node import Value\n",
            "engine/node.py": NODE,
            "engine/operations.py": OPERATIONS,
            "main.py": "from engine import Value\n" + TRAIN,
        },
    ),
    Folder(
        "right_path_is_extended",
        "my475/ex12",
        {
            "src/engine.py": "{right/slots}",
            "run.py": "import sys\nsys.path.append('src')\nfrom engine import Value\n" + TRAIN,
        },
    ),
    Folder(
        "right_path_is_extended_by_a_path",
        "my475/ex9, my475/ex12",
        {
            "src/engine.py": "{right/eq_without_hash}",
            "run.py": "import sys\nfrom pathlib import Path\n"
            'SRC = Path(__file__).resolve().parent / "src"\nsys.path.insert(0, str(SRC))\n'
            "from engine import Value\n" + TRAIN,
        },
    ),
    Folder(
        "right_script_beside_the_source",
        "my475/ex9, my475/ex12",
        {"src/engine.py": "{right/slots}", "scripts/run.py": UP_AND_DOWN + TRAIN},
    ),
    Folder(
        "wrong_script_beside_the_source",
        "my475/ex9, my475/ex12",
        {
            "src/engine.py": "{fault/power_overwrites}",
            "scripts/run.py": UP_AND_DOWN + TRAIN.replace("0.1", "0.01"),
        },
        "my475/ex9.inside_expressions, my475/ex12.hundred_epochs",
    ),
    Folder(
        "right_left_by_editors",
        "my475/ex7, my475/ex9",
        {
            "value.py": "{right/zeroes_before_it_goes}",
            "__MACOSX/._value.py": "\0\5\26\7",
            ".ipynb_checkpoints/value-checkpoint.py": "class Value:\n    pass\n",
            "__pycache__/value.cpython-311.pyc": "\0",
            ".vscode/settings.json": "{}",
            ".DS_Store": "\0\0\0\1Bud1",
        },
    ),
    Folder(
        "right_reads_its_own_data",
        "my475/ex12",
        {
            "data/points.csv": "1,2\n3,6\n",
            "value.py": "{right/slots}\n"
            "rows = [line.split(',') for line in open('data/points.csv')]\n"
            + TRAIN.replace("[(1.0, 2.0), (3.0, 6.0)]", "[(float(x), float(y)) for x, y in rows]"),
        },
    ),
    Folder(
        "wrong_engine_beside_its_training",
        "my475/ex9, my475/ex12",
        {"value.py": "{fault/power_overwrites}", "main.py": "from value import Value\n" + TRAIN},
        "my475/ex9.inside_expressions",
    ),
    Folder(
        "wrong_training_beside_a_right_engine",
        "my475/ex9, my475/ex12",
        {
            "engine.py": "{right/slots}",
            "main.py": "from engine import Value\n" + TRAIN.replace("0.1", "0.01"),
        },
        "my475/ex12.hundred_epochs",
    ),
    Folder(
        "wrong_own_package_called_micrograd",
        "my475/ex7",
        {
            "micrograd/__init__.py": "",
            "micrograd/engine.py": "{wrong/level_by_level}",
            "main.py": "from micrograd.engine import Value\na = Value(2.0) * Value(3.0)\n",
        },
        "my475/ex7.skip_connection",
    ),
    Folder(
        "wrong_in_a_folder_of_its_own",
        "my475/ex7",
        {"submission/code/engine.py": "{wrong/visited_by_number}"},
        "my475/ex7.equal_numbers",
    ),
)
