"""`%grade` on what a real kernel holds."""

import os
from pathlib import Path
from threading import Thread
from time import sleep

import pytest

from tests.handed_in import notebook
from tests.integrations.ipython_magic.kernels import Kernel
from tests.places import ROOT, SAMPLES

RIGHT = (SAMPLES / "right.py").read_text(encoding="utf-8")
MINUS = (SAMPLES / "minus.py").read_text(encoding="utf-8")
TRAINED = (ROOT / "exercises/my475/11_ex11/solution.py").read_text(encoding="utf-8")
SMALL = """\
class Value:  # in which a cause is not sought for long
    def __init__(self, data):
        self.data = data
    def __pow__(self, n):
        {body}
"""
ORDER = """\
  note  cells that ran out of order, or are changed by now, are not seen here:
        %grade ex9 --fresh runs the saved notebook from top to bottom
"""


def test_a_right_engine_passes_and_the_next_exercise_is_named_as_it_is_typed_here(
    kernel: Kernel,
) -> None:
    kernel.run(RIGHT)

    said = kernel.run("%grade ex9")

    assert "what the kernel holds · 5 of 5 points" in said.text
    assert said.text.endswith(f"{ORDER}\nNext: %grade ex10\n")
    assert (said.out, said.err, said.raised) == ("", "", "")


def test_a_wrong_engine_is_shown_with_the_lines_of_the_cell_as_the_notebook_counts_it(
    kernel: Kernel,
) -> None:
    kernel.run(MINUS)
    number = kernel.run("print(len(In) - 2)").out.strip()  # the prompt of the cell before

    said = kernel.run("%grade ex9")

    assert "what the kernel holds · 3 of 5 points" in said.text
    assert "print(b.grad)        # expected -1.0, yours prints 1.0" in said.text
    assert f"    In [{number}]:48  in _backward\n" in said.text
    assert "    > 48 |             other.grad += out.grad" in said.text
    assert ORDER in said.text


def test_the_cell_shows_a_fragment_of_a_page_that_keeps_to_itself(kernel: Kernel) -> None:
    kernel.run(MINUS)

    html = kernel.run("%grade ex9").html

    assert '<div class="grade">' in html
    assert "3 of 5 points" in html
    assert "%grade ex9 --fresh runs the saved notebook" in html
    for foreign in ("<script", "<html", "<body", "body {", ":root"):
        assert foreign not in html


def test_hints_a_class_and_a_seed_are_taken(kernel: Kernel) -> None:
    kernel.run(MINUS)
    kernel.run("class Other: pass")

    hinted = kernel.run("%grade ex9 --hints --seed 7")
    other = kernel.run("%grade ex9 --class Other")
    unknown = kernel.run("%grade ex9 --class Valeu")

    assert "Both operands of a difference are sent the same sign." in hinted.text
    assert "0 of 5 points" in other.text
    assert unknown.err == (
        "Error: the submission defines no class named 'Valeu'\nHint: it defines Value, Other\n"
    )


def test_grading_leaves_the_live_objects_as_they_are(kernel: Kernel) -> None:
    kernel.run(RIGHT.replace("self.data = data", "self.data = data; Value.made += 1", 1))
    kernel.run("Value.made = 0\na = Value(2.0)\nb = a * a\nb.backward()")
    state = "print(a.grad, Value.made, sorted(vars(Value)))"
    before = kernel.run(state)

    kernel.run("%grade ex9")

    assert before.out.startswith("4.0 2 ")
    assert kernel.run(state) == before


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("while True: pass", "did not come to an end: stopped after 2 s of CPU"),
        ("__import__('os')._exit(3)", "its process ended by itself, with exit status 3"),
        ("print('x' * 10_000_000)", "printed without end: stopped after 1024 kB"),
        ("__import__('os').kill(__import__('os').getpid(), 9)", "was ended by SIGKILL"),
        ("raise KeyboardInterrupt", "raises KeyboardInterrupt"),
        ("return self ** n", "raises RecursionError"),
    ],
    ids=["loops", "exits", "floods", "kills itself", "interrupts", "recurses"],
)
def test_the_kernel_survives_what_the_class_does(kernel: Kernel, body: str, says: str) -> None:
    kernel.run(SMALL.format(body=body))

    said = kernel.run("%grade ex9")

    assert says in " ".join(said.text.split())
    assert kernel.run("print(Value(3.0).data)").out == "3.0\n"


def test_the_button_that_interrupts_stops_the_grading_and_leaves_no_copy(
    kernel: Kernel, folder: Path
) -> None:
    kernel.run(RIGHT)
    kernel.run(
        "import os\ndef add(self, other):\n    open('number', 'w').write(str(os.getpid()))\n"
        "    os.rename('number', 'began')\n    while True: pass\nValue.__add__ = add"
    )

    def interrupt() -> None:
        while not (folder / "began").exists():
            sleep(0.01)
        kernel.interrupt()

    thread = Thread(target=interrupt)
    thread.start()
    said = kernel.run("%grade ex9")
    thread.join()

    assert (said.out, said.err, said.shown, said.raised) == ("stopped\n", "", [], "")
    with pytest.raises(ProcessLookupError):
        os.kill(int((folder / "began").read_text(encoding="utf-8")), 0)


