"""What is installed has one name, and whatever starts it takes nobody's file for its own."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from grader import __version__
from tests.handed_in import notebook
from tests.integrations.installations import (
    ALIKE,
    Installation,
    folder_of_somebody,
    sdist,
    wheel,
)
from tests.integrations.ipython_magic.kernels import Kernel
from tests.integrations.pytest_plugin.conftest import OTHERS
from tests.places import ROOT, SAMPLES

pytestmark = [
    pytest.mark.xdist_group("installed"),
    pytest.mark.skipif(sys.platform == "win32", reason="environments have other folders there"),
]
LINE = "autograd_grader.pth"
WITHOUT = (f"-pno:{name}" for name in ("cacheprovider", *OTHERS))
WITH_PYTEST = ("--grade", "ex9", "--submission", "value.py", *WITHOUT)
STARTERS = {
    "script": ("grade", "ex9", "value.py"),
    "python -m grader": ("python", "-m", "grader", "ex9", "value.py"),
    "pytest": ("pytest", *WITH_PYTEST),
    "python -m pytest": ("python", "-m", "pytest", *WITH_PYTEST),
}


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel."""
    return wheel(ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def installations(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Installation]:
    """Those that have been made."""
    return {}


@pytest.fixture(params=["wheel", "editable"])
def installed(
    request: pytest.FixtureRequest,
    built: Path,
    installations: dict[str, Installation],
    tmp_path_factory: pytest.TempPathFactory,
) -> Installation:
    """An installation of the wheel, and an editable one of the repository."""
    kind = str(request.param)
    if kind not in installations:
        words = [str(built)] if kind == "wheel" else ["--editable", str(ROOT)]
        installations[kind] = Installation(tmp_path_factory.mktemp(kind) / "venv", *words)
    return installations[kind]


def test_a_wheel_puts_one_name_beside_the_packages_of_others(built: Path) -> None:
    names = zipfile.ZipFile(built).namelist()

    assert {name.partition("/")[0] for name in names} == {
        "grader",
        LINE,
        f"autograd_grader-{__version__}.dist-info",
    }
    assert {name.split("/")[2] for name in names if name.startswith("grader/shipped/")} == {
        "exercises",
        "reference",
    }


def test_a_wheel_from_an_sdist_is_the_same(built: Path, tmp_path: Path) -> None:
    again = wheel(sdist(tmp_path / "sdist"), tmp_path / "wheel")

    first, second = (zipfile.ZipFile(file).infolist() for file in (built, again))
    assert [(one.filename, one.CRC) for one in first] == [(one.filename, one.CRC) for one in second]


@pytest.mark.parametrize("starter", STARTERS)
def test_files_that_are_called_like_ours_are_never_run_as_ours(
    installed: Installation, starter: str, tmp_path: Path
) -> None:
    folder = folder_of_somebody(tmp_path)

    done = installed.run(folder, *STARTERS[starter])

    assert done.returncode == 0, done.stderr
    assert ("5 passed" if "pytest" in starter else "5 of 5 points") in done.stdout
    assert "theirs" not in done.stdout + done.stderr


def test_not_even_where_python_is_told_to_look_in_their_folder(
    installed: Installation, tmp_path: Path
) -> None:
    folder = folder_of_somebody(tmp_path)

    done = installed.run(folder, *STARTERS["script"], PYTHONPATH=str(folder))

    assert "5 of 5 points" in done.stdout, done.stderr


def test_a_notebook_grades_and_its_cells_import_what_is_theirs(
    installed: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONPATH", raising=False)
    folder = folder_of_somebody(tmp_path / "work")
    kernel = Kernel(folder, tmp_path / "kernel", installed.python)

    loaded = kernel.run("%load_ext grader")
    kernel.run((SAMPLES / "right.py").read_text(encoding="utf-8"))
    graded = kernel.run("%grade ex9")
    imported = [kernel.run(f"import {name}").raised for name in ("reference", "exercises")]
    kernel.end()

    assert loaded == ("", "", [], "")
    assert "5 of 5 points" in graded.text
    assert imported == ["RuntimeError: theirs"] * 2


def test_a_submission_may_have_modules_of_its_own_that_are_called_so(
    installed: Installation, tmp_path: Path
) -> None:
    engine = (SAMPLES / "right.py").read_text(encoding="utf-8")
    (tmp_path / "reference.py").write_text(engine, encoding="utf-8")
    (tmp_path / "grader.py").write_text("from reference import Value\n", encoding="utf-8")
    (tmp_path / "exercises.py").write_text("from grader import Value\n", encoding="utf-8")
    (tmp_path / "value.py").write_text("from exercises import Value\n", encoding="utf-8")

    done = installed.run(tmp_path, "grade", "ex9", "value.py")

    assert "5 of 5 points" in done.stdout, done.stderr


def test_a_kernel_that_does_have_the_line_imports_their_grader(
    installed: Installation, tmp_path: Path
) -> None:
    engine = (SAMPLES / "right.py").read_text(encoding="utf-8")
    (tmp_path / "grader.py").write_text(engine, encoding="utf-8")
    (tmp_path / "value.ipynb").write_bytes(notebook("from grader import Value"))

    done = installed.run(tmp_path, "grade", "ex9", "value.ipynb", "--kernel")

    assert "5 of 5 points" in done.stdout, done.stderr


def test_a_submission_finds_nothing_of_ours_in_either(
    installed: Installation, tmp_path: Path
) -> None:
    inside = ("errors", "engines.reference", "shipped.reference", "shipped.exercises")
    names = (*ALIKE, "reference.scalar", *(f"grader.{name}" for name in inside))
    search = (
        f"import importlib\nfor name in {names}:\n    try:\n        importlib.import_module(name)\n"
        "    except ModuleNotFoundError:\n        print('not', name)\n"
        "    else:\n        raise SystemExit(name)\n"
    )
    engine = (SAMPLES / "right.py").read_text(encoding="utf-8")
    (tmp_path / "value.py").write_text(search + engine, encoding="utf-8")

    done = installed.run(tmp_path, "grade", "ex9", "value.py")

    assert "5 of 5 points" in done.stdout, done.stdout + done.stderr


def imported(*folders: Path, cwd: Path) -> "subprocess.CompletedProcess[str]":
    """What importing `grader` prints, where these folders of packages are on Python's path."""
    code = (
        "import site, sys\nfor folder in sys.argv[1:]: site.addsitedir(folder)\n"
        "sys.path.insert(0, ''); import grader"
    )
    words = [sys.executable, "-I", "-S", "-c", code, *map(str, folders)]
    return subprocess.run(words, cwd=cwd, capture_output=True, text=True, check=False)


def packages(folder: Path, line: bytes, *names: str) -> Path:
    """Make a folder of packages with our line in it; the packages print the folder's name."""
    folder.mkdir()
    (folder / LINE).write_bytes(line)
    for name in names:
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text(f"print({folder.name!r})", encoding="utf-8")
    return folder


def test_of_two_environments_the_inner_one_s_is_found(built: Path, tmp_path: Path) -> None:
    line = zipfile.ZipFile(built).read(LINE)
    inner, outer = (packages(tmp_path / name, line, "grader") for name in ("inner", "outer"))

    done = imported(inner, outer, cwd=tmp_path)

    assert (done.stdout, done.stderr) == ("inner\n", "")


def test_a_line_that_is_left_without_its_package_does_nothing(built: Path, tmp_path: Path) -> None:
    left = packages(tmp_path / "left", zipfile.ZipFile(built).read(LINE))
    (tmp_path / "grader.py").write_text("print('theirs')", encoding="utf-8")

    done = imported(left, cwd=tmp_path)

    assert (done.stdout, done.stderr) == ("theirs\n", "")
