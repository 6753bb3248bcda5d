"""What a place installs, and the machine that it runs on, as far as a bundle sees them."""

import atexit
import base64
import hashlib
import os
import shlex
import shutil
import site
import subprocess
import sys
import venv
import zipfile
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pip

from grader import __version__
from tests.places import ROOT

NAME = f"autograd_grader-{__version__}"
MAKES = "-I -m venv"  # and a folder: an environment for the grader, out of reach of the checkout


def wheel(folder: Path) -> Path:
    """Make a wheel of grade that brings the command alone; the code is where we have it."""
    info = f"{NAME}.dist-info"
    about = f"Metadata-Version: 2.1\nName: autograd-grader\nVersion: {__version__}\n"
    held = {
        f"{info}/METADATA": about,
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": "[console_scripts]\ngrade = grader.cli.main:main\n",
    }
    lines = [f"{name},sha256={_sum(text)},{len(text)}" for name, text in held.items()]
    held[f"{info}/RECORD"] = "\n".join([*lines, f"{info}/RECORD,,"]) + "\n"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{NAME}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as made:
        for name, text in held.items():
            made.writestr(name, text)
    return path


def machine(folder: Path, **variables: str) -> dict[str, str]:
    """Return the variables of a machine on which pip finds that wheel, and no network."""
    wheel(folder / "wheels")
    for name in ("python", "python3"):
        _command(folder / "commands" / name, _python())
    (folder / "modules").mkdir(exist_ok=True)
    (folder / "modules" / "venv.py").write_text(_venv(), encoding="utf-8")
    packages = [str(folder / "modules"), str(ROOT), *site.getsitepackages(), *_paths()]
    return {
        "PATH": f"{folder / 'commands'}:/usr/bin:/bin:/usr/sbin:/sbin",
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "PYTHONPATH": ":".join(packages),
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_IGNORE_INSTALLED": "1",  # it is on PYTHONPATH, and has no command there
        "PIP_FIND_LINKS": str(folder / "wheels"),
        "PYTHONDONTWRITEBYTECODE": "1",
        **variables,
    }


def bash(script: str, folder: Path, variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a script as GitHub's and GitLab's runners do: it ends with the first that fails."""
    words = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script]
    return subprocess.run(
        words, cwd=folder, env=variables, capture_output=True, text=True, check=False
    )


def copy_environment(folder: Path) -> None:
    """Make an environment as Python does."""
    shutil.copytree(_environment(), folder, symlinks=True, dirs_exist_ok=True)


def _python() -> str:
    """Return a script that is Python, and copies an environment where it is asked to make one."""
    asked = f'[ "$#" = 4 ] && [ "$1 $2 $3" = "{MAKES}" ]'
    copied = f'mkdir -p "$4" && exec cp -R {shlex.quote(str(_environment()))}/. "$4"'
    return f'if {asked}; then {copied}; fi\nexec {shlex.quote(sys.executable)} "$@"'


def _venv() -> str:
    """Return a module that does the same for a script that makes one without a command."""
    return (
        "import shutil\n\n\ndef create(folder, *, with_pip):\n    assert with_pip\n"
        f"    shutil.copytree({str(_environment())!r}, folder, symlinks=True, dirs_exist_ok=True)\n"
    )


@cache
def _environment() -> Path:
    """Return an environment with the pip that we have: to install one anew takes three seconds."""
    folder = Path(mkdtemp(prefix="venv-"))
    atexit.register(shutil.rmtree, folder)
    venv.create(folder, symlinks=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "pip").symlink_to(Path(pip.__file__).parent)
    return folder


def _command(path: Path, script: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def _paths() -> list[str]:
    """Return the folders that .pth files of this environment have added."""
    return [path for path in sys.path if path and os.path.isdir(path) and "site-packages" in path]


def _sum(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