def test_a_kernel_that_cannot_be_copied_grades_the_saved_notebook_and_says_so(
    kernel: Kernel, folder: Path
) -> None:
    (folder / "value.ipynb").write_bytes(notebook(MINUS))
    kernel.run(RIGHT)
    kernel.run("import os\nfork = os.fork\ndel os.fork")

    said = kernel.run("%grade ex9")
    kernel.run("os.fork = fork")

    assert "value.ipynb · 3 of 5 points" in said.text
    assert "this kernel cannot be copied" in said.text


def test_a_cell_that_ran_out_of_order_is_right_here_and_wrong_from_top_to_bottom(
    kernel: Kernel, folder: Path
) -> None:
    kernel.run(RIGHT)
    kernel.run("Value.__sub__ = Value.__sub__")
    (folder / "value.ipynb").write_bytes(notebook("Value.__sub__ = Value.__sub__", RIGHT))

    live = kernel.run("%grade ex9")
    fresh = kernel.run("%grade ex9 --fresh")

    assert "5 of 5 points" in live.text
    assert "raises NameError" in " ".join(fresh.text.split())


def test_a_class_from_a_file_beside_the_notebook_is_graded(kernel: Kernel, folder: Path) -> None:
    (folder / "engine_of_mine.py").write_text(MINUS, encoding="utf-8")
    kernel.run("from engine_of_mine import Value")

    said = kernel.run("%grade ex9")

    assert "3 of 5 points" in said.text


def test_a_module_of_the_student_s_is_not_taken_for_ours_nor_ours_for_theirs(
    kernel: Kernel, folder: Path
) -> None:
    (folder / "reference.py").write_text("mine = 1\n", encoding="utf-8")
    kernel.run(RIGHT)

    said = kernel.run("%grade ex9")
    after = kernel.run("import reference, sys\nprint(reference.mine)")
    again = kernel.run("%grade ex10")

    assert "5 of 5 points" in said.text
    assert after.out == "1\n"
    assert again.err == ""


def test_what_cells_did_when_they_ran_is_left_to_a_run_from_top_to_bottom(
    kernel: Kernel,
) -> None:
    kernel.run(TRAINED)
    before = kernel.run("%grade ex11")
    kernel.run("%reload_ext grader")
    kernel.run(TRAINED)

    after = kernel.run("%grade ex11")

    assert "0 of 4 points" in after.text
    assert "– A hundred steps down the gradient, at a rate of 0.1            not asked yet" in (
        after.text
    )
    assert (
        "  note  2 checks look at what your cells did when they ran, and what ran before\n"
        "        is not kept: save the notebook, then %grade ex11 --fresh\n"
    ) in after.text
    assert before.text == after.text


def test_a_track_is_graded_and_says_where_to_look(kernel: Kernel) -> None:
    kernel.run(MINUS)

    said = kernel.run("%grade my475")

    assert "my475  14 exercises" in said.text
    assert "  ✗ ex9   Subtraction and powers                                          3 of 5" in (
        said.text
    )
    assert "  – ex11  Gradient descent on one example" in said.text
    assert "10 checks look at what your cells did when they ran" in said.text
    assert said.text.endswith("\nWhat is wrong, and why: %grade ex9\n")
    assert "<summary>" in said.html
    assert "grow or shrink when this operand grows" not in said.html  # it asks for no cause


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("exx9", "Error: no exercise named 'exx9'\nHint: did you mean ex9? See `grade list`\n"),
        (
            "",
            "Error: the following arguments are required: exercise\n"
            "Hint: write %grade ex9; %grade? tells the rest\n",
        ),
        ("'ex9", "Error: no closing quotation\nHint: write %grade ex9; %grade? tells the rest\n"),
        (
            "ex9 --frsh",
            "Error: unrecognized arguments: --frsh\n"
            "Hint: write %grade ex9; %grade? tells the rest\n",
        ),
    ],
    ids=["unknown", "nothing", "quotation", "option"],
)
def test_a_mistake_is_a_line_and_a_hint_and_no_traceback(
    kernel: Kernel, line: str, says: str
) -> None:
    assert kernel.run(f"%grade {line}") == ("", says, [], "")


def test_before_any_class_is_defined_that_is_what_is_wrong(kernel: Kernel) -> None:
    said = kernel.run("%grade ex9")

    assert "no class named Value (or Scalar, or Tensor): no class is defined at all" in said.text


def test_exercises_tracks_and_options_are_completed(kernel: Kernel) -> None:
    assert {"ex1", "ex10", "ex11", "ex12", "ext1"} <= {*kernel.completions("%grade ex")}
    assert "my475" in kernel.completions("%grade my")
    assert "--fresh" in kernel.completions("%grade ex9 --fr")
