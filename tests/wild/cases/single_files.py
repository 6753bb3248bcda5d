"""Cases of one script or notebook: how it was written, and what it does while it runs."""

import re
import sys

import pytest

from grader.errors import GraderError
from tests.handed_in import notebook
from tests.wild.bank import source_of
from tests.wild.cases.bench import Bench, assert_full, assert_says, case, said_of, walls_here

EXAMPLES = "[(1.0, 2.0), (3.0, 6.0)]"
STEPS = """
w, b = Value(0.0), Value(0.0)
for epoch in range(100):
    for x, y in {examples}:
        loss = (w * Value(x) + b - Value(y)) ** 2
        w.grad = b.grad = 0.0
        loss.backward()
        w.data -= 0.1 * w.grad
        b.data -= 0.1 * b.grad
print(w.data, b.data)
"""
NET = """
import random
random.seed(11)

class Perceptron:
    def __init__(self, *sizes):
        self.layers = [Layer(n, m) for n, m in zip(sizes, sizes[1:])]

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x[0]

    def parameters(self):
        return [p for layer in self.layers for n in layer.neurons for p in [*n.w, n.b]]

net = Perceptron(2, 5, 1)
points = [[random.uniform(-1, 1), random.uniform(-1, 1)] for _ in range({points})]
labels = [1.0 if p[0] > p[1] else -1.0 for p in points]
"""
MINUS_WRONG = """
class Value:
    def __init__(self, data, children=()):
        self.data = data
        self.grad = 0.0
        self.children = children

    def __add__(self, other):
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    def __neg__(self):
        return Value(-self.data, ((self, -1.0),))

    def __sub__(self, other):
        return Value(self.data + other.data, ((self, 1.0), (other, -1.0)))  # the wrong line

    def __pow__(self, n):
        return Value(self.data ** n, ((self, n * self.data ** (n - 1)),))

    def backward(self):
        order = []
        def visit(v):
            if v not in order:
                for c, _ in v.children:
                    visit(c)
                order.append(v)
        visit(self)
        self.grad = 1.0
        for v in reversed(order):
            for c, d in v.children:
                c.grad += d * v.grad
"""


@case(1, "any reading of the run that fits counts: one file, one verdict")
def examples_are_shuffled_by_a_seed(bench: Bench) -> None:
    for seed in (0, 4):
        shuffled = f"random.sample({EXAMPLES}, 2)"
        file = bench.write(
            f"seed{seed}.py",
            f"{{right/slots}}\nimport random\nrandom.seed({seed})\n"
            + STEPS.replace("{examples}", shuffled),
        )
        assert_full(bench.report("my475/ex12", file))


@case(1, "any reading of the run that fits counts: one file, one verdict")
def examples_are_shuffled_anew_each_time(bench: Bench) -> None:
    file = bench.write(
        "value.py",
        "{right/slots}\nfrom random import shuffle\nexamples = "
        + EXAMPLES
        + STEPS.replace("{examples}", "(shuffle(examples), examples)[1]"),
    )

    for _ in range(2):
        assert_full(bench.report("my475/ex12", file))


@case(2, "a walk that was cut proves nothing; a large training is judged")
def a_loss_over_many_points(bench: Bench) -> None:
    steps = """
for step in range(10):
    loss = sum((net(p) - t) ** 2 for p, t in zip(points, labels)) / len(points)
    for p in net.parameters():
        p.grad = 0.0
    loss.backward()
    for p in net.parameters():
        p.data -= 0.3 * p.grad
"""
    file = bench.write(
        "value.py",
        "{right/network_classes_beside}\n" + NET.replace("{points}", "60") + steps,
    )

    assert_full(bench.report("my475/ext2", file))


@case(3, "parameters are followed by their place in the graph or by variable")
def each_step_has_new_values(bench: Bench) -> None:
    steps = STEPS.replace("{examples}", EXAMPLES)
    steps = steps.replace("w.data -= 0.1 * w.grad", "w = Value(w.data - 0.1 * w.grad)")
    steps = steps.replace("b.data -= 0.1 * b.grad", "b = Value(b.data - 0.1 * b.grad)")
    steps = steps.replace("        w.grad = b.grad = 0.0\n", "")
    file = bench.write("value.py", "{right/slots}\n" + steps)

    assert_full(bench.report("my475/ex12", file))


@case(3, "parameters are followed by their place in the graph or by variable")
def lists_of_weights_are_made_anew(bench: Bench) -> None:
    steps = """
for step in range(12):
    loss = sum((net(p) - t) ** 2 for p, t in zip(points, labels))
    loss.backward()
    for layer in net.layers:
        for n in layer.neurons:
            n.w = [Value(w.data - 0.02 * w.grad) for w in n.w]
            n.b = Value(n.b.data - 0.02 * n.b.grad)
"""
    file = bench.write(
        "value.py", "{right/network_classes_beside}\n" + NET.replace("{points}", "8") + steps
    )

    assert_full(bench.report("my475/ext2", file))


