"""What a text shows of a class that uses a forbidden package, without being run."""

import pytest

from grader.engines.observation import BorrowedPackage, Place
from grader.engines.syntax import LARGEST
from grader.submissions.imports import forbidden_imports

FORBIDS = ("torch", "jax")


def found(*texts: str, names: tuple[str, ...] = ("Value",)) -> BorrowedPackage | None:
    pieces = [(f"cell {number}", text) for number, text in enumerate(texts, start=1)]
    return forbidden_imports(pieces, names, FORBIDS)


def torch_on(line: int, cell: int = 1, name: str = "Value") -> BorrowedPackage:
    return BorrowedPackage(name, "torch", Place(f"cell {cell}", line, ""))


BORROWS = {
    "a method": ("import torch\nclass Value:\n    def f(self):\n        torch.tanh(1)\n", 4),
    "a class's own body": ("import torch\nclass Value:\n    t = torch.tensor(1.0)\n", 3),
    "a package's module": ("import torch.nn as n\nclass Value(n.Module): ...\n", 2),
    "an attribute's alias": ("import torch\nt = torch.tanh\nclass Value:\n    f = t\n", 4),
    "a decorator": ("import torch\nclass Value:\n    @torch.no_grad()\n    def f(self): ...\n", 3),
    "a default": ("import torch\nclass Value:\n    def f(self, t=torch): ...\n", 3),
    "a lambda": ("import torch\nclass Value:\n    f = lambda self: torch.tanh(self.data)\n", 3),
    "a nested function": (
        "import torch\nclass Value:\n    def f(self):\n        def g():\n            torch\n",
        5,
    ),
    "a global that a method binds": (
        "import torch as t\nclass Value:\n    def f(self):\n        global t\n        t.tanh(1)\n",
        5,
    ),
    "a class that it makes": (
        "import torch\nclass Inner:\n    t = torch\nclass Value:\n    f = Inner()\n",
        3,
    ),
    "an import that may fail": (
        "try: import torch\nexcept ImportError: torch = None\nclass Value:\n    t = torch\n",
        4,
    ),
    "a lambda of the module": ("import torch\nf = lambda: torch\nclass Value:\n    g = f\n", 2),
    "a method put in": ("import torch\nclass Value: ...\nValue.tanh = torch.tanh\n", 3),
}


@pytest.mark.parametrize(("text", "line"), BORROWS.values(), ids=list(BORROWS))
def test_a_use_is_found_with_its_line(text: str, line: int) -> None:
    assert found(text) == torch_on(line)


HONEST = {
    "a parameter": "import torch as t\nclass Value:\n    def f(self, t):\n        t.tanh(1)\n",
    "a loop": "import torch as t\nclass Value:\n    def f(self):\n        for t in 'ab': t.x\n",
    "a comprehension": "import torch as t\nclass Value:\n    def f(self): [t for t in 'ab']\n",
    "an exception": (
        "import torch as e\nclass Value:\n    def f(self):\n"
        "        try: ...\n        except OSError as e: e.errno\n"
    ),
    "an attribute": "import torch\nclass Value:\n    def f(self): return self.torch\n",
    "a keyword": "import torch\nclass Value:\n    def f(self): return dict(torch=1)\n",
    "another class": "import torch\nclass Value: ...\nclass Other(torch.Tensor): ...\n",
    "another function": "import torch\nclass Value: ...\ndef f(): torch.tanh(Value(1.0))\n",
    "its own folder": "from . import torch\nclass Value:\n    t = torch\n",
    "one line of imports": "import math, torch\nclass Value:\n    f = math.exp\n",
    "a longer name": "import torchvision\nclass Value:\n    t = torchvision\n",
    "no import": "class Value:\n    t = torch\n",
}


@pytest.mark.parametrize("text", HONEST.values(), ids=list(HONEST))
def test_what_is_no_use_is_not_found(text: str) -> None:
    assert found(text) is None


def test_cells_are_one_module_and_the_last_of_a_name_counts() -> None:
    torch, plain = "import torch\n", "class Value: ...\n"
    wraps = "\nclass Value:\n    t = torch\n"

    assert found(torch, wraps) == torch_on(3, cell=2)
    assert found(torch, plain, wraps) == torch_on(3, cell=3)
    assert found(torch, wraps, plain) is None
    assert found(torch, "torch = None\n", wraps) is None


def test_each_name_that_is_graded_is_looked_at() -> None:
    text = "import torch\nclass Tensor: ...\nclass Mul:\n    f = torch.mul\n"

    assert found(text, names=("Tensor", "Mul")) == torch_on(4, name="Mul")
    assert found(text, names=("Tensor",)) is None


def test_a_cell_that_cannot_be_parsed_tells_nothing_and_hides_no_other() -> None:
    wraps = "import torch\nclass Value:\n    t = torch\n"

    assert found("files = !ls\n", wraps, "def broken(:\n") == torch_on(3, cell=2)


WRAPS = "import torch\nclass Value:\n    t = torch\n"


@pytest.mark.parametrize(
    "bomb",
    [
        "#" * LARGEST,
        "x = " + "-" * 50_000 + "1\n",
        "x = " + "a + " * 20_000 + "a\n",
        "x = " + "a if a else " * 5_000 + "a\n",
        "x = " + "(" * 150 + ")" * 150 + "\n",
        "x = 0x" + "f" * 50_000 + "\n",
        "x = '\0'\n",
    ],
    ids=["size", "signs", "sums", "conditions", "brackets", "digits", "null"],
)
def test_what_is_too_much_to_read_raises_nothing(bomb: str) -> None:
    assert found(bomb, WRAPS) in (None, torch_on(3, cell=2))
