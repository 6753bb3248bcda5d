"""`%grade --fresh`: the saved notebook, from top to bottom in a process of its own."""

import os
from pathlib import Path

import pytest

from grader.integrations.ipython_magic.saved_notebook import NoNotebook, saved_notebook
from tests.handed_in import notebook, written
from tests.integrations.ipython_magic.kernels import Kernel
from tests.integrations.ipython_magic.test_live_kernel import MINUS, RIGHT, TRAINED


def test_the_only_notebook_in_the_folder_is_graded_as_it_was_saved(
    kernel: Kernel, folder: Path
) -> None:
    written(folder, "value.ipynb", notebook("%load_ext grader", MINUS, "%grade ex9 --fresh"))
    os.utime(folder / "value.ipynb", (1e9, 1e9))
    kernel.run(RIGHT)

    said = kernel.run("%grade ex9 --fresh")

    assert "value.ipynb · 3 of 5 points" in said.text
    assert "    cell 2:48  in _backward\n" in said.text
    assert "  note  value.ipynb was graded as it was saved at " in said.text
    assert (said.err, said.raised) == ("", "")


def test_a_training_is_judged_afresh(kernel: Kernel, folder: Path) -> None:
    written(folder, "value.ipynb", notebook(TRAINED))

    said = kernel.run("%grade ex11 --fresh")

    assert "value.ipynb · 4 of 4 points" in said.text


def test_a_file_may_be_named(kernel: Kernel, folder: Path) -> None:
    written(folder, "a.ipynb", notebook(RIGHT))
    written(folder, "b.py", MINUS.encode())

    assert "a.ipynb · 5 of 5 points" in kernel.run("%grade ex9 a.ipynb").text
    assert "b.py · 3 of 5 points" in kernel.run("%grade ex9 --fresh b.py").text
    assert kernel.run("%grade ex9 c.ipynb").err == (
        "Error: no file 'c.ipynb'\nHint: did you mean a.ipynb?\n"
    )


def test_where_no_notebook_is_found_its_name_is_asked_for(kernel: Kernel) -> None:
    assert kernel.run("%grade ex9 --fresh").err == (
        "Error: cannot tell where this notebook is saved\n"
        "Hint: name the file: %grade ex9 --fresh value.ipynb\n"
    )


def test_the_front_end_tells_which_notebook_is_running(tmp_path: Path) -> None:
    ours, other = (str(written(tmp_path, name)) for name in ("ours.ipynb", "other.ipynb"))
    os.utime(other, (4e9, 4e9))

    code = saved_notebook("ex9", {"__vsc_ipynb_file__": ours}, {}, tmp_path)
    server = saved_notebook("ex9", {}, {"JPY_SESSION_NAME": ours}, tmp_path)
    lab = saved_notebook("ex9", {}, {"JPY_SESSION_NAME": "week/ours.ipynb-0f3c"}, tmp_path)
    moved = saved_notebook("ex9", {}, {"JPY_SESSION_NAME": "/gone/away.ipynb"}, tmp_path)

    assert (code, server, lab) == (ours, ours, ours)
    assert moved == other


def test_nothing_saved_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NoNotebook, match="cannot tell where this notebook is saved"):
        saved_notebook("ex9", {}, {}, tmp_path)