@case(8, "it goes on after an import that fails; tqdm hands through, and colab does nothing")
def a_progress_bar_is_not_installed_here(bench: Bench) -> None:
    steps = STEPS.replace("range(100)", "tqdm(range(100), total=100)")
    file = bench.write(
        "value.py",
        "from tqdm.auto import tqdm\n{right/slots}\n" + steps.replace("{examples}", EXAMPLES),
    )

    assert_full(bench.report("my475/ex12", file))


@case(8, "the rest of a cell runs after an import that fails")
def colab_stands_before_what_is_needed(bench: Bench) -> None:
    file = bench.notebook(
        "value.ipynb",
        "from google.colab import drive\ndrive.mount('/content/drive')\nimport math",
        source_of("right/set_of_children").replace("import math\n", ""),
    )

    assert_full(bench.report("sri/functions", file))


@case(8, "who fails for a package alone is to be looked at by hand, with what installs it")
def a_package_that_the_engine_needs(bench: Bench) -> None:
    file = bench.write(
        "value.py",
        "from numba import njit\n\n\n@njit\ndef kept(x):\n    return x\n"
        + MINUS_WRONG.replace("self.data = data", "self.data = kept(data)"),
    )

    assert_says(said_of(bench.report("my475/ex9", file)), "pip install numba")


@case(10, "the line of the cell as it stands on the screen")
def a_cell_begins_with_blank_lines(bench: Bench) -> None:
    cell = "\n\n\n" + MINUS_WRONG
    file = bench.notebook("value.ipynb", "import math", cell)

    report = bench.report("my475/ex9", file, examples=True)

    frames = [one.first_wrong_node.where for one in report.checks if one.first_wrong_node]
    shown = {(frame.start, frame.lines[0]) for frame in frames if frame}
    line = _line(cell, "def __sub__")
    assert shown == {(cell.split("\n").index(line) + 1, line)}, shown


@case(11, "the number that is on the screen, in old and new IPython")
def a_cell_is_named_by_its_prompt(bench: Bench) -> None:
    nbclient = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat")
    cells = ["%load_ext grader", MINUS_WRONG, "%grade ex9"]
    read = nbformat.reads(notebook(*cells).decode(), as_version=4)

    nbclient.NotebookClient(read, timeout=120, kernel_name="python3").execute()

    shown = "".join(
        str(output.get("text") or output["data"].get("text/plain"))
        for output in read.cells[2].outputs
    )
    assert f"In [{read.cells[1].execution_count}]" in shown, re.findall(r"In \[\d+\]", shown)


@case(13, "such lines do what they do in a notebook")
def a_script_was_a_notebook(bench: Bench) -> None:
    file = bench.write(
        "value.py",
        "#!/usr/bin/env python\n# coding: utf-8\n\n# In[1]:\n\n"
        "get_ipython().run_line_magic('load_ext', 'autoreload')\n"
        "get_ipython().run_line_magic('matplotlib', 'inline')\n\n# In[4]:\n\n{right/slots}\n\n"
        "# In[5]:\n\nget_ipython().system('ls')\nget_ipython().getoutput('pwd')\n",
    )

    assert_full(bench.report("my475/ex9", file))


@case(14, "what stood is graded, and where it died is said")
def the_process_dies_after_the_class(bench: Bench) -> None:
    ends = {
        "exits": "import os\nos._exit(3)",
        "aborts": "import os\nos.abort()",
        "faults": "import ctypes\nctypes.string_at(1)",
    }
    for name, end in ends.items():
        file = bench.write(f"{name}.py", "{right/slots}\n\n" + end + "\nprint('never')\n")
        report = bench.report("my475/ex9", file)
        assert_full(report)
        line = file.read_text().splitlines().index(end.splitlines()[1]) + 1
        assert_says(said_of(report), f"line {line}")


@case(15, "the type is noticed, said once, and compared at its own precision")
def numbers_are_held_in_single_precision(bench: Bench) -> None:
    file = bench.write("value.py", "{right/single_precision}")

    report = bench.report("sri/gradients", file)

    assert_full(report)
    assert said_of(report).count("float32") == 1, said_of(report)


@case(16, "a few threads are allowed in every tier")
def a_training_in_threads(bench: Bench) -> None:
    indented = "\n".join(
        "    " + line for line in STEPS.replace("{examples}", EXAMPLES).splitlines() if line
    )
    file = bench.write(
        "value.py",
        "{right/slots}\nimport threading\n\ndef train():\n"
        + indented
        + "\n\nthreading.stack_size(128 << 20)\nthreads = [threading.Thread(target=len, "
        "args=('',)) for _ in range(8)]\n[t.start() for t in threads]\n"
        "[t.join() for t in threads]\nthread = threading.Thread(target=train)\n"
        "thread.start()\nthread.join()\n",
    )

    assert_full(bench.report("my475/ex12", file))
    assert_full(bench.report("my475/ex12", file, walls=walls_here()))


@case(19, "an upper-case ending is an ending")
def the_ending_is_upper_case(bench: Bench) -> None:
    assert_full(bench.report("my475/ex9", bench.write("VALUE.PY", "{right/slots}")))


