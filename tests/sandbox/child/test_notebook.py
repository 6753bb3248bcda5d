"""Notebooks without a kernel: cells in order, magics, cells that fail, drawings."""

import json
from pathlib import Path

import pytest

from grader.grading.one_submission import grade_exercise
from grader.grading.request import GradeRequest
from grader.reports.report import Report
from tests.grading_fixtures import GradeCells
from tests.places import SAMPLES
from tests.sandbox.engines import RIGHT, SHORT_CELLS, inside, messages

BEGUN = "class Value:\n    def __init__(self, data):\n        self.data = data"
RIGHT_NOTES = (
    "cell 5 raises TypeError: unsupported operand type(s) for -: 'Value' and 'Value'"
    " (line 1: `a - b`); the other cells were graded",
    "cell 6 raises SyntaxError: expected ':' (line 1: `def loss(y_pred, y)`);"
    " the other cells were graded",
)
HARMLESS = {
    "%%time": [f"%%time\n{RIGHT}"],
    "%%capture": [f"%%capture\n{RIGHT}"],
    "%%capture with a name": [f"%%capture out\n{RIGHT}"],
    "%%timeit": [f"%%timeit -n 1 -r 1\n{RIGHT}"],
    "%%prun": [f"%%prun\n{RIGHT}"],
    "an unknown %%magic": [f"%%nosuchmagic --fast\n{RIGHT}"],
    "an unknown %magic": [f"%nosuchmagic\n{RIGHT}\n%alsonone x"],
    "magics of every day": [
        "%load_ext autoreload\n%autoreload 2\n%matplotlib inline\n%config InlineBackend.x = 1",
        RIGHT,
        "%timeit -n 1 -r 1 Value(2)\n%time Value(3)\n%who\n%pwd\n%env",
    ],
    "%reset": [BEGUN, "%reset -f", RIGHT],
    "%%writefile": [f"%%writefile engine.py\n{RIGHT}", "from engine import Value"],
    "%%writefile, twice": [
        f"%%writefile engine.py\n{BEGUN}",
        "import engine",
        f"%%file engine.py\n{RIGHT}",
        "from engine import Value",
    ],
    "%%writefile -a": [
        f"%%writefile engine.py\n{RIGHT.partition('    def backward')[0]}",
        f"%%writefile -a engine.py\n    def backward{RIGHT.partition('    def backward')[2]}",
        "from engine import *",
    ],
    "shell lines": ["!pip install nothing-of-this-name", "!ls\nfiles = !ls\nlen(files)", RIGHT],
    "shell cells": ["%%bash\nexit 1", "%%sh\nexit 1", "%%html\n<b>b</b>", "%%python\n1/0", RIGHT],
    "help": ["Value?", RIGHT, "?Value", "Value??", "help(Value)"],
    "automagic": ["ls", "cd ..", RIGHT],
    "exit()": [RIGHT, "exit()", "1 + 1"],
    "quit() first": ["quit()", RIGHT],
    "top-level await": ["import asyncio\nawait asyncio.sleep(0.01)", RIGHT],
    "top-level await beside the class": [f"import asyncio\n{RIGHT}\n\nawait asyncio.sleep(0.01)"],
    "plots": [
        "import matplotlib.pyplot as plt",
        RIGHT,
        "fig, ax = plt.subplots()\nax.plot([1, 2], [3, 4])\nplt.show()\nfig",
    ],
    "graphviz": [
        "from graphviz import Digraph",
        RIGHT,
        "dot = Digraph(format='svg', graph_attr={'rankdir': 'LR'})\n"
        "dot.node(name='a', label='{ a | b }', shape='record')\ndot.edge('a', 'b')\ndot",
    ],
    "displays": [
        RIGHT,
        "display(Value(3))\nfrom IPython.display import SVG, Image, HTML",
        "Value(3)",
    ],
    "a class in two cells": [BEGUN, RIGHT],
    "a class made fourteen times": [BEGUN] * 13 + [RIGHT],
    "a method added later": [
        RIGHT.partition("    def backward")[0],
        "def backward"
        + RIGHT.partition("    def backward")[2].replace("\n    ", "\n")
        + "\nValue.backward = backward",
    ],
    "get_ipython taken away": ["get_ipython = None", RIGHT],
    "an underscore": [RIGHT, "Value(2)", "_ + _", "_.backward()"],
}


