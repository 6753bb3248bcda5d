"""Fresh environments with grade in them, as pip installs it, and folders to start it in."""

import os
import shutil
import site
import subprocess
import sys
import tarfile
import venv
from contextlib import chdir
from pathlib import Path

from hatchling.build import build_sdist, build_wheel

from tests.places import ROOT, SAMPLES

ALIKE = ("grader", "reference", "exercises")
PYTEST = "#!{python}\nimport sys\n\nfrom pytest import main\n\nsys.exit(main())\n"


def wheel(source: Path, folder: Path) -> Path:
    """Build a wheel of a folder with the source, and return it."""
    with chdir(source):
        return folder / build_wheel(str(folder))


def sdist(folder: Path) -> Path:
    """Build an sdist of the repository, and return the folder that is in it."""
    with chdir(ROOT):
        made = folder / build_sdist(str(folder))
    with tarfile.open(made) as held:
        held.extraction_filter = getattr(tarfile, "data_filter", lambda member, _: member)
        held.extractall(folder)
    return folder / made.name.removesuffix(".tar.gz")


class Installation:
    """An environment with grade in it, which has everything else from the one that tests run in."""

    def __init__(self, folder: Path, *words: str) -> None:
        """Make the environment.

        Args:
            folder: where.
            words: what pip is told to install.
        """
        venv.create(folder, symlinks=True)
        self.commands = folder / "bin"
        self.python = str(self.commands / "python")
        (packages,) = folder.glob("lib/python*/site-packages")
        others = "\n".join(site.getsitepackages())  # their own .pth files are not read
        (packages / "others.pth").write_text(others, encoding="utf-8")
        _pip("--python", self.python, "install", "--no-build-isolation", "--no-compile", *words)
        (self.commands / "pytest").write_text(PYTEST.format(python=self.python), encoding="utf-8")
        (self.commands / "pytest").chmod(0o755)

    def run(
        self, folder: Path, command: str, *words: str, **variables: str
    ) -> "subprocess.CompletedProcess[str]":
        """Run one of its commands in a folder."""
        environment = {name: held for name, held in os.environ.items() if name != "PYTHONPATH"}
        return subprocess.run(
            [str(self.commands / command), *words],
            cwd=folder,
            env=environment | variables,
            capture_output=True,
            text=True,
            check=False,
        )


def folder_of_somebody(folder: Path) -> Path:
    """Make a folder with a right engine, beside files that are called like ours, and raise."""
    folder.mkdir(exist_ok=True)
    shutil.copy(SAMPLES / "right.py", folder / "value.py")
    for name in ALIKE:
        (folder / f"{name}.py").write_text("raise RuntimeError('theirs')\n", encoding="utf-8")
    return folder


def _pip(*words: str) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *words]
    subprocess.run([*command, "--no-deps", "--no-index"], capture_output=True, check=True)