@case(20, "the example shown uses nothing that the task excludes")
def a_pass_starts_anew(bench: Bench) -> None:
    file = bench.write("value.py", "{wrong/each_pass_starts_anew}")

    report = bench.report("dl4ds/v3", file, examples=True)

    (failed,) = [one for one in report.checks if one.counterexample]
    assert failed.counterexample
    passes = re.findall(r"^(\w+)\.backward\(\)$", failed.counterexample.source, re.MULTILINE)
    assert len(passes) == len(set(passes)), failed.counterexample.source


@case(21, "the class that was there counts, or the line is said since which it is none")
def an_instance_takes_the_name_of_the_class(bench: Bench) -> None:
    source = "{right/slots}\n\nValue = Value(2.5)\n"
    file = bench.write("value.py", source)

    report = bench.report("my475/ex9", file)

    line = file.read_text().splitlines().index("Value = Value(2.5)") + 1
    if report.score < report.max_score:
        assert_says(said_of(report), f"line {line}")


@case(21, "the class that was there counts, or the line is said since which it is none")
def the_class_is_deleted(bench: Bench) -> None:
    file = bench.write("value.py", "{right/slots}\n\nprint(Value(1.0))\ndel Value\n")

    report = bench.report("my475/ex9", file)

    line = file.read_text().splitlines().index("del Value") + 1
    if report.score < report.max_score:
        assert_says(said_of(report), f"line {line}")


@case(22, "that another Python grades here is said beside the error")
def the_syntax_is_newer_than_this_python(bench: Bench) -> None:
    if sys.version_info >= (3, 14):
        pytest.skip("there is no newer syntax to try")
    newer = 'title = t"{1}"\n' if sys.version_info >= (3, 12) else "type Number = int | float\n"
    file = bench.write("value.py", "{right/slots}\n\n" + newer)

    here = f"Python {sys.version_info.major}.{sys.version_info.minor}"
    assert_says(_said_or_problem(bench, file), here)


@case(26, "as many are counted as there are")
def many_cells_fail(bench: Bench) -> None:
    cells = [f"missing_{number}" for number in range(120)]
    file = bench.notebook("value.ipynb", "{right/slots}", *cells)

    said = said_of(bench.report("my475/ex9", file))

    shown = len(re.findall(r"^cell \d+ raises", said, re.MULTILINE))
    more = re.search(r"(\d+) more cells raise", said)
    assert more is not None
    assert shown + int(more[1]) == len(cells), f"{shown} + {more[1]} of {len(cells)}"


@case(27, "a number in colour is a number")
def slopes_are_printed_in_colour(bench: Bench) -> None:
    file = bench.write(
        "slopes.py",
        "def f(x):\n    return 3*x**2 - 4*x + 5\n\nh = 1e-6\n"
        "for x in (3.0, -3.0, 2/3):\n"
        "    print('\\033[1m\\033[34m%.4f\\033[0m' % ((f(x + h) - f(x)) / h))\n"
        "a, b, c = 2.0, -3.0, 10.0\n"
        "print(f'\\x1b[38;5;208m{((a*b + c + h) - (a*b + c)) / h:.3f}\\x1b[m')\n",
    )

    assert_full(bench.report("scalar/slope", file))


@case(31, "what is printed is shown, and not of which type it is")
def numbers_are_fractions(bench: Bench) -> None:
    file = bench.write(
        "value.py",
        "from fractions import Fraction\n"
        + MINUS_WRONG.replace("self.data = data", "self.data = Fraction(data)"),
    )

    said = said_of(bench.report("my475/ex9", file))

    alone = re.search(r"a Fraction(?! \()", said)  # without what it prints
    assert alone is None, _line(said, "a Fraction")


@case(32, "it says what the file is")
def a_page_is_saved_as_a_notebook(bench: Bench) -> None:
    file = bench.write("hw.ipynb", "<!doctype html>\n<html><body><h1>Homework</h1></body></html>\n")

    assert_says(_said_or_problem(bench, file), "HTML", "web page")


@case(32, "it says what the file is")
def a_merge_left_its_marks(bench: Bench) -> None:
    text = notebook("x = 1").decode().replace('"cells"', '\n<<<<<<< HEAD\n=======\n"cells"')
    file = bench.write("hw.ipynb", text + "\n>>>>>>> origin/main\n")

    assert_says(_said_or_problem(bench, file), "merge", "<<<<<<<")


@case(32, "it says what the file is")
def a_notebook_for_another_language(bench: Bench) -> None:
    metadata = {"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}}
    path = bench.place / "hw.ipynb"
    path.write_bytes(notebook("x <- c(1, 2)\nprint(x)", metadata=metadata))

    said = _said_or_problem(bench, path)

    assert re.search(r"\bR\b", said), said[:160]


def _said_or_problem(bench: Bench, file: object) -> str:
    from pathlib import Path

    try:
        return said_of(bench.report("my475/ex9", Path(str(file))))
    except GraderError as error:
        return f"{error.message}\n{error.hint}"


def _line(text: str, piece: str) -> str:
    return next(line for line in text.split("\n") if piece in line)