@pytest.mark.parametrize("cells", HARMLESS.values(), ids=list(HARMLESS))
def test_what_notebooks_do_every_day_costs_nothing(
    grade_cells: GradeCells, cells: list[str]
) -> None:
    report = grade_cells(cells)

    assert report.passed, messages(report)
    assert [note for note in report.notes if "cell" in note] == []


def test_a_notebook_as_students_hand_it_in() -> None:
    report = grade_exercise(GradeRequest("ex9", str(SAMPLES / "value.ipynb")), None).report

    assert report.passed
    assert report.notes[:2] == RIGHT_NOTES


def test_a_cell_that_raises_costs_no_other_cell(grade_cells: GradeCells) -> None:
    report = grade_cells(["x = undefined", RIGHT, "1 / 0"])

    assert report.passed
    assert report.notes[:2] == (
        "cell 1 raises NameError: name 'undefined' is not defined (line 1: `x = undefined`);"
        " the other cells were graded",
        "cell 3 raises ZeroDivisionError: division by zero (line 1: `1 / 0`);"
        " the other cells were graded",
    )


def test_many_cells_that_raise_are_counted(grade_cells: GradeCells) -> None:
    report = grade_cells([RIGHT, *["1 / 0"] * 5])

    assert report.passed
    assert report.notes[3] == "2 more cells raise an exception"


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("import sys; sys.exit(1)", "ends itself with exit()"),
        ("raise KeyboardInterrupt", "raises KeyboardInterrupt"),
        ("x = input()", "raises EOFError: input() has nobody to ask while grading"),
        ("raise BaseException('all of it')", "raises BaseException: all of it"),
    ],
)
def test_a_cell_that_ends_everything_ends_itself(
    grade_cells: GradeCells, code: str, says: str
) -> None:
    report = grade_cells([RIGHT, code, "1 + 1"])

    assert report.passed
    assert report.notes[0] == (f"cell 2 {says} (line 1: `{code}`); the other cells were graded")


def test_a_cell_that_hangs_leaves_the_cells_before_it(grade_cells: GradeCells) -> None:
    report = grade_cells([RIGHT, "while True: pass"], limits=SHORT_CELLS)

    assert report.passed
    assert report.notes[0] == (
        "value.ipynb did not come to an end: stopped after 0.2 s of CPU"
        " (cell 2, line 1: `while True: pass`);"
        " what it had defined by then was graded"
    )


def test_a_cell_that_hangs_leaves_the_short_cells_after_it(grade_cells: GradeCells) -> None:
    report = grade_cells(["while True: pass", RIGHT], limits=SHORT_CELLS)

    assert report.passed


def test_cells_run_by_a_cell_are_not_counted(grade_cells: GradeCells) -> None:
    cells = [
        "for code in ('x = 1', 'y = undefined', 'z = 3'):\n    get_ipython().run_cell(code)",
        RIGHT,
        "1 / 0",
        "while True: pass",
    ]

    report = grade_cells(cells, limits=SHORT_CELLS)

    assert report.passed
    assert report.notes[:2] == (
        "value.ipynb did not come to an end: stopped after 0.2 s of CPU"
        " (cell 4, line 1: `while True: pass`);"
        " what it had defined by then was graded",
        "cell 3 raises ZeroDivisionError: division by zero (line 1: `1 / 0`);"
        " the other cells were graded",
    )


def test_an_exception_that_calls_itself_false_is_told(grade_cells: GradeCells) -> None:
    code = "class No(Exception):\n    def __bool__(self): return False\nraise No('no')"

    report = grade_cells([RIGHT, code])

    assert report.notes[0] == (
        "cell 2 raises No: no (line 3: `raise No('no')`); the other cells were graded"
    )


def test_many_cells_that_hang_are_told_once_and_leave_the_rest(grade_cells: GradeCells) -> None:
    report = grade_cells([RIGHT, *["while True: pass"] * 30, "1 / 0"], limits=SHORT_CELLS)

    assert report.passed
    assert report.notes[:2] == (
        "value.ipynb did not come to an end: stopped after 0.2 s of CPU"
        " (cell 2, line 1: `while True: pass`);"
        " what it had defined by then was graded",
        "cell 32 raises ZeroDivisionError: division by zero (line 1: `1 / 0`);"
        " the other cells were graded",
    )


