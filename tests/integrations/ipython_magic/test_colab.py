"""`%grade` where Colab would run it, with IPython 7.34 and ipykernel 6.17, in a venv of its own."""

import os
import site
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path
from sysconfig import get_path

import pytest

from tests.handed_in import notebook, written
from tests.integrations.ipython_magic.kernels import Kernel
from tests.integrations.ipython_magic.test_live_kernel import MINUS, RIGHT
from tests.places import ROOT

PINNED = str(ROOT / "tests" / "colab.txt")
UNMET = """
from importlib.metadata import distribution
from packaging.requirements import Requirement

names = ["autograd-grader"]
for name in names:
    for line in distribution(name).requires or ():
        needed = Requirement(line)
        if needed.marker and not needed.marker.evaluate({"extra": ""}):
            continue
        version = distribution(needed.name).version
        if not needed.specifier.contains(version, prereleases=True):
            print(f"{name} needs {needed}, and {version} is there")
        if needed.name not in names:
            names.append(needed.name)
"""

pytestmark = pytest.mark.xdist_group("colab")  # its environment is made once


@pytest.fixture(scope="session")
def python(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The interpreter of an environment like Colab's, with the grader in it.

    What Colab has as well as we is taken from the environment that tests run in.
    """
    folder = tmp_path_factory.mktemp("colab") / "venv"
    venv.create(folder)
    interpreter = str(folder / ("Scripts" if os.name == "nt" else "bin") / "python")
    pip = [sys.executable, "-m", "pip", "--python", interpreter, "install", "-q", "--no-deps"]
    words = [*pip, "--no-compile", "-r", PINNED]  # Python compiles what is imported
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        said = next((line for line in done.stderr.splitlines() if "ERROR" in line), done.stderr)
        pytest.skip(f"IPython 7.34 cannot be installed here: {said}")
    packages = get_path("purelib", "venv", {"base": str(folder)})
    ours = "\n".join([str(ROOT), *site.getsitepackages()])
    Path(packages, "ours.pth").write_text(ours, encoding="utf-8")
    return interpreter


@pytest.fixture(scope="module")  # no longer: others look at what processes there are
def colab(python: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kernel]:
    """A kernel there."""
    kernel = Kernel(tmp_path_factory.mktemp("content"), tmp_path_factory.mktemp("k"), python)
    assert kernel.run("%load_ext grader") == ("", "", [], "")
    yield kernel
    kernel.end()


def test_it_is_what_colab_has(colab: Kernel) -> None:
    said = colab.run("import IPython, ipykernel\nprint(IPython.__version__, ipykernel.__version__)")

    assert said.out == "7.34.0 6.17.1\n"


def test_what_colab_has_is_new_enough_for_the_grader(python: str) -> None:
    done = subprocess.run([python, "-c", UNMET], capture_output=True, text=True, check=False)

    assert (done.stdout, done.stderr) == ("", "")


def test_a_live_engine_is_graded_with_its_lines_and_left_as_it_is(colab: Kernel) -> None:
    colab.run(MINUS)
    colab.run("a = Value(2.0)\nb = a * a\nb.backward()")

    said = colab.run("%grade ex9")

    assert "what the kernel holds · 3 of 5 points" in said.text
    assert "    > 48 |             other.grad += out.grad" in said.text
    assert '<div class="grade">' in said.html
    assert colab.run("print(a.grad)").out == "4.0\n"


def test_the_kernel_survives_a_class_that_ends_its_process(colab: Kernel) -> None:
    colab.run(RIGHT)
    colab.run("Value.__add__ = lambda self, other: __import__('os')._exit(3)")

    said = colab.run("%grade ex9")

    assert "its process ended by itself" in said.text
    assert colab.run("print(Value(3.0).data)").out == "3.0\n"


def test_a_mistake_is_a_line_and_a_hint(colab: Kernel) -> None:
    assert colab.run("%grade exx9").err == (
        "Error: no exercise named 'exx9'\nHint: did you mean ex9? See `grade list`\n"
    )


def test_without_a_file_its_name_is_asked_for_and_with_one_it_is_run_afresh(
    colab: Kernel, tmp_path: Path
) -> None:
    file = written(tmp_path, "value.ipynb", notebook("%load_ext grader", MINUS, "%grade ex9"))

    assert "cannot tell where this notebook is saved" in colab.run("%grade ex9 --fresh").err
    assert "value.ipynb · 3 of 5 points" in colab.run(f"%grade ex9 --fresh {file}").text


def test_exercises_are_completed(colab: Kernel) -> None:
    assert "ex10" in colab.completions("%grade ex1")


@pytest.mark.parametrize("how", [[], ["--kernel"]], ids=["in the shell", "in a kernel"])
def test_the_command_line_grades_notebooks_there(
    python: str, tmp_path: Path, how: list[str]
) -> None:
    file = written(tmp_path, "value.ipynb", notebook(MINUS))

    done = subprocess.run(
        [python, "-m", "grader", "ex9", str(file), *how],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )

    assert done.stdout.startswith("my475/ex9")
    assert "value.ipynb · 3 of 5 points" in done.stdout
    assert done.returncode == 1