@pytest.mark.parametrize("times", ["while True", "for _ in range(1)"])
def test_a_cell_that_catches_the_interruption_leaves_the_others(
    grade_cells: GradeCells, times: str
) -> None:
    code = f"{times}:\n    try:\n        while True: len('x')\n    except: pass\nValue = None"

    report = grade_cells([RIGHT, code, "Value(1.0) + 1"], limits=SHORT_CELLS)

    assert report.passed
    assert report.notes[0].startswith(
        "value.ipynb did not come to an end: stopped after 0.2 s of CPU (cell 2, line "
    )
    assert report.notes[0].endswith("; what it had defined by then was graded")


def test_a_cell_that_cannot_be_interrupted_ends_the_notebook(grade_cells: GradeCells) -> None:
    ignored = "for one in (signal.SIGPROF, signal.SIGALRM): signal.signal(one, signal.SIG_IGN)"
    code = f"import signal\n{ignored}\nwhile True: pass"

    report = grade_cells([RIGHT, code], limits=SHORT_CELLS)

    assert report.passed
    assert report.notes[0] == (
        "value.ipynb did not come to an end: stopped after 0.2 s of CPU"
        " (cell 2, line 3: `while True: pass`); what it had defined by then was graded"
    )


def test_a_cell_that_ends_the_process_ends_the_notebook(grade_cells: GradeCells) -> None:
    report = grade_cells([RIGHT, "import os; os._exit(3)"])

    assert report.passed
    assert report.notes[0] == (
        "running value.ipynb ended before its end: its process ended by itself, with exit status 3"
        " (cell 2, line 1: `import os; os._exit(3)`); what stood above it was graded"
    )


def test_a_cell_that_prints_without_end_is_stopped(grade_cells: GradeCells) -> None:
    report = grade_cells([RIGHT, "while True: print('x' * 10000)"])

    assert report.passed
    assert report.notes[0] == (
        "value.ipynb printed without end: stopped after 1024 kB"
        " (cell 2, line 1: `while True: print('x' * 10000)`);"
        " what it had defined by then was graded"
    )


def test_no_class_and_a_cell_that_raises_is_told_with_the_cell(grade_cells: GradeCells) -> None:
    report = grade_cells(["1 + 1", "1 / 0"])

    assert messages(report) == [
        "cell 2 raises ZeroDivisionError: division by zero (line 1: `1 / 0`)"
    ]


def test_a_fault_in_a_program_names_the_cell_and_its_line(grade_cells: GradeCells) -> None:
    report = grade_cells(["1 + 1", f"%%time\n{inside('__pow__', '1 / 0')}"])

    example = next(check.counterexample for check in report.checks if check.counterexample)
    assert example.where is not None
    assert example.where.file == "cell 2"
    assert example.where.text == "1 / 0"


def test_a_fault_in_a_written_module_names_its_cell(grade_cells: GradeCells) -> None:
    cells = [f"%%writefile engine.py\n{inside('__pow__', '1 / 0')}", "from engine import Value"]

    report = grade_cells(cells)

    example = next(check.counterexample for check in report.checks if check.counterexample)
    assert example.where is not None
    assert (example.where.file, example.where.text) == ("cell 1", "1 / 0")


def test_a_written_module_is_written_nowhere(grade_cells: GradeCells, tmp_path: Path) -> None:
    grade_cells([f"%%writefile engine.py\n{RIGHT}", "from engine import Value"])

    assert [path.name for path in tmp_path.iterdir()] == ["value.ipynb"]


def test_nothing_of_the_grader_s_can_be_imported_from_a_cell(grade_cells: GradeCells) -> None:
    report = grade_cells([RIGHT, "import reference", "from grader.sandbox import child"])

    assert report.notes[:2] == (
        "cell 2 raises ModuleNotFoundError: No module named 'reference'"
        " (line 1: `import reference`); the other cells were graded",
        "cell 3 raises ModuleNotFoundError: No module named 'grader'"
        " (line 1: `from grader.sandbox import child`); the other cells were graded",
    )


def test_execution_counts_out_of_order_change_nothing(tmp_path: Path) -> None:
    notebook = json.loads((SAMPLES / "value.ipynb").read_text(encoding="utf-8"))
    for count, cell in enumerate(reversed(notebook["cells"])):
        if cell["cell_type"] == "code":
            cell["execution_count"] = count * 7
            cell["outputs"] = [{"name": "stdout", "output_type": "stream", "text": ["saved"]}]
    path = tmp_path / "value.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")

    report: Report = grade_exercise(GradeRequest("ex9", str(path)), None).report

    assert report.passed
    assert report.notes[:2] == RIGHT_NOTES
